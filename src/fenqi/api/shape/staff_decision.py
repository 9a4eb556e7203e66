"""What the console's routes about decisions answer."""

from typing import Any, Literal

from fenqi.api.shape.hardship import PaperLineShape
from fenqi.api.shape.part import Page, Shape
from fenqi.core.decision.qualification import Layer, LayerVerdict
from fenqi.core.decision.screening_strategy import ScreeningAction, StepUp
from fenqi.core.merchant.purchase import PurchaseState
from fenqi.core.velocity.event import Key

Value = str | int | bool | None
Verdict = Literal["asked", "approve", "decline"]


class DecisionLine(Shape):
    """A decision in a list."""

    decision_id: str
    checkout_id: str
    outcome: Literal["approve", "refer", "decline"]
    verdict: Literal["approve", "decline"] | None
    points: int | None
    limit_minor: int
    strategy_version: str
    scorecard_version: str
    decided_at: str


class DecisionListShape(Page):
    """Decisions, newest first."""

    decisions: list[DecisionLine]


class StoredFact(Shape):
    """A fact, where it came from, and when that was so."""

    name: str
    value: Value
    source: str
    observed_at: str


class StoredRule(Shape):
    """A rule and what it said; None where a fact was missing."""

    code: str
    passed: bool | None
    effect: str
    threshold: bool | int | list[str]
    facts: list[str]
    missing: list[str]
    law: str


class StoredContribution(Shape):
    """The points of one characteristic, and what the best bin would have brought more."""

    name: str
    value: float | None
    points: int
    lost: int
    reason: str


class StoredScore(Shape):
    """A score; the probability is that of a default."""

    points: int
    pd: float | str
    contributions: list[StoredContribution]


class StoredLimit(Shape):
    """The line and its three ceilings."""

    granted_minor: int
    available_minor: int
    bound_by: Literal["score", "law", "affordability"]
    by_score_minor: int
    by_law_minor: int
    by_affordability_minor: int


class StoredLawValue(Shape):
    """A value of the law, its source, and how well that is established."""

    name: str
    value: bool | int | list[str]
    source: str
    standing: Literal["T", "S", "G", "R", "M", "H"]
    from_on: str


class StoredCeiling(Shape):
    """The most that credit may cost a year."""

    percent: str
    measure: str
    source: str
    standing: Literal["T", "S", "G", "R", "M", "H"]
    lender_type: str
    on: str


class StoredLaw(Shape):
    """What bound the decision."""

    on: str
    lender_type: str
    ceiling: StoredCeiling
    values: list[StoredLawValue]


class StoredOffer(Shape):
    """A plan that was priced; rates are shares, annual costs are in percent."""

    product_id: str
    tenor: int
    method: str
    rate_per_year: str
    rounding: str
    principal_minor: int
    instalment_minor_max: int
    cost_minor: int
    total_minor: int
    first_due_on: str
    last_due_on: str
    irr_nominal: str


class StoredReason(Shape):
    """A reason; hidden ones are not told to the applicant."""

    code: str
    zh: str
    en: str
    change_zh: str
    change_en: str
    hidden: bool


class StoredStrategy(Shape):
    """Which strategy decided, and as what; a decision made by a list of rules, before graphs did, has neither."""

    name: str
    version: str
    role: Literal["champion", "challenger"] | None = None
    halted: bool = False


class StoredFired(Shape):
    """A rule of the screening whose tests all held."""

    code: str
    action: ScreeningAction
    reason: str
    snoozed: bool


class StoredPivot(Shape):
    """The value of a key around which people look."""

    key: Key
    value: str


class StoredScoreReason(Shape):
    """What a reason brought to the logarithm of the odds, in thousandths."""

    code: str
    brought_milli: int


class StoredFraudScore(Shape):
    """The score that a model gave an order."""

    name: str
    version: str
    permille: int
    reasons: list[StoredScoreReason]


class StoredScreening(Shape):
    """What the screening saw and concluded."""

    strategy: str
    version: str
    engine: str
    signals: dict[str, float | None]
    keys: dict[str, str]
    fired: list[StoredFired]
    action: ScreeningAction
    step_up: StepUp | None
    pivot: StoredPivot | None
    snoozed: list[str]
    model: StoredFraudScore | None = None


class StoredCredit(Shape):
    """What was decided about credit, where the screening put something else in front."""

    outcome: Literal["approve", "refer", "decline"]
    reasons: list[StoredReason]


class StoredLayer(Shape):
    """What one layer of the application came to, and why."""

    layer: Layer
    verdict: LayerVerdict
    reasons: list[StoredReason]


class DecisionContent(Shape):
    """The record of a decision as it is stored."""

    format: int
    decided_at: str
    law: StoredLaw
    strategy: StoredStrategy
    scorecard_version: str
    catalogue_version: str
    facts: list[StoredFact]
    features: dict[str, int | None]
    rules: list[StoredRule]
    score: StoredScore | None
    affordability: dict[str, int | None] | None
    limit: StoredLimit | None
    offers: list[StoredOffer]
    withheld: list[dict[str, Any]]
    outcome: Literal["approve", "refer", "decline"]
    reasons: list[StoredReason]
    score_changes: list[dict[str, Any]]
    screening: StoredScreening | None = None
    credit: StoredCredit | None = None
    layers: list[StoredLayer] | None = None


class ReviewLine(Shape):
    """What a person said."""

    verdict: Verdict
    reason: str
    asked_by: str
    recorded_at: str


class StaffDecisionShape(DecisionLine):
    """A decision whole."""

    customer_id: str
    content: DecisionContent
    screening_reasons: list[StoredReason]
    reviews: list[ReviewLine]
    papers: list[PaperLineShape]


class ReplayShape(Shape):
    """Whether deciding again gave the same bytes."""

    decision_id: str
    same_bytes: bool
    byte_count: int


class JudgedAgainShape(Shape):
    """An application that was judged again with what a paper proves."""

    decision_id: str
    outcome: Literal["approve", "refer", "decline"]
    checkout_status: PurchaseState


class ReviewedShape(Shape):
    """What became of a referred application."""

    decision_id: str
    checkout_status: PurchaseState


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/staff/decisions"): DecisionListShape,
    ("GET", "/staff/decisions/{decision_id}"): StaffDecisionShape,
    ("GET", "/staff/decisions/{decision_id}/replay"): ReplayShape,
    ("POST", "/staff/decisions/{decision_id}/reviews"): ReviewedShape,
    ("POST", "/staff/decisions/{decision_id}/incomes"): JudgedAgainShape,
}
