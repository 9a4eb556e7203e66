"""A story as it is told: scenes with their numbers, and what was checked on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from fenqi.simulation.expectation import Check

Value = str | int


@dataclass(frozen=True)
class Scene:
    """Something that happened: which kind, on which day, and its numbers.

    Units: values named `…_minor` are minor units.
    """

    kind: str
    on: date
    values: dict[str, Value]


def ignore(scene: Scene) -> None:
    """Show a scene to nobody."""


@dataclass
class Telling:
    """The story so far; every scene is shown as it happens."""

    show: Callable[[Scene], None] = ignore
    scenes: list[Scene] = field(default_factory=list[Scene])
    checks: list[Check] = field(default_factory=list[Check])

    def tell(self, kind: str, on: date, **values: Value) -> None:
        """Add a scene."""
        scene = Scene(kind, on, values)
        self.scenes.append(scene)
        self.show(scene)

    def check(self, what: str, *, expected: object, found: object) -> None:
        """Compare what must be with what is; the story goes on either way."""
        self.checks.append(Check(what, expected, found))

    def has(self, kind: str) -> bool:
        """Whether a scene of this kind was told."""
        return any(scene.kind == kind for scene in self.scenes)

    @property
    def failed(self) -> tuple[Check, ...]:
        """What does not hold."""
        return tuple(check for check in self.checks if not check.holds)
