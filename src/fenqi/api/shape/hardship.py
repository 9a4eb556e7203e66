"""What the routes about borrowers in difficulty answer."""

from typing import Literal

from fenqi.api.shape.part import Page, SentCodeShape, Shape
from fenqi.core.collection.hardship import HardshipCause, HardshipLevel, HardshipState
from fenqi.core.collection.relief import ReliefKind

Done = Literal[
    "asked",
    "offered",
    "refused",
    "withdrawn",
    "agreed",
    "lapsed",
    "escalated_late",
    "observation_kept",
    "observation_broken",
]
Why = Literal["no_effect", "still_late", "above_ceiling", "too_long"]


class PaperLineShape(Shape):
    """A paper that was handed in."""

    paper_id: str
    name: str
    media_type: str
    byte_count: int
    added_at: str


class ReliefRow(Shape):
    """One instalment of a plan that could be agreed."""

    instalment: int
    due_on: str
    total_minor: int


class ReliefPartShape(Shape):
    """What a way out does to one loan."""

    loan_id: str
    is_changed: bool
    cost_before_minor: int
    cost_after_minor: int
    annual_share: str
    rows: list[ReliefRow]


class ReliefOptionShape(Shape):
    """A way out with what it costs."""

    option_id: str
    kind: ReliefKind
    number: str
    currency: str
    extra_cost_minor: int
    to_pay_minor: int
    instalment_max_minor: int
    first_due_on: str | None
    last_due_on: str | None
    annual_share: str
    withheld: Why | None
    is_affordable: bool
    parts: list[ReliefPartShape]


class OwnHardshipShape(Shape):
    """A request as its borrower sees it."""

    request_id: str
    state: HardshipState
    cause: HardshipCause
    asked_at: str
    answer_due_on: str
    answered_at: str | None
    reason: str
    accept_until: str | None
    agreed_option: str | None
    agreed_at: str | None
    observed_until: str | None
    ended_at: str | None
    papers: list[PaperLineShape]
    options: list[ReliefOptionShape]
    document_id: str | None


class OwnHardshipsShape(Shape):
    """A borrower's requests."""

    requests: list[OwnHardshipShape]
    can_ask: bool
    answer_days: int


class ReliefShowingShape(Shape):
    """A plan put before a borrower."""

    showing_id: str
    shown_at: str
    read_seconds_min: int
    document_id: str
    sha256: str
    option: ReliefOptionShape


class HardshipLineShape(Shape):
    """A request in the desk's lists."""

    request_id: str
    customer_id: str
    state: HardshipState
    level: HardshipLevel
    cause: HardshipCause
    asked_by: str
    asked_at: str
    answer_due_on: str
    is_late: bool
    answered_at: str | None
    answered_by: str | None
    reason: str
    offered: list[str]
    accept_until: str | None
    agreed_option: str | None
    agreed_at: str | None
    observed_until: str | None
    ended_at: str | None


class HardshipWaitingShape(Page):
    """The worklist."""

    requests: list[HardshipLineShape]


class HardshipAnsweredShape(Page):
    """What was answered."""

    requests: list[HardshipLineShape]


class StatedShape(Shape):
    """What a borrower states of a month."""

    text: str
    monthly_income_minor: int
    monthly_living_minor: int
    monthly_debts_minor: int
    room_minor: int


class EarlierHardship(Shape):
    """Another request of the same borrower."""

    request_id: str
    state: HardshipState
    asked_at: str


class HardshipEventShape(Shape):
    """Something done about a request."""

    what: Done
    by: str
    text: str
    recorded_at: str


class HardshipShape(HardshipLineShape):
    """A request as the desk sees it."""

    currency: str
    stated: StatedShape
    papers: list[PaperLineShape]
    options: list[ReliefOptionShape]
    suggested: str | None
    ceiling_percent: str
    ceiling_source: str
    answer_days: int
    answer_source: str
    earlier: list[EarlierHardship]
    events: list[HardshipEventShape]


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/h5/hardship"): OwnHardshipsShape,
    ("POST", "/h5/hardship"): OwnHardshipShape,
    ("POST", "/h5/hardship/{request_id}/papers"): OwnHardshipShape,
    ("POST", "/h5/hardship/{request_id}/withdrawal"): OwnHardshipShape,
    ("POST", "/h5/hardship/{request_id}/showings"): ReliefShowingShape,
    ("POST", "/h5/hardship/{request_id}/codes"): SentCodeShape,
    ("POST", "/h5/hardship/{request_id}/signature"): OwnHardshipShape,
    ("GET", "/staff/hardship"): HardshipWaitingShape,
    ("GET", "/staff/answered-hardship"): HardshipAnsweredShape,
    ("POST", "/staff/hardship"): HardshipShape,
    ("GET", "/staff/hardship/{request_id}"): HardshipShape,
    ("POST", "/staff/hardship/{request_id}/offer"): HardshipShape,
    ("POST", "/staff/hardship/{request_id}/refusal"): HardshipShape,
}
