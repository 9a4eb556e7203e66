"""One value of the law: what it is, from when to when, who says so, and how well that is established."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise
from typing import Any

from fenqi.core.refusal import Broken


class Standing(StrEnum):
    """How well the source of a value is established."""

    TEXT = "T"
    """The statute's text was read."""
    SECONDARY = "S"
    """Secondary pages say so; the official page was not opened."""
    CODE = "G"
    """Only a public code repository says so."""
    COMPUTED = "R"
    """It was computed or tried out."""
    UNVERIFIED = "M"
    """From memory: nobody has looked it up."""
    HOUSE = "H"
    """The operator's own policy, where the law leaves it open or names no figure."""

    @property
    def is_verified(self) -> bool:
        """Whether it may be shown without a warning."""
        return self not in {Standing.CODE, Standing.UNVERIFIED}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleValue:
    """A value in force in [from_on, until_on); `until_on` is None while nothing ends it.

    `lender_type` is empty for a value that holds for every lender.
    """

    name: str
    value: Any
    """A whole number, exact decimal, text, yes or no, a day, or a tuple or mapping of these."""
    source: str
    standing: Standing
    from_on: date
    until_on: date | None = None
    lender_type: str = ""
    fact: str = ""
    """The rule of law it stems from, as the list of facts numbers them."""
    note: str = ""

    @property
    def cited(self) -> str:
        """The source as it is shown to people: one that nobody verified says so."""
        return self.source if self.standing.is_verified else f"{self.source} [unverified]"

    def is_in_force(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.from_on <= on and (self.until_on is None or on < self.until_on)

    def decimal(self, *, part: str = "") -> Decimal:
        """The value, or a part of it, as an exact number; it may be written as text.

        Raises: Broken if it is none.
        """
        held: Any = self.value[part] if part else self.value
        try:
            if isinstance(held, bool):
                raise TypeError
            return Decimal(held)
        except (InvalidOperation, TypeError, ValueError) as wrong:
            raise Broken(f"the rule value {self.name} is {held!r}, not a number") from wrong


def in_order(values: Iterable[RuleValue]) -> tuple[RuleValue, ...]:
    """The values of one name and one type of lender, by their day.

    Raises: Broken if a value ends before it begins, or two are in force on the same day.
    """
    ordered = tuple(sorted(values, key=lambda value: value.from_on))
    for value in ordered:
        if value.until_on is not None and value.until_on <= value.from_on:
            raise Broken(f"{value.name} of {value.from_on} ends on {value.until_on}")
    for earlier, later in pairwise(ordered):
        if earlier.until_on is None or earlier.until_on > later.from_on:
            raise Broken(f"{later.name} has two values on {later.from_on}")
    return ordered
