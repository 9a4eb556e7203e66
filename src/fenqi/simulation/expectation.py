"""What numbers must be, reckoned the long way by somebody who shares no code with the service."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, getcontext

getcontext().prec = max(getcontext().prec, 50)
MONTHS = 12


@dataclass(frozen=True)
class Check:
    """One thing that must hold: what was expected, and what was found."""

    what: str
    expected: object
    found: object

    @property
    def holds(self) -> bool:
        """Whether the two are equal."""
        return self.expected == self.found


def cents(value: Decimal) -> int:
    """To the nearest whole minor unit, ties up."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def equal_instalments(principal_minor: int, *, rate_per_year: Decimal, count: int) -> tuple[tuple[int, int], ...]:
    """Principal and interest of every instalment of equal size; the last one takes the rest."""
    rate = rate_per_year / MONTHS
    if not rate:
        return _equal_parts(principal_minor, count)
    instalment = cents(principal_minor * rate / (1 - (1 + rate) ** -count))
    rows: list[tuple[int, int]] = []
    balance = principal_minor
    for place in range(count):
        interest = cents(balance * rate)
        principal = balance if place == count - 1 else instalment - interest
        rows.append((principal, interest))
        balance -= principal
    return tuple(rows)


def _equal_parts(principal_minor: int, count: int) -> tuple[tuple[int, int], ...]:
    part = cents(Decimal(principal_minor) / count)
    return (*(((part, 0),) * (count - 1)), (principal_minor - part * (count - 1), 0))


def irr_percent(principal_minor: int, totals: tuple[int, ...]) -> Decimal:
    """Twelve times the monthly rate at which what is paid is worth what was lent, by halving."""
    low, high = Decimal(0), Decimal(1)
    while high - low > Decimal("1e-12"):
        rate = (low + high) / 2
        worth = sum((total / (1 + rate) ** (place + 1) for place, total in enumerate(totals)), Decimal(0))
        low, high = (rate, high) if worth > principal_minor else (low, rate)
    return (low + high) / 2 * MONTHS * 100


def interest_of_part(balance_minor: int, *, rate_per_year: Decimal, days: int, of_days: int) -> int:
    """Interest of some days of an instalment's month: a month's interest, shared out by its real days."""
    return cents(balance_minor * rate_per_year / MONTHS * days / of_days)


def late_charge(principal_minor: int, *, per_day: Decimal, days: int) -> int:
    """A share of overdue principal for every day of lateness, rounded once."""
    return cents(principal_minor * per_day * days)


def discount(price_minor: int, *, rate: Decimal) -> int:
    """The merchant's fee on a price."""
    return cents(price_minor * rate)
