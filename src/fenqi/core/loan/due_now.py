"""What an instalment would take on a day: before its due day less interest than planned, and more principal."""

from dataclasses import dataclass, field
from datetime import date

from fenqi.core.loan.instalment import FEE, INTEREST, PRINCIPAL, Instalment
from fenqi.core.loan.interest import accrued, recompute
from fenqi.core.loan.position import Position
from fenqi.core.loan.state import RowKind
from fenqi.core.money.amount import round_ratio


@dataclass(slots=True)
class DueNow:
    """The dues of a loan on one day, as a payment of that day finds them."""

    position: Position
    on: date
    interest_until: date
    """The day to which an instalment paid early owes interest; later than `on` where it owes the whole period's."""
    whole_interest: bool = False
    """Interest of instalments to come can be discharged in full, as a refund of interest does; not of the only one
    left, which closes with what the time used has cost."""
    closes: bool = False
    """A payoff: of a flat fee it takes what the time used has cost."""
    _accrued: dict[int, int] | None = field(default=None)

    def early(self, row: Instalment) -> bool:
        """Whether the instalment would be paid ahead of its due day, so that its interest is not the planned one."""
        return (
            self.position.recalculates
            and row.kind is RowKind.REGULAR
            and not row.pinned
            and row.fixed_interest is None
            and row.due_on > self.on
        )

    def of(self, row: Instalment) -> list[int]:
        """What the instalment takes today, by component."""
        left = row.left()
        if self.closes and row.flat_fee and row.due_on > self.on and self.position.recalculates:
            left[FEE] = max(row.due[FEE] - row.flat_fee + self._fee_used(row) - row.paid[FEE], 0)
        if not self.early(row):
            return left
        interest = self._interest(row)
        if not self.whole_interest or self._is_only_open(row):
            left[INTEREST] = max(interest - row.paid[INTEREST], 0)
        left[PRINCIPAL] = self._principal(row, interest)
        return left

    def interest_to_day(self, row: Instalment) -> int:
        """Interest that an instalment's period has cost so far, with what earlier ones have handed on."""
        return self._costs().get(id(row), 0) + row.credited[INTEREST]

    def _interest(self, row: Instalment) -> int:
        """Interest to the day; none if the period has not begun, unless the instalment is the only one left."""
        if row.from_on >= self.interest_until and not self._is_only_open(row):
            return row.credited[INTEREST]
        interest = self._costs().get(id(row), 0)
        if row.principal_part is None and not self._is_only_open(row):
            room = max(row.amount - row.settled_principal, row.paid[INTEREST] - row.credited[INTEREST])
            interest = min(interest, row.amount, room)
        return interest + row.credited[INTEREST]

    def _fee_used(self, row: Instalment) -> int:
        """The share of an instalment's flat fee for the days used of its period."""
        used = max((self.on - row.from_on).days, 0)
        rounding = self.position.agreement.terms.rounding
        return round_ratio(row.flat_fee * used, max((row.due_on - row.from_on).days, 1), rounding)

    def _principal(self, row: Instalment, interest: int) -> int:
        everything = self.position.principal_outstanding
        if self._is_only_open(row):
            return row.unpaid_principal
        if row.principal_part is not None:
            regular = row.principal_part
        else:
            regular = row.amount - (interest - row.credited[INTEREST])
        wanted = regular + row.credited[PRINCIPAL] - row.paid[PRINCIPAL]
        return max(min(wanted, everything), 0)

    def _is_only_open(self, row: Instalment) -> bool:
        others = (other for other in self.position.regular if other is not row and not other.pinned)
        return not any(other.unpaid_principal for other in others)

    def _costs(self) -> dict[int, int]:
        """Interest to the day by instalment: what settled ones did not take belongs to the next open one."""
        if self._accrued is None:
            costs = {id(row): cost for row, cost in accrued(self.position, self.interest_until, as_of=self.on)}
            self._accrued = {}
            carry = 0
            for row in self.position.regular:
                carry += row.brought_interest + (0 if row.pinned and row.sealed else costs.get(id(row), 0))
                if row.pinned:
                    carry -= 0 if row.sealed else row.due[INTEREST] - row.credited[INTEREST]
                    continue
                begun = row.due_on <= self.interest_until
                taken = min(max(carry, 0), row.due[INTEREST] - row.credited[INTEREST]) if begun else max(carry, 0)
                self._accrued[id(row)] = taken
                carry -= taken
        return self._accrued

    def cancel_unused(self) -> None:
        """After a payoff that covers everything: what the time to come would have cost in flat fees is not owed."""
        rows = self.position.rows
        if self.closes and not any(any(self.of(row)) for row in rows):
            for row in rows:
                unused = row.left()[FEE] if row.flat_fee else 0
                row.due[FEE] -= unused
                row.flat_fee -= unused

    def settle(self, row: Instalment) -> None:
        """After money was applied: an instalment that took all it takes today no longer follows the balance."""
        if row.pinned or row.kind is not RowKind.REGULAR or not self.position.recalculates:
            return
        left = self.of(row)
        early = row.due_on > self.on
        if left[PRINCIPAL] or left[INTEREST] or (early and not sum(row.paid)):
            return
        row.pinned = True
        if early:
            row.due[PRINCIPAL], row.due[INTEREST] = row.paid[PRINCIPAL], row.paid[INTEREST]
        self._accrued = None
        recompute(self.position, self.on)
