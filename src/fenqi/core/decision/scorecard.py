"""A scorecard compiled to bisect and table: integer points, the calibrated risk of a score, and the reasons."""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any, ClassVar, Self

import msgspec

from fenqi.core.refusal import Kind, Refusal


class ArtefactHashMismatch(Refusal):
    """The artefact's content is not the one its version names."""

    code: ClassVar[str] = "artefact_hash_mismatch"
    kind: ClassVar[Kind] = Kind.CONFLICT


class ArtefactUnreadable(Refusal):
    """The artefact lacks a field, or a field has another shape."""

    code: ClassVar[str] = "artefact_unreadable"


@dataclass(frozen=True)
class Characteristic:
    """One feature's bins: `points` has one entry more than `edges`; bin i holds edges[i-1] <= value < edges[i]."""

    name: str
    edges: tuple[int, ...]
    points: tuple[int, ...]
    missing_points: int
    reason: str
    reason_en: str
    reason_zh: str

    @cached_property
    def best(self) -> int:
        """The most points that a value known or missing can earn."""
        return max(*self.points, self.missing_points)

    @property
    def is_whole(self) -> bool:
        """Whether the edges ascend and every bin has its points."""
        ascending = all(low < high for low, high in pairwise(self.edges))
        return ascending and len(self.points) == len(self.edges) + 1


@dataclass(frozen=True, slots=True)
class RiskTable:
    """The calibrated probability of default of every reachable score, from the lowest on, one entry a point."""

    lowest: int
    pd: tuple[Decimal, ...]

    def of(self, points: int) -> Decimal:
        """Read the risk of a score; a score beyond the table takes its end."""
        return self.pd[min(max(points - self.lowest, 0), len(self.pd) - 1)]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature brought to a score, and how many points its best value would have brought more."""

    name: str
    value: float | int | None
    points: int
    lost: int
    reason: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A score with its risk, its parts in the card's order, and the adverse parts, most points lost first."""

    points: int
    pd: Decimal
    contributions: tuple[Contribution, ...]
    reasons: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A monotone card of integer points."""

    version: str
    name: str
    base_points: int
    characteristics: tuple[Characteristic, ...]
    risk: RiskTable

    @classmethod
    def from_artefact(cls, artefact: Mapping[str, Any]) -> Self:
        """Compile a trained artefact.

        Raises: ArtefactHashMismatch if the content is not what the version names; ArtefactUnreadable if it is
        not a scorecard.
        """
        found = content_hash(artefact)
        if artefact.get("version") != found:
            raise ArtefactHashMismatch(
                f"the artefact calls itself {artefact.get('version')}, its content is {found}", allowed=found
            )
        try:
            card = msgspec.convert(dict(artefact), type=cls)
        except msgspec.ValidationError as error:
            raise ArtefactUnreadable(f"the artefact is not a scorecard: {error}") from error
        if not all(part.is_whole for part in card.characteristics):
            raise ArtefactUnreadable("a characteristic needs ascending edges and one entry of points more than edges")
        return card

    def points(self, features: Mapping[str, float | int | None]) -> int:
        """Score without reasons, for many rows.

        A feature that is missing or None takes its missing bin: the one seen in training, or else the worst bin.
        """
        total = self.base_points
        for characteristic in self.characteristics:
            value = features.get(characteristic.name)
            if value is None:
                total += characteristic.missing_points
            else:
                total += characteristic.points[bisect_right(characteristic.edges, value)]
        return total

    def score(self, features: Mapping[str, float | int | None]) -> Scored:
        """Score with every part and the ranked reasons; missing features as in `points`."""
        parts = tuple(_contribution(part, features.get(part.name)) for part in self.characteristics)
        total = self.base_points + sum(part.points for part in parts)
        adverse = sorted((part for part in parts if part.lost), key=lambda part: -part.lost)
        return Scored(points=total, pd=self.risk.of(total), contributions=parts, reasons=tuple(adverse))


def content_hash(artefact: Mapping[str, Any]) -> str:
    """Hash an artefact's canonical JSON without its version: keys sorted, no spaces, UTF-8."""
    content = {key: value for key, value in artefact.items() if key != "version"}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _contribution(characteristic: Characteristic, value: float | int | None) -> Contribution:
    points = (
        characteristic.missing_points
        if value is None
        else characteristic.points[bisect_right(characteristic.edges, value)]
    )
    return Contribution(characteristic.name, value, points, characteristic.best - points, characteristic.reason)
