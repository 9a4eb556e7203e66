"""The law of one jurisdiction as dated, sourced values that can be asked for by name and day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import ClassVar

from fenqi.core.refusal import Kind, Refusal
from fenqi.core.rulepack.dated import RuleValue, in_order


class RuleValueUnknown(Refusal):
    """The pack has no value of this name."""

    code: ClassVar[str] = "rule_value_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class RuleNotInForce(Refusal):
    """The pack has values of this name, but none for that day and lender; silence is not permission."""

    code: ClassVar[str] = "rule_not_in_force"
    kind: ClassVar[Kind] = Kind.RULE


class RulePack:
    """Every value of a jurisdiction; names are `duty.value`, as in cost_cap.ceiling. `version` is the text's sha256."""

    def __init__(self, values: Iterable[RuleValue], *, jurisdiction: str = "cn", version: str = "") -> None:
        """Take values in any order.

        Raises: Broken if two of the same name and lender are in force on one day.
        """
        grouped: dict[tuple[str, str], list[RuleValue]] = defaultdict(list)
        for value in values:
            grouped[value.name, value.lender_type].append(value)
        self.jurisdiction = jurisdiction
        self.version = version
        self._values = {key: in_order(group) for key, group in grouped.items()}
        self._names = frozenset(name for name, _ in self._values)

    @cached_property
    def version(self) -> str:
        """The sha256 of everything in the pack, so that equal packs are one version."""
        text = "\n".join(repr(value) for name in self.names() for value in self.history(name))
        return sha256(text.encode()).hexdigest()

    def value(self, name: str, *, on: date, lender_type: str = "") -> RuleValue:
        """The value in force on a day; one for the type of lender goes before one for all.

        Raises: RuleValueUnknown, RuleNotInForce.
        """
        if name not in self._names:
            raise RuleValueUnknown(f"the rule pack has no value {name}", allowed=", ".join(sorted(self._names)))
        for held_by in dict.fromkeys((lender_type, "")):
            for value in self._values.get((name, held_by), ()):
                if value.is_in_force(on):
                    return value
        raise self._nothing_in_force(name, on=on, lender_type=lender_type)

    def names(self) -> tuple[str, ...]:
        """Every name, sorted."""
        return tuple(sorted(self._names))

    def history(self, name: str) -> tuple[RuleValue, ...]:
        """All values of a name, by type of lender, then day.

        Raises: RuleValueUnknown.
        """
        if name not in self._names:
            raise RuleValueUnknown(f"the rule pack has no value {name}", allowed=", ".join(sorted(self._names)))
        return tuple(value for key in sorted(self._values) if key[0] == name for value in self._values[key])

    def lender_types(self, name: str) -> tuple[str, ...]:
        """The types of lender for which a name has values of their own."""
        return tuple(sorted(lender_type for known, lender_type in self._values if known == name and lender_type))

    def _nothing_in_force(self, name: str, *, on: date, lender_type: str) -> RuleNotInForce:
        known = (one for one in self.history(name) if one.lender_type in {lender_type, ""})
        spans = (f"from {one.from_on}" + (f" until {one.until_on}" if one.until_on else "") for one in known)
        return RuleNotInForce(
            f"no value of {name} is in force on {on} for {lender_type or 'every lender'}",
            allowed="; ".join(spans) or "no day",
        )
