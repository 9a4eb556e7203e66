"""A loan in the middle of its replay."""

from bisect import insort
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fenqi.core.dates.business_day import payable_until
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.component import Component, Parts
from fenqi.core.loan.event import Charged, Source
from fenqi.core.loan.instalment import PRINCIPAL, Instalment
from fenqi.core.loan.policy import Recalculation
from fenqi.core.loan.rate_line import RateLine
from fenqi.core.loan.state import Draw, Effect, Flow, RowKind


@dataclass(slots=True)
class AttachedCharge:
    """A charge and the instalment it belongs to."""

    charge: Charged
    row: Instalment
    amount_minor: int
    waived_minor: int = 0


@dataclass(slots=True)
class Position:
    """What the fold carries from event to event; it is changed in place and never leaves the fold."""

    agreement: Agreement
    rates: RateLine
    rows: list[Instalment] = field(default_factory=list)
    """In order of due day, all kinds."""
    start_on: date | None = None
    lent_minor: int = 0
    """Principal to be repaid by regular instalments: drawn less down payments, without what was credited back."""
    moves: list[tuple[date, int]] = field(default_factory=list)
    """Dated changes of the balance that bears interest."""
    draws: list[Draw] = field(default_factory=list)
    charges: list[AttachedCharge] = field(default_factory=list)
    pending: list[Charged] = field(default_factory=list)
    """Charges that wait for the instalment they belong to."""
    calendar: Mapping[date, bool] = field(default_factory=dict[date, bool])
    """Working days that were published after the table that ships; True where a day is worked."""
    waits_for_re_age: bool = False
    """Whether the loan will be re-aged, so that later charges find other instalments."""
    late_pauses: set[str] = field(default_factory=set[str])
    """The pauses of the late charge that last, by their events."""
    fraud_flagged_on: date | None = None
    """Since when somebody else is suspected to have taken it out."""
    overpaid_minor: int = 0
    timeline: list[Effect] = field(default_factory=list)
    flows: defaultdict[tuple[Flow, Component], int] = field(default_factory=lambda: defaultdict(int))
    charged_off_on: date | None = None
    charged_back: dict[str, list[int]] = field(default_factory=dict)
    """What was already taken back of a payment, by component."""

    @property
    def regular(self) -> list[Instalment]:
        """The instalments that repay what was lent."""
        return [row for row in self.rows if row.kind is RowKind.REGULAR]

    @property
    def recalculates(self) -> bool:
        """Whether interest follows the money; after a write-off the plan stays as it was written off."""
        return self.charged_off_on is None and self.agreement.policy.recalculation is not Recalculation.NONE

    @property
    def maturity_on(self) -> date:
        """The last regular due day."""
        return max(row.due_on for row in self.rows if row.kind is RowKind.REGULAR)

    @property
    def principal_outstanding(self) -> int:
        """Principal drawn or credited and not yet discharged."""
        return sum(row.due[PRINCIPAL] - row.paid[PRINCIPAL] for row in self.rows)

    def payable_until(self, row: Instalment) -> date:
        """The last day on which an instalment can be paid without being late."""
        if not self.agreement.policy.rolls_holidays:
            return row.due_on
        return payable_until(row.due_on, overrides=self.calendar)

    def move(self, on: date, minor: int) -> None:
        """Change the balance that bears interest."""
        insort(self.moves, (on, minor))

    def insert(self, row: Instalment) -> None:
        """Add an instalment where it belongs by its due day, after those of the same day."""
        insort(self.rows, row, key=lambda other: (other.kind is RowKind.ADDITIONAL, other.due_on))

    def sort(self) -> None:
        """Restore the order after due days have moved."""
        self.rows.sort(key=lambda row: (row.kind is RowKind.ADDITIONAL, row.due_on))

    def record(
        self, event_id: str, on: date, what: str, amount_minor: int, parts: Parts, overpaid_minor: int = 0
    ) -> None:
        """Note what an event did."""
        self.timeline.append(
            Effect(
                event_id=event_id,
                on=on,
                what=what,
                amount_minor=amount_minor,
                parts=parts,
                overpaid_minor=overpaid_minor,
                balance_minor=self.principal_outstanding,
                after_charge_off=self.charged_off_on is not None,
            )
        )

    def book(self, flow: Flow, parts: Parts) -> None:
        """Count amounts by component."""
        for component in Component:
            if parts[component]:
                self.flows[flow, component] += parts[component]


PAYER: dict[Source, tuple[Flow, Flow]] = {
    Source.CUSTOMER: (Flow.PAID_BY_CUSTOMER, Flow.OVERPAID),
    Source.DOWN_PAYMENT: (Flow.PAID_BY_CUSTOMER, Flow.OVERPAID),
    Source.RECOVERY: (Flow.PAID_BY_CUSTOMER, Flow.OVERPAID),
    Source.MERCHANT_REFUND: (Flow.PAID_BY_MERCHANT, Flow.OVERPAID_BY_MERCHANT),
    Source.PAYOUT_REFUND: (Flow.PAID_BY_MERCHANT, Flow.OVERPAID_BY_MERCHANT),
    Source.GOODWILL: (Flow.FORGIVEN, Flow.OVERPAID_BY_LENDER),
    Source.INTEREST_WAIVER: (Flow.FORGIVEN, Flow.OVERPAID_BY_LENDER),
    Source.INTEREST_REFUND: (Flow.FORGIVEN, Flow.OVERPAID_BY_LENDER),
}
"""Which flow counts what a source discharges, and what it pays too much."""
