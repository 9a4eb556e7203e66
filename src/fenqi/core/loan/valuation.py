"""What a loan has earned by a day, and what would close it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.event import Event
from fenqi.core.loan.trial import accrued, try_payment


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation:
    """A loan on a day: what closes it, and what the time used has cost that is not due yet.

    Units: minor units.
    """

    payoff_minor: int
    interest_minor: int
    fee_minor: int


def value(agreement: Agreement, events: Iterable[Event], *, on: date) -> Valuation:
    """Value a loan by replaying what is known of it.

    Raises: NothingDrawn.
    """
    trial = try_payment(agreement, events, on=on)
    cost = accrued(trial.parts, trial.before)
    return Valuation(payoff_minor=trial.amount_minor, interest_minor=cost.interest, fee_minor=cost.fee)
