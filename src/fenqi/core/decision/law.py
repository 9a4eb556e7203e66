"""The rule-pack values that a decision is made under, as they stand on its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, cast

from fenqi.core.decision.rules import LAW_RULES, Threshold
from fenqi.core.refusal import Refusal
from fenqi.core.rulepack.pack import RulePack

BULLET_MONTHS_MAX = "lending.bullet_months_max"
_NAMES = (*(rule.law for rule in LAW_RULES), BULLET_MONTHS_MAX)


class LenderTypeUnknown(Refusal):
    """The law has no value for this type of lender."""

    code: ClassVar[str] = "lender_type_unknown"


@dataclass(frozen=True)
class LawValue:
    """A value in force, for this lender's type, with its source and how well that source is established."""

    name: str
    value: Threshold
    source: str
    standing: str
    from_on: date


@dataclass(frozen=True)
class DecisionLaw:
    """What binds a decision on a day; kept with it, so that it can be replayed when the pack has moved on."""

    on: date
    lender_type: str
    values: tuple[LawValue, ...]

    @property
    def thresholds(self) -> dict[str, Threshold]:
        """The values by name."""
        return {value.name: value.value for value in self.values}

    def number(self, name: str) -> int:
        """A value that is a whole number."""
        return int(cast("int", self.thresholds[name]))


def decision_law(pack: RulePack, *, lender_type: str, on: date) -> DecisionLaw:
    """Gather what the rules and the limit need; a value by type of lender is resolved to this lender's.

    Raises: LenderTypeUnknown; RuleNotInForce.
    """
    values = (pack.value(name, on=on) for name in _NAMES)
    return DecisionLaw(
        on=on,
        lender_type=lender_type,
        values=tuple(
            LawValue(
                name=value.name,
                value=_threshold(value.value, lender_type=lender_type),
                source=value.source,
                standing=str(value.standing),
                from_on=value.from_on,
            )
            for value in values
        ),
    )


def _threshold(value: Any, *, lender_type: str) -> Threshold:
    if isinstance(value, Mapping):
        by_type = cast("Mapping[str, Any]", value)
        if lender_type not in by_type:
            raise LenderTypeUnknown(f"there is no lender of type {lender_type}", allowed=", ".join(by_type))
        return _threshold(by_type[lender_type], lender_type=lender_type)
    return tuple(cast("list[str]", value)) if isinstance(value, list) else value
