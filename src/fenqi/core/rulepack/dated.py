"""A value of law with the days it holds: every value has a source, and says how well that source is established."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from fenqi.core.refusal import Broken, Kind, Refusal


class Standing(StrEnum):
    """How well a source is established."""

    STATUTE = "T"
    """The text of the statute was read."""
    SECONDARY = "S"
    """A secondary page states it; the official page was not opened."""
    REPOSITORY = "G"
    """Found in a public repository only: shown as unverified."""
    COMPUTED = "R"
    """Checked by calculation."""
    MEMORY = "M"
    """Nobody has verified it: shown as unverified."""
    HOUSE = "H"
    """A choice of the operator's own, where the law leaves room."""

    @property
    def is_verified(self) -> bool:
        """Whether the product may show the value without saying that it is unverified."""
        return self not in {Standing.REPOSITORY, Standing.MEMORY}


@dataclass(frozen=True, slots=True)
class RuleValue:
    """One value as it holds in [from_on, until_on); `until_on` None: until it is replaced."""

    name: str
    value: Any
    source: str
    standing: Standing
    from_on: date
    until_on: date | None = None

    def holds(self, *, on: date) -> bool:
        """Whether the value is in force on a day."""
        return self.from_on <= on and (self.until_on is None or on < self.until_on)


class RuleNotInForce(Refusal):
    """No value of this name holds on this day."""

    code: ClassVar[str] = "rule_not_in_force"
    kind: ClassVar[Kind] = Kind.RULE


class DatedRule:
    """The successive values of one rule."""

    def __init__(self, name: str, values: Iterable[RuleValue]) -> None:
        """Raises: Broken if two values hold on one day, or a value is named otherwise."""
        self.name = name
        self.values = tuple(sorted(values, key=lambda value: value.from_on))
        if any(value.name != name for value in self.values):
            raise Broken(f"a value among those of {name} has another name")
        for earlier, later in zip(self.values, self.values[1:], strict=False):
            if earlier.until_on is None or earlier.until_on > later.from_on:
                raise Broken(f"two values of {name} hold on {later.from_on.isoformat()}")

    def on(self, day: date) -> RuleValue:
        """The value in force on a day.

        Raises: RuleNotInForce.
        """
        for value in self.values:
            if value.holds(on=day):
                return value
        allowed = f"from {self.values[0].from_on.isoformat()}" if self.values else "never"
        raise RuleNotInForce(f"{self.name} has no value on {day.isoformat()}", allowed=allowed)
