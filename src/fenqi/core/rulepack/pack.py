"""The law of one jurisdiction as named, dated, sourced values."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from fenqi.core.refusal import Kind, Refusal
from fenqi.core.rulepack.dated import DatedRule, RuleValue


class RuleUnknown(Refusal):
    """The pack has no rule of this name."""

    code: ClassVar[str] = "rule_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class RulePack:
    """Rules by name; `version` is the hash of everything in it."""

    def __init__(self, jurisdiction: str, rules: Iterable[DatedRule], *, version: str) -> None:
        self.jurisdiction = jurisdiction
        self.version = version
        self._rules = {rule.name: rule for rule in rules}

    def value(self, name: str, *, on: date) -> RuleValue:
        """The value of a rule on a day.

        Raises: RuleUnknown, RuleNotInForce.
        """
        rule = self._rules.get(name)
        if rule is None:
            raise RuleUnknown(f"there is no rule {name}", allowed=", ".join(self.names()))
        return rule.on(on)

    def names(self) -> tuple[str, ...]:
        """Every rule's name."""
        return tuple(sorted(self._rules))

    def history(self, name: str) -> tuple[RuleValue, ...]:
        """Every value a rule has or will have, oldest first.

        Raises: RuleUnknown.
        """
        if name not in self._rules:
            raise RuleUnknown(f"there is no rule {name}", allowed=", ".join(self.names()))
        return self._rules[name].values
