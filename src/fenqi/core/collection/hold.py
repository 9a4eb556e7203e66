"""What keeps a customer from being pressed: nobody contacts, debits or charges for lateness what is held."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class HoldKind(StrEnum):
    """Why something is held."""

    HARDSHIP = "hardship"
    """The borrower has asked for help and waits for an answer."""
    DISPUTE = "dispute"
    """The borrower says that what was bought is not what came."""


@dataclass(frozen=True, kw_only=True)
class Hold:
    """One hold; without a loan it covers everything that the customer owes."""

    hold_id: UUID
    kind: HoldKind
    about: UUID
    """The request or complaint that it follows from."""
    loan_id: UUID | None = None


@dataclass(frozen=True)
class Held:
    """Every hold of a customer that lasts."""

    holds: tuple[Hold, ...] = ()

    def covers(self, loan_id: UUID) -> bool:
        """Whether a loan is held."""
        return any(hold.loan_id in {None, loan_id} for hold in self.holds)

    @property
    def kinds(self) -> frozenset[str]:
        """Why everything is held, if it is."""
        return frozenset(hold.kind.value for hold in self.holds if hold.loan_id is None)

    @property
    def loan_ids(self) -> frozenset[UUID]:
        """The loans that are held by themselves."""
        return frozenset(hold.loan_id for hold in self.holds if hold.loan_id is not None)


def held_of(holds: Iterable[Hold]) -> Held:
    """The holds of one customer, together."""
    return Held(tuple(holds))
