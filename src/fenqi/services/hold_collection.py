"""Nobody presses a customer any more, or they may again: contacts, debits and late charges in one step."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from fenqi.core.collection.hold import Held, Hold, HoldKind, held_of
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.loan.event import LateChargePaused, LateChargeResumed
from fenqi.core.loan.state import Status
from fenqi.core.loan.steady import late_pauses
from fenqi.services.book_loan import OpenLoan, record
from fenqi.services.loans_of import open_loans
from fenqi.services.look_at_line import look_at_line
from fenqi.services.port import Ports
from fenqi.stores import collection_hold as holds
from fenqi.stores.collection_hold import StoredHold
from fenqi.stores.fetch import Connection

_COSTS_NO_MORE = {Status.AGREED, Status.CLOSED}


@dataclass(frozen=True, kw_only=True)
class HoldCollection:
    """What is held, why, and what it follows from; everything that the customer owes, if no loan is named."""

    customer_id: UUID
    kind: HoldKind
    about: UUID
    loan_id: UUID | None = None
    by: str


async def hold_collection(connection: Connection, ports: Ports, command: HoldCollection) -> None:
    """From now on nobody contacts for collection, debits, or charges for lateness; the same again changes nothing."""
    b = bucket_of(command.customer_id)
    known = await open_loans(connection, customer_id=command.customer_id, is_locking=True)
    hold = StoredHold(
        b=b,
        hold_id=id_in_bucket(uuid5(command.about, f"hold:{command.loan_id or 'all'}"), b),
        customer_id=command.customer_id,
        loan_id=command.loan_id,
        kind=command.kind.value,
        about=command.about,
        begun_by=command.by,
        begun_at=ports.business.now(),
    )
    if not await holds.add(connection, hold):
        return
    for loan in known:
        if command.loan_id in {None, loan.row.loan_id}:
            await _pause(connection, ports, loan, hold)
    await look_at_line(connection, ports, customer_id=command.customer_id, kind="held", about=hold.hold_id)


async def release_collection(
    connection: Connection, ports: Ports, *, customer_id: UUID, about: UUID, why: str, by: str
) -> None:
    """What followed from a request or complaint is held no longer; what else holds it goes on holding it."""
    known = await open_loans(connection, customer_id=customer_id, is_locking=True)
    for hold in await _lasting(connection, [customer_id]):
        if hold.about == about:
            await holds.end(connection, hold, why=why, ended_by=by, ended_at=ports.business.now())
            for loan in known:
                await _resume(connection, ports, loan, hold)
            await look_at_line(connection, ports, customer_id=customer_id, kind="released", about=hold.hold_id)


async def cover_new_loan(connection: Connection, ports: Ports, loan: OpenLoan) -> OpenLoan:
    """A loan drawn while everything of its customer is held is held as well."""
    for hold in await _lasting(connection, [loan.row.customer_id]):
        if hold.loan_id is None:
            loan = await _pause(connection, ports, loan, hold)
    return loan


async def held_of_customers(connection: Connection, *, customer_ids: Sequence[UUID]) -> dict[UUID, Held]:
    """What of each customer is held."""
    rows = await _lasting(connection, customer_ids)
    return {
        customer_id: held_of(_hold(row) for row in rows if row.customer_id == customer_id)
        for customer_id in customer_ids
    }


async def held_of_customer(connection: Connection, *, customer_id: UUID) -> Held:
    """What of a customer is held."""
    return (await held_of_customers(connection, customer_ids=[customer_id]))[customer_id]


async def _lasting(connection: Connection, customer_ids: Sequence[UUID]) -> tuple[StoredHold, ...]:
    lane = sorted({bucket_of(customer_id) for customer_id in customer_ids})
    return await holds.lasting(connection, lane=lane, customer_ids=customer_ids)


async def _pause(connection: Connection, ports: Ports, loan: OpenLoan, hold: StoredHold) -> OpenLoan:
    state = loan.state(as_of=ports.business.today())
    if state.status in _COSTS_NO_MORE or state.charged_off_on is not None:
        return loan
    return await record(
        connection,
        ports,
        loan,
        lambda seq: LateChargePaused(event_id=_pause_id(loan, hold), on=ports.business.today(), seq=seq),
    )


async def _resume(connection: Connection, ports: Ports, loan: OpenLoan, hold: StoredHold) -> None:
    pause_id = _pause_id(loan, hold)
    if pause_id in late_pauses(loan.events):
        event_id = str(uuid5(UUID(pause_id), "resumed"))
        on = ports.business.today()
        await record(
            connection,
            ports,
            loan,
            lambda seq: LateChargeResumed(event_id=event_id, on=on, seq=seq, pause_id=pause_id),
        )


def _pause_id(loan: OpenLoan, hold: StoredHold) -> str:
    return str(uuid5(loan.row.loan_id, f"hold:{hold.hold_id}"))


def _hold(row: StoredHold) -> Hold:
    return Hold(hold_id=row.hold_id, kind=HoldKind(row.kind), about=row.about, loan_id=row.loan_id)
