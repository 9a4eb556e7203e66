"""A line is moved by hand or by what ends: kept, booked and told, in one step."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID, uuid5

import msgspec

from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.limit.assessment import Told
from fenqi.core.postings.party import Cause
from fenqi.core.postings.set_limit import set_limit
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.credit_line import read_line
from fenqi.services.port import Ports
from fenqi.services.tell_customer import servicing_notices
from fenqi.stores import customer as customers
from fenqi.stores import limit as limits
from fenqi.stores import notice as notices
from fenqi.stores import posting
from fenqi.stores.fetch import Connection, together
from fenqi.stores.limit import CreditStanding, LimitChange


class LineUnknown(Refusal):
    """The customer has no credit line."""

    code: ClassVar[str] = "limit_line_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class CreditSuspended(Refusal):
    """Nothing new is lent to this customer for now; the reasons are on their limit page."""

    code: ClassVar[str] = "credit_suspended"
    kind: ClassVar[Kind] = Kind.RULE


@dataclass(frozen=True, kw_only=True)
class LineMove:
    """Why a line moves, what that is called, by which text the borrower hears of it, and who did it."""

    cause: str
    about: UUID
    move: str
    template: str
    reasons: tuple[Told, ...]
    would_raise: tuple[Told, ...] = ()
    by: str


async def lock_line(connection: Connection, *, customer_id: UUID) -> CreditStanding:
    """A customer's line, held with the customer until the transaction ends.

    Raises: LineUnknown.
    """
    await customers.lock(connection, b=bucket_of(customer_id), customer_id=customer_id)
    standing = await limits.lock(connection, b=bucket_of(customer_id), customer_id=customer_id)
    if standing is None:
        raise LineUnknown("there is no credit line", allowed="a customer whom an application granted one")
    return standing


def require_open(standing: CreditStanding | None) -> None:
    """Refuse new credit while the line is suspended.

    Raises: CreditSuspended.
    """
    if standing is not None and standing.is_suspended:
        raise CreditSuspended("the credit line is suspended", allowed="again once what suspends it is over")


async def move_line(
    connection: Connection, ports: Ports, *, before: CreditStanding, after: CreditStanding, move: LineMove
) -> UUID:
    """Keep a line as it is from now on, book the difference, and plan the notice; the id of the move.

    What it is about moves a line once.
    """
    today, at = ports.business.today(), ports.business.now()
    change_id = id_in_bucket(uuid5(move.about, f"limit:{move.move}"), before.b)
    line = await read_line(connection, customer_id=before.customer_id, currency=before.currency)
    change = LimitChange(
        b=before.b,
        change_id=change_id,
        customer_id=before.customer_id,
        currency=before.currency,
        cause=move.cause,
        about=move.about,
        move=move.move,
        before_minor=before.in_force_minor,
        after_minor=after.in_force_minor,
        fixed_minor=after.fixed_minor,
        points=after.points,
        rules_version="",
        reasons=[msgspec.to_builtins(each) for each in move.reasons],
        would_raise=[msgspec.to_builtins(each) for each in move.would_raise],
        content=None,
        changed_by=move.by,
        happened_on=today,
        changed_at=at,
    )
    posted = set_limit(
        before.customer_id,
        currency=before.currency,
        before_minor=line.granted_minor,
        after_minor=after.in_force_minor,
        cause=Cause(cause_id=change_id, effective_on=today, value_on=today),
    )
    writes = [limits.to_save(after), limits.to_add_change(change)]
    await together(connection, *writes, *([posting.to_demand(posted, posted_at=at)] if posted else []))
    rows = servicing_notices(
        ports, customer_id=before.customer_id, template=move.template, about=change_id, kind=f"limit:{change_id}"
    )
    await notices.add(connection, rows)
    return change_id
