"""What the routes about credit lines answer."""

from typing import Literal

from fenqi.api.shape.part import Names, Page, Shape
from fenqi.api.shape.rules import AnsweredRulesShape, ProposedRules, RulesLineShape
from fenqi.core.limit.special import SpecialKind
from fenqi.core.product.goods import GoodsCategory

LimitMove = Literal["granted", "kept", "raised", "lowered", "suspended", "resumed", "special_granted", "special_over"]
LimitCause = Literal[
    "application",
    "month",
    "became_late",
    "caught_up",
    "paid_off",
    "charged_off",
    "fraud_flagged",
    "fraud_cleared",
    "held",
    "released",
    "special",
    "special_over",
    "stated",
    "warned",
    "calmed",
]
SpecialState = Literal["proposed", "approved", "rejected", "over"]


class LimitReason(Shape):
    """Why a line moved, or what would raise it, in both languages."""

    code: str
    zh: str
    en: str


class LimitHistoryLine(Shape):
    """A move of a line; what an application granted has no id. `fixed_minor` is kept while a line is suspended."""

    change_id: str | None
    on: str
    changed_at: str | None
    move: LimitMove
    currency: str
    before_minor: int
    after_minor: int
    fixed_minor: int
    reasons: list[LimitReason]
    would_raise: list[LimitReason]


class SpecialLimitOfMine(Shape):
    """A limit beside the fixed one."""

    kind: SpecialKind
    amount_minor: int
    currency: str
    merchant: Names | None
    goods_category: GoodsCategory | None
    until_on: str


class LimitShape(Shape):
    """A credit line as its borrower sees it."""

    currency: str
    limit_minor: int
    used_minor: int
    available_minor: int
    fixed_minor: int
    is_suspended: bool
    points: int | None
    takes_rises: bool
    would_raise: list[LimitReason]
    specials: list[SpecialLimitOfMine]
    history: list[LimitHistoryLine]


class LimitChangeLine(Shape):
    """A move in the console's list."""

    change_id: str
    customer_id: str
    move: LimitMove
    cause: LimitCause
    before_minor: int
    after_minor: int
    currency: str
    points: int | None
    reasons_zh: str
    reasons_en: str
    rules_version: str
    changed_by: str
    changed_at: str


class LimitsShape(Page):
    """Moves of credit lines."""

    limits: list[LimitChangeLine]


class LimitFact(Shape):
    """Something that a look at a line went by."""

    name: str
    value: str


class LimitChangeShape(LimitHistoryLine):
    """A move with the facts it went by; `replays` is null where no rules moved the line."""

    customer_id: str
    cause: LimitCause
    points: int | None
    rules_version: str
    changed_by: str
    facts: list[LimitFact]
    replays: bool | None


class SpecialLimitLine(Shape):
    """A temporary or dedicated limit."""

    special_id: str
    customer_id: str
    kind: SpecialKind
    merchant_id: str | None
    goods_category: GoodsCategory | None
    amount_minor: int
    currency: str
    from_on: str | None
    until_on: str
    state: SpecialState
    reason: str
    proposed_by: str
    proposed_at: str
    decided_by: str | None
    decided_at: str | None
    decided_why: str | None


class SpecialLimitsShape(Page):
    """Temporary and dedicated limits."""

    special_limits: list[SpecialLimitLine]


class LimitTrialLine(Shape):
    """What rules would change in a segment of the book."""

    segment: str
    line_count: int
    raised_count: int
    lowered_count: int
    suspended_count: int
    resumed_count: int
    before_minor: int
    after_minor: int


class LimitRulesLine(RulesLineShape):
    """A version of the rules, with its last trial and its answer."""

    tried_on: str | None
    tried_by: str | None
    against: str | None
    found: list[LimitTrialLine]


class LimitRulesShape(Shape):
    """Every version, and which one holds."""

    in_force: str | None
    versions: list[LimitRulesLine]


class LimitTrialShape(Shape):
    """What a version would change today."""

    version: str
    tried_on: str
    found: list[LimitTrialLine]


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/h5/limit"): LimitShape,
    ("POST", "/h5/limit/rises"): LimitShape,
    ("GET", "/staff/limits"): LimitsShape,
    ("GET", "/staff/limits/{change_id}"): LimitChangeShape,
    ("GET", "/staff/special-limits"): SpecialLimitsShape,
    ("POST", "/staff/special-limits"): SpecialLimitLine,
    ("POST", "/staff/special-limits/{special_id}/answer"): SpecialLimitLine,
    ("GET", "/staff/limit-rules"): LimitRulesShape,
    ("POST", "/staff/limit-rules"): ProposedRules,
    ("POST", "/staff/limit-rules/{version}/trials"): LimitTrialShape,
    ("POST", "/staff/limit-rules/{version}/answer"): AnsweredRulesShape,
}
