"""Who confirms that a name, an identity number and a mobile number belong to one person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Match(StrEnum):
    """What the registry says of the three elements together."""

    MATCH = "match"
    """All three belong to one person."""
    MISMATCH = "mismatch"
    """The number exists, but with another name or another person's phone."""
    NOT_FOUND = "not_found"
    """The registry does not know the identity number."""
    INDETERMINATE = "indeterminate"
    """No answer in time, or an unclear one: never a pass."""


@dataclass(frozen=True)
class ThreeElementCheck:
    """An answer as received: who gave it, when, under which reference, and whether it is only a stand-in's."""

    match: Match
    provider: str
    stand_in: bool
    reference: str
    checked_at: datetime


class Identity(Protocol):
    """The registry behind the three-element check (name, identity number, mobile number)."""

    async def check_three_elements(self, *, name: str, id_number: str, mobile: str, at: datetime) -> ThreeElementCheck:
        """Ask once; a time-out is INDETERMINATE, not an exception."""
        ...
