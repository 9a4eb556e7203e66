"""What the console's routes about frozen orders and rings answer."""

from typing import Literal

from fenqi.api.shape.part import Shape
from fenqi.core.merchant.purchase import PurchaseState
from fenqi.core.velocity.event import Key
from fenqi.services.answer_freeze import Verdict as FreezeVerdict


class FreezeAnsweredShape(Shape):
    """How a frozen order stands after an answer."""

    decision_id: str
    checkout_status: PurchaseState
    people_said: int
    people_needed: int


class FreezeAnswerLine(Shape):
    """What one person said to a frozen order."""

    login: str
    verdict: FreezeVerdict
    reason: str
    answered_at: str


class FreezePart(Shape):
    """Why an order was frozen, around which key, how it stands now, and what people said."""

    checkout_status: PurchaseState
    frozen_at: str
    frozen_by: str
    why: str
    amount_minor: int
    pivot_key: Key | None
    pivot_value: str | None
    people_needed: int
    answers: list[FreezeAnswerLine]


class FreezeShape(Shape):
    """The freeze of a decision's order, if there was one."""

    freeze: FreezePart | None


class RingPerson(Shape):
    """Somebody in a ring; `hops` from whom the case is about, and what this member of staff may do."""

    customer_id: str
    hops: int
    is_frozen: bool
    is_fraud: bool
    case_id: str | None
    may_open: bool
    may_act: bool


class RingTie(Shape):
    """A key that somebody uses and others do too; its value is a keyed hash."""

    customer_id: str
    key: Literal["device", "address", "card", "contact"]
    value: str
    hops: int


class RingOrderLine(Shape):
    """A late order of somebody in a ring."""

    decision_id: str
    customer_id: str
    decided_at: str
    status: PurchaseState
    amount_minor: int


class RingShape(Shape):
    """A ring; cut if there were more people than are followed."""

    people: list[RingPerson]
    ties: list[RingTie]
    orders: list[RingOrderLine]
    is_cut: bool


class RefusalPart(Shape):
    """Why something was refused."""

    code: str
    what: str
    allowed: str
    source: str


class RingActLine(Shape):
    """What became of one order."""

    decision_id: str
    checkout_status: PurchaseState | None
    refusal: RefusalPart | None


class RingActShape(Shape):
    """What became of each order."""

    orders: list[RingActLine]


class SnoozeLine(Shape):
    """A rule that sleeps, or slept; `ended_at` is null unless somebody woke it before its time."""

    rule_snooze_id: str
    rule_code: str
    pivot_key: Key
    pivot_value: str
    until: str
    login: str
    reason: str
    recorded_at: str
    is_asleep: bool
    ended_at: str | None
    ended_by: str | None
    end_reason: str | None


class SnoozableRule(Shape):
    """A rule of the screening, and in words why it stops an order."""

    rule_code: str
    zh: str
    en: str


class SnoozeListShape(Shape):
    """The latest rules that sleep or slept, and the rules that there are."""

    snoozes: list[SnoozeLine]
    rules: list[SnoozableRule]


class OrderLogShape(Shape):
    """How the engine that counts stands."""

    engine: str
    is_behind: bool
    position: int
    waiting_count: int
    digest: str


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("POST", "/staff/decisions/{decision_id}/freeze-answers"): FreezeAnsweredShape,
    ("GET", "/staff/decisions/{decision_id}/freeze"): FreezeShape,
    ("GET", "/staff/cases/{case_id}/ring"): RingShape,
    ("POST", "/staff/cases/{case_id}/ring-acts"): RingActShape,
    ("GET", "/staff/snoozes"): SnoozeListShape,
    ("POST", "/staff/snoozes"): SnoozeLine,
    ("POST", "/staff/snoozes/{rule_snooze_id}/end"): SnoozeLine,
    ("GET", "/staff/order-log"): OrderLogShape,
}
