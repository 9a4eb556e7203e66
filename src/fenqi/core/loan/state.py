"""A loan as it stands on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fenqi.core.loan.component import Component, Parts


class Status(StrEnum):
    """Where a loan is in its life."""

    AGREED = "agreed"
    """Signed, nothing drawn."""
    ACTIVE = "active"
    OVERPAID = "overpaid"
    """Nothing is owed, and the lender holds money of the borrower."""
    CLOSED = "closed"
    """Everything was paid, refunded or forgiven."""


class RowKind(StrEnum):
    """Why an instalment exists."""

    REGULAR = "regular"
    DOWN_PAYMENT = "down_payment"
    ADDITIONAL = "additional"
    """After the last due day, for what was charged or taken back later."""


class Flow(StrEnum):
    """How an amount entered or left the books of a loan, counted since it began."""

    DRAWN = "drawn"
    EARNED = "earned"
    """Interest, fees and penalties, on their due day or when paid earlier."""
    PAID_BY_CUSTOMER = "paid_by_customer"
    PAID_BY_MERCHANT = "paid_by_merchant"
    FORGIVEN = "forgiven"
    """Goodwill, waivers and refunded interest."""
    WRITTEN_OFF = "written_off"
    RECOVERED = "recovered"
    """Paid after the write-off."""
    OVERPAID = "overpaid"
    """Taken from the borrower into the borrower's credit balance; like the next four booked under principal."""
    OVERPAID_BY_MERCHANT = "overpaid_by_merchant"
    """Taken from the merchant into it."""
    OVERPAID_BY_LENDER = "overpaid_by_lender"
    """Goodwill that found nothing to discharge."""
    OVERPAYMENT_USED = "overpayment_used"
    """Taken out of it again to discharge dues."""
    OVERPAYMENT_RETURNED = "overpayment_returned"


Books = Mapping[tuple[Flow, Component], int]
"""Cumulative minor units; ledger postings are the difference of two of these. Zero entries are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentState:
    """One instalment as it stands."""

    number: int
    kind: RowKind
    from_on: date
    due_on: date
    payable_until: date
    """The due day, or the working day after it."""
    days: int
    """Since the instalment before, down payments aside."""
    due: Parts
    paid: Parts
    paid_in_advance_minor: int
    paid_late_minor: int
    paid_on: date | None
    """When nothing was left to pay; None while it is open."""
    balance_minor: int
    """Principal that falls due after it."""
    early: Parts
    """What the books recognise of it before its due day, from which on it is all that is due."""
    late_weight: int
    """Overdue principal × days of which the late charge is counted."""
    late_from_on: date
    """The day from which further ones count."""

    @property
    def outstanding(self) -> Parts:
        """What is still to be paid."""
        return Parts(*(due - paid for due, paid in zip(self.due, self.paid, strict=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A disbursement as it appears among the instalments."""

    on: date
    amount_minor: int
    at_once_minor: int = 0
    """Its down payment."""


def draws_above(draws: Sequence[Draw], rows: Iterable[tuple[RowKind, date, date]]) -> list[int]:
    """How many draws stand above each instalment: on one day the instalment, the draw and then its down payment.

    An additional instalment, and one that ended on the day on which it began, stand below all draws up to that day.

    Shapes: of an instalment its kind, the day its period begins and its due day.
    """
    with_down_payment = (number for number, draw in enumerate(draws, 1) if draw.at_once_minor)
    counts, above = list[int](), 0
    for kind, from_on, due_on in rows:
        if kind is RowKind.DOWN_PAYMENT:
            above = max(next(with_down_payment, above), above)
        through_on = due_on if kind is RowKind.ADDITIONAL or from_on == due_on else due_on - timedelta(days=1)
        while kind is not RowKind.DOWN_PAYMENT and above < len(draws) and draws[above].on <= through_on:
            above += 1
        counts.append(above)
    return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an event did, in the order of the fold."""

    event_id: str
    on: date
    what: str
    """The name of the event, or of the source of the money."""
    amount_minor: int
    parts: Parts
    overpaid_minor: int
    """The part that went into, or came out of, the borrower's credit balance."""
    balance_minor: int
    """Principal outstanding afterwards."""
    after_charge_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeState:
    """A fee or penalty that was charged."""

    event_id: str
    component: Component
    due_on: date
    amount_minor: int
    paid_minor: int
    waived_minor: int

    @property
    def outstanding_minor(self) -> int:
        """What is still to be paid of it."""
        return self.amount_minor - self.paid_minor - self.waived_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanState:
    """The whole of a loan on a day: everything else is read from this."""

    as_of: date
    status: Status
    rows: tuple[InstalmentState, ...]
    draws: tuple[Draw, ...]
    charges: tuple[ChargeState, ...]
    timeline: tuple[Effect, ...]
    overpaid_minor: int
    """Held for the borrower; never together with anything outstanding."""
    charged_off_on: date | None
    payoff_minor: int
    """What closes the loan on this day."""
    books: Books
    fraud_flagged_on: date | None = None
    """Since when somebody else is suspected to have taken it out."""

    @property
    def outstanding(self) -> Parts:
        """All that is still to be paid, future instalments included."""
        sums = [0, 0, 0, 0]
        for row in self.rows:
            for place, minor in enumerate(row.outstanding):
                sums[place] += minor
        return Parts(*sums)

    @property
    def oldest_unpaid(self) -> InstalmentState | None:
        """The first instalment that is due or past due and not paid; due days decide, not numbers."""
        unpaid = [row for row in self.rows if row.due_on <= self.as_of and row.outstanding.total]
        return min(unpaid, key=lambda row: row.due_on, default=None)

    @property
    def days_past_due(self) -> int:
        """Days since the oldest unpaid instalment could last be paid in time; 0 until then."""
        oldest = self.oldest_unpaid
        return max((self.as_of - oldest.payable_until).days, 0) if oldest else 0

    @property
    def overdue(self) -> Parts:
        """What should have been paid before this day."""
        sums = [0, 0, 0, 0]
        for row in self.rows:
            if row.payable_until < self.as_of:
                for place, minor in enumerate(row.outstanding):
                    sums[place] += minor
        return Parts(*sums)

    @property
    def next_due(self) -> InstalmentState | None:
        """The next instalment to pay that is not past due."""
        later = [row for row in self.rows if row.due_on >= self.as_of and row.outstanding.total]
        return min(later, key=lambda row: row.due_on, default=None)

    def receivable(self, component: Component) -> int:
        """What the books hold of a component: recognised and not paid, forgiven or written off."""
        ins = (Flow.DRAWN, Flow.EARNED)
        outs = (
            Flow.PAID_BY_CUSTOMER,
            Flow.PAID_BY_MERCHANT,
            Flow.FORGIVEN,
            Flow.WRITTEN_OFF,
        )
        return sum(self.books.get((flow, component), 0) for flow in ins) - sum(
            self.books.get((flow, component), 0) for flow in outs
        )
