"""Money over several loans has come: each loan gets its part, and what none can take is paid back."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from fenqi.core.billing.placement import Part, PlacementRule, place
from fenqi.core.ledger.account import bucket_of
from fenqi.core.loan.event import Repaid
from fenqi.services.book_loan import OpenLoan, record
from fenqi.services.loans_of import chosen, claims_of, open_loans
from fenqi.services.port import Ports
from fenqi.services.return_overpayment import return_overpayment
from fenqi.stores import joint_payment as joints
from fenqi.stores.fetch import Connection
from fenqi.stores.joint_payment import StoredPart

_PART = UUID("0197a000-0000-7000-8000-0000000e0e0f")


async def place_payment(
    connection: Connection,
    ports: Ports,
    *,
    payment_id: UUID,
    customer_id: UUID,
    amount_minor: int,
    rule: PlacementRule,
    loan_ids: Sequence[UUID] = (),
    on: date,
) -> tuple[Part, ...]:
    """Divide money over a customer's loans as they stand on its day, and book each part.

    What these loans cannot take goes to the first of them, where it is overpaid and on its way back at once. The
    parts' ids follow from the payment's, so that the same payment is never placed twice.

    Raises: LoanUnknown.
    """
    known = chosen(await open_loans(connection, customer_id=customer_id, is_locking=True), loan_ids)
    placed = place(amount_minor, claims_of(known, on=on), rule=rule, on=on)
    parts = _with_rest(known, placed.parts, placed.left_minor)
    by_id = {loan.row.loan_id: loan for loan in known}
    for part in parts:
        await _book(connection, ports, by_id[part.loan_id], part, payment_id=payment_id, on=on)
    b = bucket_of(customer_id)
    kept = (StoredPart(b, payment_id, at, part.loan_id, part.amount_minor) for at, part in enumerate(parts))
    await joints.add_parts(connection, kept)
    return parts


def _with_rest(known: Sequence[OpenLoan], parts: tuple[Part, ...], left_minor: int) -> tuple[Part, ...]:
    """The rest goes where the last part went, or to the first loan if all of them are closed."""
    if not left_minor:
        return parts
    last = parts[-1] if parts else Part(known[0].row.loan_id, 0, pays_off=False)
    return (*parts[:-1], Part(last.loan_id, last.amount_minor + left_minor, last.pays_off))


async def _book(
    connection: Connection, ports: Ports, loan: OpenLoan, part: Part, *, payment_id: UUID, on: date
) -> None:
    event_id = str(uuid5(_PART, f"{payment_id}:{part.loan_id}"))
    after = await record(
        connection,
        ports,
        loan,
        lambda seq: Repaid(event_id=event_id, on=on, seq=seq, amount_minor=part.amount_minor, pays_off=part.pays_off),
    )
    await return_overpayment(connection, ports, after, once_for=event_id)
