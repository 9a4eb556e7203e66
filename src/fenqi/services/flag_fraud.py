"""What follows from a suspicion of fraud: nobody collects on the loan, and its customer gets no new credit."""

from collections.abc import Iterable
from uuid import UUID, uuid5

from fenqi.core.collection.hold import HoldKind
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.loan.event import Event, FraudCleared, FraudFlagged
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.book_loan import OpenLoan
from fenqi.services.port import Ports
from fenqi.stores import collection_hold as holds
from fenqi.stores import loan as loans
from fenqi.stores.collection_hold import StoredHold
from fenqi.stores.fetch import Connection


class CreditWithheld(Refusal):
    """A loan of the customer is looked into: until that is done they sign for no new one."""

    code = "credit_withheld"
    kind = Kind.RULE


async def follow_flag(
    connection: Connection, ports: Ports, loan: OpenLoan, events: Iterable[Event], *, by: str
) -> None:
    """Hold a loan from collection when it is flagged, as one in dispute, and no longer when the flag is lifted."""
    for event in events:
        if isinstance(event, FraudFlagged):
            await holds.add(connection, _hold(ports, loan, UUID(event.event_id), by=by))
        elif isinstance(event, FraudCleared):
            hold = _hold(ports, loan, UUID(event.pause_id), by=by)
            await holds.end(
                connection, hold, why="the suspicion of fraud is over", ended_by=by, ended_at=ports.business.now()
            )


async def require_not_suspected(connection: Connection, *, customer_id: UUID) -> None:
    """Refuse new credit while a loan of the customer is suspected to be somebody else's.

    Raises: CreditWithheld.
    """
    if await loans.suspected_count(connection, b=bucket_of(customer_id), customer_id=customer_id):
        raise CreditWithheld("a loan of yours is being looked into", allowed="again once that is cleared; ask us")


def _hold(ports: Ports, loan: OpenLoan, about: UUID, *, by: str) -> StoredHold:
    row = loan.row
    return StoredHold(
        b=row.b,
        hold_id=id_in_bucket(uuid5(about, "hold:fraud"), row.b),
        customer_id=row.customer_id,
        loan_id=row.loan_id,
        kind=HoldKind.DISPUTE.value,
        about=about,
        begun_by=by,
        begun_at=ports.business.now(),
    )
