"""What became of a worked case."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Whether the core computes what a case expects."""

    HOLDS = "pass"
    FAILS = "fail"
    UNSUPPORTED = "unsupported"
    """The case names something that the core does not know."""


class Unsupported(Exception):
    """A step, a value or an expectation that the core does not know; caught by the runner only."""


class Missed(Exception):
    """An expectation that does not hold; caught by the runner only."""

    def __init__(self, what: str, *, expected: object, got: object) -> None:
        super().__init__(f"{what}: expected {expected}, got {got}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on one case, and why it is not a pass."""

    case_id: str
    verdict: Verdict
    why: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.case_id, self.verdict, self.why) if part)
