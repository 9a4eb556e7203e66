"""What the console's routes about shadows answer."""

from fenqi.api.shape.part import Shape
from fenqi.api.shape.staff_strategy import MovedLine
from fenqi.core.decision.outcome import Outcome


class AgreementShape(Shape):
    """How often a shadow says what the champion does; the permille is null while it has said nothing."""

    decision_count: int
    alike_count: int
    alike_permille: int | None
    limit_moved_count: int


class ShadowLine(AgreementShape):
    """A version that runs, or ran, as a shadow; `until_at` is null while it does; what cannot be read says nothing."""

    use_id: str
    version: str
    from_at: str
    until_at: str | None
    is_readable: bool


class ShadowListShape(Shape):
    """Every shadow."""

    shadows: list[ShadowLine]


class ShadowDayLine(AgreementShape):
    """A day of a shadow: how many decisions would have moved, and why."""

    on_day: str
    moved: list[MovedLine]


class ShadowChangeLine(Shape):
    """A decision that a shadow would have made otherwise."""

    decision_id: str
    before: Outcome
    after: Outcome
    limit_minor: int | None
    reasons: list[str]


class ShadowShape(ShadowLine):
    """A shadow with its days and its latest changes."""

    days: list[ShadowDayLine]
    changes: list[ShadowChangeLine]


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/staff/shadows"): ShadowListShape,
    ("GET", "/staff/shadows/{use_id}"): ShadowShape,
}
