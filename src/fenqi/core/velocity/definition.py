"""The one definition of features that every engine works by."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal, get_args

from fenqi.core.refusal import Refusal
from fenqi.core.velocity.event import KEYS, Key

Kind = Literal[
    "count", "sum", "distinct", "last", "time_since", "since_both", "frauds", "distance", "speed", "own", "ratio"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Own = Literal["amount_minor", "hour", "weekday"]
OWN: tuple[Own, ...] = get_args(Own)
SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
HOUR_US = 60 * MINUTE_US
DAY_US = 24 * HOUR_US
WINDOWS_US: Mapping[str, int] = {
    "1m": MINUTE_US,
    "10m": 10 * MINUTE_US,
    "1h": HOUR_US,
    "6h": 6 * HOUR_US,
    "1d": DAY_US,
    "7d": 7 * DAY_US,
    "30d": 30 * DAY_US,
    "90d": 90 * DAY_US,
}
LONGEST_US = WINDOWS_US["90d"]
_WANTED: Mapping[Kind, frozenset[str]] = {
    "count": frozenset({"by", "window"}),
    "sum": frozenset({"by", "window"}),
    "distinct": frozenset({"by", "window", "of"}),
    "last": frozenset({"by", "of"}),
    "time_since": frozenset({"by"}),
    "since_both": frozenset({"by", "of"}),
    "frauds": frozenset({"by", "window"}),
    "distance": frozenset({"by"}),
    "speed": frozenset({"by"}),
    "own": frozenset({"of"}),
    "ratio": frozenset({"over", "under"}),
}


class FeatureMalformed(Refusal):
    """A feature lacks a part that its kind needs, has one that it does not, or shares its name with another."""

    code: ClassVar[str] = "feature_malformed"


class FeatureFieldUnknown(Refusal):
    """A feature asks for a kind, a key or a field that order events do not have."""

    code: ClassVar[str] = "feature_field_unknown"


class FeatureWindowUnknown(Refusal):
    """A feature asks for a window that is not kept."""

    code: ClassVar[str] = "feature_window_unknown"


class FeatureUnknown(Refusal):
    """A ratio names a feature that is not defined."""

    code: ClassVar[str] = "feature_unknown"


class FeatureCycle(Refusal):
    """A ratio needs itself to be worked out."""

    code: ClassVar[str] = "feature_cycle"


@dataclass(frozen=True, kw_only=True)
class Feature:
    """One feature, by its kind.

    `count`, `sum` and `distinct` are of the attempts in a window, `frauds` of what became known as fraud in it; `last`
    and `time_since` are of the last attempt, `since_both` of the last with the same value of `of` too; `distance` and
    `speed` lead from the last attempt whose place was known to this one; `own` is of the order itself; `ratio` is one
    feature over another.
    """

    name: str
    kind: Kind
    by: Key | None = None
    window: str | None = None
    of: Key | Own | None = None
    over: str | None = None
    under: str | None = None

    @property
    def gathered_by(self) -> Key:
        """The key of a feature that is gathered over others."""
        assert self.by is not None
        return self.by

    @property
    def window_us(self) -> int:
        """How far back it looks; without a window of its own, as far as events are kept."""
        return WINDOWS_US[self.window] if self.window else LONGEST_US


@dataclass(frozen=True, kw_only=True)
class Definition:
    """Features that were found sound: `gathered` from events, `own`, and `ratios` in the order to work them out."""

    gathered: tuple[Feature, ...]
    own: tuple[Feature, ...]
    ratios: tuple[Feature, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every feature, in the order in which all engines give them."""
        return tuple(one.name for one in (*self.gathered, *self.own, *self.ratios))

    def needed_for(self, names: Collection[str]) -> "Definition":
        """The part of it by which some features are worked out, and no other.

        Raises: FeatureUnknown.
        """
        unknown = [name for name in names if name not in self.names]
        if unknown:
            raise FeatureUnknown(f"there is no feature {', '.join(unknown)}", allowed="a feature of the definition")
        needed = set(names)
        for one in reversed(self.ratios):
            if one.name in needed:
                needed |= {one.over or "", one.under or ""}
        gathered, own, ratios = (
            tuple(one for one in part if one.name in needed) for part in (self.gathered, self.own, self.ratios)
        )
        return Definition(gathered=gathered, own=own, ratios=ratios)


def defined(rows: Iterable[Mapping[str, Any]]) -> Definition:
    """Read a definition from plain data, as YAML or JSON give it.

    Raises: FeatureMalformed, FeatureFieldUnknown, FeatureWindowUnknown, FeatureUnknown, FeatureCycle.
    """
    features: dict[str, Feature] = {}
    for row in rows:
        feature = _feature(row)
        if feature.name in features:
            raise FeatureMalformed(f"feature {feature.name} is defined twice", allowed="one feature a name")
        features[feature.name] = feature
    return Definition(
        gathered=tuple(one for one in features.values() if one.by is not None),
        own=tuple(one for one in features.values() if one.kind == "own"),
        ratios=_in_order(features),
    )


def _feature(row: Mapping[str, Any]) -> Feature:
    name, kind = row.get("name"), row.get("kind")
    if not isinstance(name, str) or not name:
        raise FeatureMalformed(f"a feature has no name: {dict(row)}", allowed="a name")
    if kind not in KINDS:
        raise FeatureFieldUnknown(f"feature {name} is of kind {kind}", allowed=", ".join(KINDS))
    wanted: set[str] = {"name", "kind", *_WANTED[kind]}
    if set(row) != wanted:
        raise FeatureMalformed(f"feature {name} does not say what a {kind} needs", allowed=", ".join(sorted(wanted)))
    _require_fields(name, kind, row)
    return Feature(**row)


def _require_fields(name: str, kind: Kind, row: Mapping[str, Any]) -> None:
    of = OWN if kind == "own" else (*KEYS, "amount_minor") if kind == "last" else KEYS
    for part, allowed in (("by", KEYS), ("of", of)):
        if part in row and row[part] not in allowed:
            raise FeatureFieldUnknown(f"feature {name} asks for {part} {row[part]}", allowed=", ".join(allowed))
    if "window" in row and row["window"] not in WINDOWS_US:
        raise FeatureWindowUnknown(f"feature {name} looks back {row['window']}", allowed=", ".join(WINDOWS_US))


def _in_order(features: Mapping[str, Feature]) -> tuple[Feature, ...]:
    known = {one.name for one in features.values() if one.kind != "ratio"}
    waiting = [one for one in features.values() if one.kind == "ratio"]
    for one in waiting:
        for needed in (one.over or "", one.under or ""):
            if needed not in features:
                raise FeatureUnknown(f"feature {one.name} needs {needed}", allowed="a feature of the same definition")
            if features[needed].of in KEYS and features[needed].kind == "last":
                raise FeatureMalformed(f"feature {one.name} divides by or into {needed}", allowed="numbers")
    ordered: list[Feature] = []
    while waiting:
        ready = [one for one in waiting if {one.over, one.under} <= known]
        if not ready:
            names = ", ".join(one.name for one in waiting)
            raise FeatureCycle(f"features need each other: {names}", allowed="ratios that end at counted features")
        ordered += ready
        known |= {one.name for one in ready}
        waiting = [one for one in waiting if one.name not in known]
    return tuple(ordered)
