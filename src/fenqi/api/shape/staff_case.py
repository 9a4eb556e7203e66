"""What the console's routes about cases answer."""

from typing import Literal

from fenqi.api.shape.part import Page, Shape
from fenqi.api.shape.staff_decision import DecisionLine
from fenqi.core.decision.case import CaseKind, Disposition, Level
from fenqi.core.velocity.event import Key


class CaseLine(Shape):
    """A case in a list."""

    case_id: str
    customer_id: str
    kind: CaseKind
    level: Level
    opened_at: str
    due_at: str
    is_late: bool
    expected_loss_minor: int
    taken_by: str | None
    taken_until: str | None
    closed_at: str | None
    closed_by: str | None
    disposition: Disposition | None
    pivot_key: Key | None
    pivot_value: str | None


class CaseListShape(Page):
    """Open cases, dearest first."""

    cases: list[CaseLine]


class ClosedCaseListShape(Page):
    """Cases that have ended, newest first."""

    cases: list[CaseLine]


class CaseEventLine(Shape):
    """Something done in a case."""

    what: Literal[
        "opened_referred",
        "opened_asked",
        "opened_frozen",
        "release_said",
        "taken",
        "released",
        "escalated",
        "escalated_late",
        "noted",
        "closed_sound",
        "closed_unaffordable",
        "closed_unproven",
        "closed_fraud",
        "closed_timed_out",
    ]
    by: str
    text: str
    recorded_at: str


class StaffCaseShape(CaseLine):
    """A case with everything in it."""

    decisions: list[DecisionLine]
    events: list[CaseEventLine]


class WaitingLine(Shape):
    """The open cases of a level and kind."""

    level: Level
    kind: CaseKind
    case_count: int
    oldest_at: str
    late_count: int
    expected_loss_minor: int


class TallyLine(Shape):
    """The cases that somebody ended in one way."""

    closed_by: str
    disposition: Disposition
    case_count: int
    median_seconds: int
    late_count: int


class CaseFiguresShape(Shape):
    """What waits, and who answered what."""

    waiting: list[WaitingLine]
    answered: list[TallyLine]


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/staff/cases"): CaseListShape,
    ("GET", "/staff/closed-cases"): ClosedCaseListShape,
    ("GET", "/staff/case-figures"): CaseFiguresShape,
    ("POST", "/staff/cases/next"): StaffCaseShape,
    ("GET", "/staff/cases/{case_id}"): StaffCaseShape,
    ("POST", "/staff/cases/{case_id}/taking"): StaffCaseShape,
    ("POST", "/staff/cases/{case_id}/release"): StaffCaseShape,
    ("POST", "/staff/cases/{case_id}/escalation"): StaffCaseShape,
    ("POST", "/staff/cases/{case_id}/notes"): StaffCaseShape,
    ("POST", "/staff/cases/{case_id}/end"): StaffCaseShape,
}
