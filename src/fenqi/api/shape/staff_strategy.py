"""What the console's routes about strategies answer."""

from typing import Literal

from fenqi.api.shape.part import Shape
from fenqi.core.decision.line_up import Role
from fenqi.core.decision.outcome import Outcome


class ShareLine(Shape):
    """A challenger and its share of the customers."""

    version: str
    share_permille: int


class RunningShadowLine(Shape):
    """A version that runs as a shadow, and the use by which it does."""

    version: str
    use_id: str


class LineUpShape(Shape):
    """Who decides, and who would have."""

    champion: str
    challengers: list[ShareLine]
    shadows: list[RunningShadowLine]


class HaltLine(Shape):
    """A halt of all deciding, and how it ended."""

    halt_id: str
    reason: str
    halted_by: str
    halted_at: str
    end_reason: str | None
    asked_by: str | None
    approved_by: str | None
    ended_at: str | None


class StrategyLine(Shape):
    """A version; `difference` is empty where the reference engine reads it alike, null while that is looked into."""

    version: str
    name: str
    remark: str
    proposed_by: str
    proposed_at: str
    role: Role | None
    input_count: int | None
    difference: str | None


class StrategyUseLine(Shape):
    """What a version was proposed to be used for, and what the second person said."""

    use_id: str
    version: str
    role: Role
    share_permille: int
    from_at: str
    reason: str
    proposed_by: str
    proposed_at: str
    is_approved: bool | None
    answer_reason: str | None
    answered_by: str | None
    answered_at: str | None


class StrategyListShape(Shape):
    """Everything about who decides."""

    line_up: LineUpShape | None
    is_halted: bool
    halts: list[HaltLine]
    versions: list[StrategyLine]
    uses: list[StrategyUseLine]


class NewStrategyShape(Shape):
    """A version that was proposed."""

    version: str
    name: str


class DrawnNodeShape(Shape):
    """A node of the picture."""

    node_id: str
    name: str
    kind: Literal["inputNode", "outputNode", "expressionNode", "decisionTableNode", "switchNode", "decisionNode"]
    x: int
    y: int
    lines: list[str]


class DrawnEdgeShape(Shape):
    """A way in the picture."""

    source: str
    target: str
    label: str


class StrategyShape(StrategyLine):
    """A version with its picture, its text and its history."""

    champion: str | None
    text: str
    uses: list[StrategyUseLine]
    nodes: list[DrawnNodeShape]
    edges: list[DrawnEdgeShape]


class DifferenceLine(Shape):
    """One difference in both languages."""

    en: str
    zh: str


class DifferencesShape(Shape):
    """What differs from another version."""

    before: str
    differences: list[DifferenceLine]


class NewUseShape(Shape):
    """A use that was proposed."""

    use_id: str
    version: str


class BackTestLine(Shape):
    """A back-test and how far it is."""

    back_test_id: str
    version: str
    from_on: str
    until_on: str
    loss_percent: int
    asked_by: str
    asked_at: str
    state: Literal["waiting", "running", "done", "cancelled", "failed"]
    decision_count: int
    progress_permille: int
    ended_at: str | None
    fault: str


class BackTestListShape(Shape):
    """Every back-test of a version."""

    back_tests: list[BackTestLine]


class SegmentFigureLine(Shape):
    """A segment under the strategy; `segment` is `all`, or what it is by and its value."""

    segment: str
    count: int
    approved_count: int
    referred_count: int
    unsettled_count: int
    known_count: int
    bad_count: int
    limit_minor: int
    profit_minor: int
    approved_before_count: int
    approval_permille: int
    bad_permille: int | None


class ReasonCountLine(Shape):
    """A reason and how often it is given."""

    code: str
    count: int


class MovedLine(Shape):
    """How many move from one outcome to another, and why."""

    before: Outcome
    after: Outcome
    count: int
    reasons: list[ReasonCountLine]


class BackTestChangeLine(Shape):
    """A decision that would be another."""

    decision_id: str
    decided_at: str
    before: Outcome
    after: Outcome
    reasons: list[str]
    order_minor: int | None
    limit_minor: int | None


class BackTestResultShape(Shape):
    """What a strategy would have decided."""

    segments: list[SegmentFigureLine]
    moved: list[MovedLine]
    changes: list[BackTestChangeLine]


class BackTestShape(BackTestLine):
    """A back-test with its figures, once it is done."""

    result: BackTestResultShape | None


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/staff/strategies"): StrategyListShape,
    ("POST", "/staff/strategies"): NewStrategyShape,
    ("GET", "/staff/strategies/{version}"): StrategyShape,
    ("GET", "/staff/strategies/{version}/differences"): DifferencesShape,
    ("POST", "/staff/strategies/{version}/uses"): NewUseShape,
    ("GET", "/staff/strategies/{version}/back-tests"): BackTestListShape,
    ("POST", "/staff/strategies/{version}/back-tests"): BackTestLine,
    ("GET", "/staff/back-tests/{back_test_id}"): BackTestShape,
    ("POST", "/staff/back-tests/{back_test_id}/cancellation"): BackTestLine,
    ("POST", "/staff/strategy-uses/{use_id}/answer"): StrategyUseLine,
    ("POST", "/staff/halts"): HaltLine,
    ("POST", "/staff/halts/{halt_id}/end"): HaltLine,
    ("POST", "/staff/halts/{halt_id}/approval"): HaltLine,
}
