"""Interest on the dated balance of a loan, and the principal that each instalment leaves room for."""

from dataclasses import dataclass, field
from datetime import date

from fenqi.core.loan.instalment import INTEREST, PRINCIPAL, Instalment
from fenqi.core.loan.policy import Recalculation
from fenqi.core.loan.position import Position
from fenqi.core.loan.rate_line import RateLine
from fenqi.core.money.amount import round_ratio
from fenqi.core.product.annuity import Factor, rounded_factor
from fenqi.core.product.terms import RATE_SCALE


@dataclass(slots=True)
class Walk:
    """The balance that bears interest, led from instalment to instalment.

    Until `as_of` only what really happened counts. For days to come every instalment is taken to be paid on its
    due day, and what is overdue to be paid on `as_of`.
    """

    position: Position
    as_of: date
    rates: RateLine
    balance: int = 0
    overdue: int = 0
    """Principal past due that leaves the balance on `as_of`."""
    _next: int = 0
    _released: bool = field(default=False)

    def through(self, row: Instalment, until: date) -> Factor:
        """The exact interest of an instalment's period up to a day, as numerator and denominator."""
        weights = row.measure(self.position.agreement.terms)
        digits = self.position.agreement.policy.factor_digits
        self._reach(row.from_on)
        at, end, total = row.from_on, min(row.due_on, until), 0
        start, per = at, rounded_factor(0, weights.per_year * RATE_SCALE, digits)[1]
        while at < end:
            balance, at = self.balance, self._next_change(at, end)
            self._reach(at)
            if at < end and self.balance == balance:
                continue
            if balance:
                weight = self.rates.weigh(weights, start, at)
                total += balance * rounded_factor(weight, weights.per_year * RATE_SCALE, digits)[0]
            start = at
        return (0 if row.free else total), per

    def leave(self, row: Instalment) -> None:
        """Let what falls due leave the balance."""
        recalculation = self.position.agreement.policy.recalculation
        if recalculation is Recalculation.NONE:
            self.balance -= row.due[PRINCIPAL] - row.credited[PRINCIPAL]
        elif recalculation is Recalculation.FULL and row.due_on <= self.as_of and not self._released:
            self.overdue += row.unpaid_principal
        else:
            self.balance -= row.unpaid_principal

    def _next_change(self, at: date, end: date) -> date:
        moves = self.position.moves
        if self._next < len(moves):
            end = min(end, moves[self._next][0])
        if at < self.as_of < end and not self._released:
            end = self.as_of
        return end

    def _reach(self, day: date) -> None:
        moves = self.position.moves
        while self._next < len(moves) and moves[self._next][0] <= day:
            self.balance += moves[self._next][1]
            self._next += 1
        if day >= self.as_of and not self._released:
            self._released = True
            self.balance -= self.overdue


def recompute(position: Position, as_of: date) -> None:
    """Give every open instalment its interest and its principal, as seen on a day.

    Interest of a period is rounded once. What an instalment settled early has not taken of its period's interest
    goes to the next open one, or to the last open one where none follows. Each keeps its regular amount; the last
    open one takes all that is left.
    """
    walk = Walk(position, as_of, position.rates)
    rows = position.regular
    rounding = position.agreement.terms.rounding
    last = next((row for row in reversed(rows) if not row.pinned), None)
    carry = own_of_last = 0
    room = position.lent_minor - sum(map(_reserved, rows))
    for row in rows:
        carry += row.brought_interest
        if not (row.pinned and row.sealed):
            carry += round_ratio(*walk.through(row, row.due_on), rounding)
        if row.pinned:
            carry -= 0 if row.sealed else row.due[INTEREST] - row.credited[INTEREST]
        else:
            own_of_last = max(carry, 0)
            reserved = _reserved(row)
            keeps_amount = position.recalculates and row is not last
            carry = _fill(row, carry, room + reserved, is_last=row is last, keeps_amount=keeps_amount)
            room -= row.due[PRINCIPAL] - row.credited[PRINCIPAL] - reserved
        walk.leave(row)
    if last is not None and last.fixed_interest is None and carry > 0:
        last.due[INTEREST] = max(own_of_last + carry + last.credited[INTEREST], last.paid[INTEREST])


def _reserved(row: Instalment) -> int:
    """The part of what was lent that belongs to an instalment whatever the others take."""
    return (row.due if row.pinned else row.paid)[PRINCIPAL] - row.credited[PRINCIPAL]


def _fill(row: Instalment, interest: int, room: int, *, is_last: bool, keeps_amount: bool) -> int:
    """Set an open instalment's principal and interest; what interest it cannot take is handed on.

    Where so much principal was paid early that the regular amount has no room for the whole period's interest, the
    instalment keeps to its amount and to the interest it has taken.
    """
    own = max(interest if row.fixed_interest is None else row.fixed_interest + row.brought_interest, 0)
    if is_last:
        principal = room
    elif row.principal_part is not None:
        principal = min(row.principal_part, room)
    else:
        own = min(own, row.amount)
        if keeps_amount and row.settled_principal > row.amount - own:
            own = max(row.paid[INTEREST] - row.credited[INTEREST], 0)
        principal = min(row.amount - own, room)
    principal = max(principal, row.paid[PRINCIPAL] - row.credited[PRINCIPAL], 0)
    row.due[PRINCIPAL] = principal + row.credited[PRINCIPAL]
    row.due[INTEREST] = max(own + row.credited[INTEREST], row.paid[INTEREST])
    return 0 if row.fixed_interest is not None else interest - own


def accrued(position: Position, until: date, *, as_of: date) -> list[tuple[Instalment, int]]:
    """The interest of every begun period up to a day, rounded per period, on the balance as seen on a day."""
    walk = Walk(position, as_of, position.rates)
    rounding = position.agreement.terms.rounding
    costs: list[tuple[Instalment, int]] = []
    for row in position.regular:
        if row.from_on >= until:
            break
        costs.append((row, round_ratio(*walk.through(row, until), rounding)))
        walk.leave(row)
    return costs


def first_interest(position: Position, row: Instalment, as_of: date) -> Factor:
    """The exact interest of one instalment's period, pauses ignored, on the balance as it is."""
    walk = Walk(position, as_of, position.rates.without_pauses())
    for earlier in position.regular:
        if earlier is row:
            break
        walk.through(earlier, earlier.due_on)
        walk.leave(earlier)
    return walk.through(row, row.due_on)
