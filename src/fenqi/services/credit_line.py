"""What a customer's limit is and what is left of it, as the ledger says."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from fenqi.core.ledger.account import Account, AccountKind
from fenqi.core.postings.set_limit import credit_line, limit_granted
from fenqi.stores import ledger
from fenqi.stores.fetch import Connection, Statement, ask
from fenqi.stores.ledger import AccountSums


@dataclass(frozen=True)
class Line:
    """A limit and what may still be drawn of it; what is held counts as drawn.

    Units: minor. After a limit was lowered below what is used, `available_minor` is negative.
    """

    granted_minor: int
    available_minor: int

    @property
    def exposure_minor(self) -> int:
        """Principal drawn and not repaid, and what is held for orders."""
        return self.granted_minor - self.available_minor


async def read_line(connection: Connection, *, customer_id: UUID, currency: str) -> Line:
    """A customer's line; nothing where none was granted."""
    return line_of(await ask(connection, to_read_line(customer_id, currency=currency)), customer_id, currency=currency)


def to_read_line(customer_id: UUID, *, currency: str) -> Statement[AccountSums]:
    """Reads a customer's line."""
    return ledger.to_read_balances(_accounts(customer_id, currency))


def line_of(found: Iterable[AccountSums], customer_id: UUID, *, currency: str) -> Line:
    """A customer's line as it was read."""
    line, granted = ledger.in_order(_accounts(customer_id, currency), found)
    return Line(
        granted_minor=granted.balance_minor(AccountKind.CREDIT_LINE_GRANTED),
        available_minor=line.available_minor,
    )


def _accounts(customer_id: UUID, currency: str) -> tuple[Account, Account]:
    return credit_line(customer_id, currency=currency), limit_granted(customer_id, currency=currency)
