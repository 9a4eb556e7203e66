"""The late charge: a daily rate on overdue principal, without compounding."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from fenqi.core.loan.event import LateChargePaused, LateChargeResumed
from fenqi.core.loan.instalment import PENALTY, Instalment
from fenqi.core.loan.position import Position
from fenqi.core.money.amount import Rounding, round_ratio

DAYS_IN_YEAR = 360


def accrue_late(position: Position, until: date) -> None:
    """Bring the late charge of every overdue instalment up to a day.

    Overdue principal × daily rate × days, by instalment; the sum since the last day to pay is rounded, not its steps,
    so that it does not matter how often it is looked at. Penalties themselves bear nothing. It ends with a write-off,
    and days that a pause covers do not count.
    """
    rate = position.agreement.policy.late_rate_per_day
    if not rate or position.charged_off_on:
        return
    numerator, denominator = rate.as_integer_ratio()
    for row in position.rows:
        if row.due_on < until and (row.unpaid_principal or row.late_weight):
            since = row.late_until or position.payable_until(row)
            if since < until and position.late_pauses:
                row.late_until = until
            elif since < until:
                _accrue_row(row, since, until, numerator, denominator, position.agreement.terms.rounding)


def pause_late_charge(position: Position, event: LateChargePaused) -> None:
    """Let days of lateness cost nothing from now on."""
    position.late_pauses.add(event.event_id)


def resume_late_charge(position: Position, event: LateChargeResumed) -> None:
    """Let them cost again, unless another pause lasts."""
    position.late_pauses.discard(event.pause_id)


def _accrue_row(
    row: Instalment, since: date, until: date, numerator: int, denominator: int, rounding: Rounding
) -> None:
    row.late_weight += row.unpaid_principal * (until - since).days
    row.late_until = until
    charge = round_ratio(row.late_weight * numerator, denominator, rounding)
    row.due[PENALTY] += charge - row.late_charge
    row.late_charge = charge


def late_rate_per_day(
    *, contract_per_day: Decimal, rate_per_year: Decimal, multiple_max: Decimal, cap_per_year: Decimal
) -> Decimal:
    """The daily late rate that may be charged: the lower of contract, law and cost cap.

    The law allows a multiple of the contract's own rate. Where that is nothing, because the plan bears no interest, a
    contractual penalty takes its place, which only the cap bounds.

    Units: shares per day and per year of 360 days.
    Source: 银发〔2003〕251号 for the multiple; the cap by lender type and day from the rule pack.
    """
    bounds = [Fraction(contract_per_day), Fraction(cap_per_year) / DAYS_IN_YEAR]
    if rate_per_year:
        bounds.append(Fraction(rate_per_year) * Fraction(multiple_max) / DAYS_IN_YEAR)
    lowest = min(bounds)
    return (Decimal(lowest.numerator) / Decimal(lowest.denominator)).quantize(Decimal("1e-10"), rounding="ROUND_DOWN")
