"""The rule-pack values that a decision is made under, as they stand on its day."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import cast

from fenqi.core.decision.rules import BESIDE_RULES, LAW_RULES, Threshold
from fenqi.core.rulepack.ceiling import CostCeiling, cost_ceiling
from fenqi.core.rulepack.pack import RulePack

BULLET_MONTHS_MAX = "lending.bullet_months_max"
_NAMES = (*(rule.law for rule in (*LAW_RULES, *BESIDE_RULES)), BULLET_MONTHS_MAX)


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
    ceiling: CostCeiling
    values: tuple[LawValue, ...]

    @property
    def thresholds(self) -> dict[str, Threshold]:
        """The values by name."""
        return {value.name: value.value for value in self.values}

    def number(self, name: str) -> int:
        """A value that is a whole number."""
        return int(cast("int", self.thresholds[name]))


@lru_cache(maxsize=64)
def decision_law(pack: RulePack, *, lender_type: str, on: date) -> DecisionLaw:
    """Gather what the rules and the limit need, for this type of lender; the same object all day.

    Raises: LenderTypeUnknown, RuleNotInForce.
    """
    values = (pack.value(name, on=on, lender_type=lender_type) for name in _NAMES)
    return DecisionLaw(
        on=on,
        lender_type=lender_type,
        ceiling=cost_ceiling(pack, lender_type=lender_type, on=on),
        values=tuple(
            LawValue(
                name=value.name,
                value=value.value,
                source=value.cited,
                standing=str(value.standing),
                from_on=value.from_on,
            )
            for value in values
        ),
    )
