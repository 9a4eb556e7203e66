"""Lines are looked at together: what moves is kept with its whole look, booked, and told to the borrower."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid5

import msgspec
import numpy as np

from fenqi.core.ledger.account import AccountKind, bucket_of, id_in_bucket
from fenqi.core.ledger.outcome import demand
from fenqi.core.limit.assessment import Move, assess
from fenqi.core.limit.behaviour import LimitLaw
from fenqi.core.limit.law import limit_law
from fenqi.core.limit.record import Seen, assessment_record
from fenqi.core.limit.rules import LimitRules
from fenqi.core.limit.table import assess_many
from fenqi.core.postings.party import Cause
from fenqi.core.postings.set_limit import limit_granted, set_limit
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.limit_rules import rules_in_force
from fenqi.services.line_behaviour import Known, behaviour_of
from fenqi.services.offer import CURRENCY
from fenqi.services.port import Ports
from fenqi.services.tell_customer import servicing_notices
from fenqi.stores import ledger, posting
from fenqi.stores import limit as limits
from fenqi.stores import notice as notices
from fenqi.stores.fetch import Connection
from fenqi.stores.limit import MovedLine

_JOB = UUID("0197a000-0000-7000-8000-0000000e0e81")
MONTH, BY = "month", "limit rules"
TEMPLATES: Mapping[str, str] = {
    Move.RAISED: "limit_raised",
    Move.LOWERED: "limit_lowered",
    Move.SUSPENDED: "limit_suspended",
    Move.RESUMED: "limit_resumed",
}
"""The text by which a borrower is told of each move; a score that changes alone is only kept."""


class LineMoved(Refusal):
    """Somebody else moved a line while it was looked at: the look is worth nothing, and is made again."""

    code: ClassVar[str] = "limit_line_moved"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True)
class LookCause:
    """Why a line is looked at: what happened, to what, and the id that makes the look happen once."""

    kind: str
    about: UUID | None
    once_for: str


@dataclass(frozen=True)
class Refreshed:
    """How many lines were looked at and changed, bucket by bucket, and by which rules."""

    counts: tuple[tuple[int, int, int], ...]
    changed_count: int
    rules_version: str


async def refresh_month(connection: Connection, ports: Ports, *, lane: Sequence[int], month_on: date) -> Refreshed:
    """Look at every line of a lane for a month that is over, and note that it was done.

    Raises: LineMoved, LimitRulesMissing.
    """
    cause = LookCause(MONTH, None, month_on.isoformat())
    refreshed = await _refresh(connection, ports, lane=lane, causes=None, usual=cause)
    at = ports.business.now()
    marked = await limits.mark_month(
        connection, refreshed.counts, month_on=month_on, rules_version=refreshed.rules_version, refreshed_at=at
    )
    if marked != len(refreshed.counts):
        raise LineMoved("a bucket of this lane was refreshed meanwhile", allowed="the next look")
    return refreshed


async def refresh_customers(connection: Connection, ports: Ports, *, causes: Mapping[UUID, LookCause]) -> Refreshed:
    """Look at the lines of some customers now; who has none is passed over.

    Raises: LineMoved, LimitRulesMissing.
    """
    lane = sorted({bucket_of(customer_id) for customer_id in causes})
    return await _refresh(connection, ports, lane=lane, causes=causes, usual=LookCause(MONTH, None, ""))


async def _refresh(
    connection: Connection,
    ports: Ports,
    *,
    lane: Sequence[int],
    causes: Mapping[UUID, LookCause] | None,
    usual: LookCause,
) -> Refreshed:
    today, authority = ports.business.today(), ports.authority
    rules = await rules_in_force(connection, on=today)
    law = limit_law(authority.pack, lender_type=authority.house.lender_type, on=today)
    customer_ids = None if causes is None else list(causes)
    known = await behaviour_of(connection, lane=lane, rules=rules, on=today, customer_ids=customer_ids)
    moved: list[MovedLine] = []
    counts = Counter[int]()
    if known is not None:
        looked = assess_many(known.table, rules=rules, law=law, on=today.toordinal())
        counts.update(known.buckets.tolist())
        for place in np.flatnonzero(looked.is_news).tolist():
            cause = usual if causes is None else causes[known.customer_id(place)]
            moved.append(_moved(known, place, cause, rules=rules, law=law, on=today))
        await _keep(connection, ports, moved, lane=lane, rules=rules)
    changed = Counter(each.b for each in moved)
    return Refreshed(tuple((b, counts[b], changed[b]) for b in lane), len(moved), rules.version)


def _moved(known: Known, place: int, cause: LookCause, *, rules: LimitRules, law: LimitLaw, on: date) -> MovedLine:
    """One line that comes to something new, with its whole look."""
    customer_id, behaviour, line = known.customer_id(place), known.behaviour(place), known.line(place)
    assessed = assess(behaviour, line, rules=rules, law=law, on=on)
    b = bucket_of(customer_id)
    record = assessment_record(
        Seen(on=on, behaviour=behaviour, line=line, law=law), assessed, rules_version=rules.version
    )
    before = 0 if line.is_suspended else line.fixed_minor + line.special_minor
    after = 0 if assessed.is_suspended else assessed.fixed_minor + line.special_minor
    return MovedLine(
        b=b,
        customer_id=customer_id,
        change_id=id_in_bucket(uuid5(_JOB, f"{customer_id}/{cause.kind}/{cause.once_for}"), b),
        cause=cause.kind,
        about=cause.about,
        anchor_minor=line.anchor_minor,
        fixed_before_minor=line.fixed_minor,
        special_minor=line.special_minor,
        was_suspended=line.is_suspended,
        before_minor=before,
        after_minor=after,
        fixed_minor=assessed.fixed_minor,
        points=assessed.scored.points,
        is_suspended=assessed.is_suspended,
        move=assessed.move.value,
        reasons=msgspec.json.encode(assessed.reasons).decode(),
        would_raise=msgspec.json.encode(assessed.would_raise).decode(),
        content=record.decode(),
    )


async def _keep(
    connection: Connection, ports: Ports, moved: Sequence[MovedLine], *, lane: Sequence[int], rules: LimitRules
) -> None:
    """Keep looks, bring lines and books to them, and plan the notices.

    Raises: LineMoved.
    """
    if not moved:
        return
    today, at = ports.business.today(), ports.business.now()
    if await limits.move(connection, moved, lane=lane, on=today) != len(moved):
        raise LineMoved("a line was moved while it was looked at", allowed="the next look")
    await limits.add_moved(
        connection, moved, currency=CURRENCY, rules_version=rules.version, changed_by=BY, on=today, at=at
    )
    in_books = [each for each in moved if each.after_minor != each.before_minor]
    await _book(connection, ports, in_books)
    rows = [
        row
        for each in moved
        if each.move in TEMPLATES
        for row in servicing_notices(
            ports,
            customer_id=each.customer_id,
            template=TEMPLATES[each.move],
            about=each.change_id,
            kind=f"limit:{each.change_id}",
        )
    ]
    if rows:
        await notices.add(connection, rows)


async def _book(connection: Connection, ports: Ports, moved: Sequence[MovedLine]) -> None:
    """Bring what is granted in the books to what is in force; the books say what it was."""
    today = ports.business.today()
    accounts = [limit_granted(each.customer_id, currency=CURRENCY) for each in moved]
    granted = await ledger.balances(connection, accounts) if accounts else ()
    transactions = [
        set_limit(
            each.customer_id,
            currency=CURRENCY,
            before_minor=sums.balance_minor(AccountKind.CREDIT_LINE_GRANTED),
            after_minor=each.after_minor,
            cause=Cause(cause_id=each.change_id, effective_on=today, value_on=today),
        )
        for each, sums in zip(moved, granted, strict=True)
    ]
    demand(*await posting.post(connection, [each for each in transactions if each], posted_at=ports.business.now()))
