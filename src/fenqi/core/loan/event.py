"""What happens to a loan. Events are facts: they are appended and undone, never edited."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from fenqi.core.dates.due_date import Frequency
from fenqi.core.loan.component import Component


class Source(StrEnum):
    """Where money that discharges dues comes from."""

    CUSTOMER = "customer"
    """The borrower, by debit, transfer or card."""
    DOWN_PAYMENT = "down_payment"
    """The borrower, at the checkout."""
    MERCHANT_REFUND = "merchant_refund"
    """The merchant took goods back."""
    PAYOUT_REFUND = "payout_refund"
    """A payout to the merchant came back."""
    GOODWILL = "goodwill"
    """The lender, as a gesture."""
    INTEREST_WAIVER = "interest_waiver"
    """The lender gives interest up."""
    INTEREST_REFUND = "interest_refund"
    """The lender, for the interest that a refunded amount has cost. Computed by the fold, never recorded."""
    RECOVERY = "recovery"
    """Whoever pays after the loan was written off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated fact about one loan; events of one day apply in the order in which they were entered."""

    event_id: str
    on: date
    """The business day it takes effect, also one in the past."""
    seq: int
    """The order of entry within the loan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disbursed(Event):
    """Principal was drawn; a later draw is an increased order."""

    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaid(Event):
    """Money arrived that discharges dues."""

    amount_minor: int
    source: Source = Source.CUSTOMER
    pays_off: bool = False
    """It was quoted as the amount that closes the loan on this day."""
    refunds_interest: bool = False
    """A refund also gives back the interest that its amount has cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    """The borrower withdrew within the cooling-off term and paid back what that takes; the loan is over."""

    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CashRefunded(Event):
    """The lender paid money back that had discharged dues; the dues are open again."""

    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditBalanceRefunded(Event):
    """What the borrower had paid too much was returned; anything beyond it becomes principal."""

    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargedBack(Event):
    """The borrower's bank took a payment back, in whole or in part."""

    payment_id: str
    amount_minor: int


class ChargeBase(StrEnum):
    """What a proportional charge is a share of: the plan of the whole loan."""

    PRINCIPAL = "principal"
    INTEREST = "interest"
    PRINCIPAL_AND_INTEREST = "principal+interest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged(Event):
    """A fee or a penalty was charged; it belongs to the instalment in whose period it falls due."""

    component: Component
    due_on: date
    amount_minor: int = 0
    share: Decimal | None = None
    """Instead of an amount: this share of the base."""
    base: ChargeBase = ChargeBase.PRINCIPAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived(Event):
    """The lender gave up what was owed of one component, oldest first."""

    component: Component
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargedOff(Event):
    """The loan was written off; the debt stands, the books hold nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChanged(Event):
    """A new yearly rate; agreed before it begins, or backdated to the day it begins."""

    rate_per_year: Decimal
    from_on: date
    """The first night it holds for is the one to this day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDateMoved(Event):
    """One instalment got a new due day; the later ones move by as many days."""

    due_on: date
    new_due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestPaused(Event):
    """No interest runs in the nights to these days, both included."""

    start_on: date
    end_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LateChargePaused(Event):
    """From this day on lateness costs nothing more, until this pause is ended; what it cost before stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LateChargeResumed(Event):
    """One pause is over; lateness costs again once no other lasts."""

    pause_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudFlagged(LateChargePaused):
    """Somebody else may have taken the loan out: until that is cleared, lateness costs nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudCleared(LateChargeResumed):
    """The suspicion of fraud is over; `pause_id` is the event that raised it."""


class ReAgeInterest(StrEnum):
    """What re-ageing does with interest."""

    ANNUITY = "annuity"
    """Interest due so far is spread with the principal; new interest runs."""
    EQUAL_PARTS = "equal_parts"
    """All interest outstanding, also of the future, in equal parts; none runs on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReAged(Event):
    """All that is outstanding was spread over new instalments."""

    start_on: date
    """The first new due day."""
    instalment_count: int
    frequency: Frequency = Frequency.MONTHS
    every: int = 1
    interest: ReAgeInterest = ReAgeInterest.ANNUITY


@dataclass(frozen=True, slots=True, kw_only=True)
class ReAmortised(Event):
    """What is overdue was spread over the instalments to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversed(Event):
    """An earlier event is undone; everything after it is played again without it."""

    reverses: str
