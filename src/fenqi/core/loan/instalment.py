"""An instalment while a loan is replayed."""

from dataclasses import dataclass, field
from datetime import date
from itertools import starmap
from operator import sub

from fenqi.core.dates.day_count import Measure, Period, measure
from fenqi.core.loan.component import Component
from fenqi.core.loan.state import RowKind
from fenqi.core.product.terms import Terms

PRINCIPAL, INTEREST, FEE, PENALTY = Component


@dataclass(slots=True, kw_only=True, eq=False)
class Instalment:
    """One row of the plan. The fold changes it in place; nobody outside the fold sees it.

    Units: minor units; `due` and `paid` are by component.
    """

    kind: RowKind
    from_on: date
    due_on: date
    months: int = 0
    full_days: int = 0
    free: bool = False
    """Bears no interest by its terms."""
    amount: int = 0
    """The regular payment of principal and interest; the equal instalment."""
    principal_part: int | None = None
    """Set where the principal is planned and interest comes on top."""
    fixed_interest: int | None = None
    """Set where the interest does not follow the balance."""
    flat_fee: int = 0
    """The part of its fee that the plan itself charges."""
    brought_interest: int = 0
    """Interest of earlier instalments that restructuring moved here."""
    credited: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    """What was taken back from the lender and is due here on top."""
    released: int = 0
    """Principal credited here that restructuring moved to other instalments."""
    due: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    paid: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    in_advance: int = 0
    late: int = 0
    paid_on: date | None = None
    pinned: bool = False
    """Principal and interest are settled and no longer follow the balance."""
    sealed: bool = False
    """What its period still costs is not passed on."""
    late_weight: int = 0
    """Overdue principal × days so far; the late charge is its product with the daily rate."""
    late_charge: int = 0
    late_until: date | None = None

    @property
    def outstanding(self) -> int:
        """All that is still to be paid of it."""
        return sum(self.due) - sum(self.paid)

    @property
    def unpaid_principal(self) -> int:
        """Principal still to be paid of it."""
        return self.due[PRINCIPAL] - self.paid[PRINCIPAL]

    @property
    def settled_principal(self) -> int:
        """Principal paid of its regular amount."""
        return self.paid[PRINCIPAL] - self.credited[PRINCIPAL]

    def left(self) -> list[int]:
        """What is still to be paid, by component."""
        return list(starmap(sub, zip(self.due, self.paid, strict=True)))

    def measure(self, terms: Terms) -> Measure:
        """How its nights weigh."""
        return measure(Period(self.from_on, self.due_on, self.months, self.full_days), terms.day_count)
