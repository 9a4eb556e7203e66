"""What the console's routes about strategies answer."""

from typing import Literal

from fenqi.api.shape.part import Shape
from fenqi.core.decision.line_up import Role


class ShareLine(Shape):
    """A challenger and its share of the customers."""

    version: str
    share_permille: int


class LineUpShape(Shape):
    """Who decides."""

    champion: str
    challengers: list[ShareLine]


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


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/staff/strategies"): StrategyListShape,
    ("POST", "/staff/strategies"): NewStrategyShape,
    ("GET", "/staff/strategies/{version}"): StrategyShape,
    ("GET", "/staff/strategies/{version}/differences"): DifferencesShape,
    ("POST", "/staff/strategies/{version}/uses"): NewUseShape,
    ("POST", "/staff/strategy-uses/{use_id}/answer"): StrategyUseLine,
    ("POST", "/staff/halts"): HaltLine,
    ("POST", "/staff/halts/{halt_id}/end"): HaltLine,
    ("POST", "/staff/halts/{halt_id}/approval"): HaltLine,
}
