"""A worked loan case while its steps are played: events, and what the core makes of them."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from fenqi.cases.loan_input import SOURCES, LoanInput
from fenqi.cases.reading import Json, choose, read_minor
from fenqi.core.loan.event import Charged, Disbursed, Event
from fenqi.core.loan.replay import effective, replay
from fenqi.core.loan.state import Effect, LoanState

KINDS = {
    "DISBURSEMENT": "disbursement",
    **{name: source.value for name, source in SOURCES.items()},
    "REFUND": "cash_refund",
    "REFUND_BY_CASH": "cash_refund",
    "CREDIT_BALANCE_REFUND": "credit_balance_refund",
    "CHARGEBACK": "chargeback",
    "CHARGE_OFF": "charge_off",
    "RE_AGE": "re_age",
    "RE_AMORTIZE": "re_amortise",
    "BUY_DOWN_FEE": "buy_down_fee",
    "BUY_DOWN_FEE_AMORTIZATION": "buy_down_fee_amortisation",
}
"""The names of transactions in cases, written as in steps, and of effects in the core."""


def read_kind(value: Any, what: str) -> str:
    """Read the kind of a transaction, as MERCHANT_ISSUED_REFUND or as Merchant Issued Refund."""
    return choose(KINDS, re.sub("[ -]", "_", str(value)).upper(), what)


@dataclass(frozen=True, slots=True)
class BuyDownFee:
    """What a merchant pays for an interest-free plan, and from when it is earned."""

    on: date
    amount_minor: int


@dataclass(slots=True)
class LoanPlay:
    """A case in the middle of its steps: it holds events and asks the core for the state."""

    case: LoanInput
    today: date
    events: list[Event] = field(default_factory=list)
    stage: str = "created"
    has_business_date: bool = False
    undone: list[Effect] = field(default_factory=list)
    """Transactions that were reversed, with the parts they had."""
    fees: list[BuyDownFee] = field(default_factory=list)
    earned_fees: list[Effect] = field(default_factory=list)
    charged_overdue: set[date] = field(default_factory=set)

    @property
    def has_drawn(self) -> bool:
        """Whether anything was drawn by the business date, and not undone."""
        return any(isinstance(event, Disbursed) for event in effective(self.events, as_of=self.today))

    def state(self) -> LoanState:
        """The loan as of the business date; before the first draw as if all were drawn when applied for."""
        if self.has_drawn:
            return replay(self.case.agreement, self.events, as_of=self.today)
        agreement = self.case.agreement
        drawn = Disbursed(event_id="plan", on=agreement.signed_on, seq=0, amount_minor=agreement.limit_minor)
        state = replay(agreement, [drawn, *self._charges()], as_of=max(self.today, agreement.signed_on))
        return replace(state, timeline=())

    def _charges(self) -> list[Event]:
        return [event for event in self.events if isinstance(event, Charged)]

    def transactions(self) -> list[tuple[Effect, bool]]:
        """The transactions by day and order of entry, each with whether it was reversed."""
        order = {event.event_id: event.seq for event in self.events}
        listed = [(effect, False) for effect in self.state().timeline if effect.what in KINDS.values()]
        listed += [(effect, True) for effect in self.undone]
        return sorted(listed, key=lambda item: (item[0].on, order.get(item[0].event_id, 0)))

    def add(self, kind: type[Event], on: date, **values: Any) -> str:
        """Append an event and give its id; a case without a business date goes along with its events."""
        if not self.has_business_date:
            self.today = max(self.today, on)
        seq = len(self.events) + 1
        event = kind(event_id=str(seq), on=on, seq=seq, **values)
        self.events.append(event)
        return event.event_id

    def minor(self, step: Json, key: str = "amount") -> int:
        """Read an amount of a step."""
        return read_minor(step.get(key), self.case.decimals, key)
