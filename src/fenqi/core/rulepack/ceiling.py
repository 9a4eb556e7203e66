"""The highest annual cost that the law allows a type of lender on a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, cast

from fenqi.core.refusal import Refusal
from fenqi.core.rulepack.dated import Standing
from fenqi.core.rulepack.pack import RulePack

CEILING, MEASURE = "cost_cap.ceiling", "cost_cap.measure"


class LenderTypeUnknown(Refusal):
    """The law has no ceiling for this type of lender."""

    code: ClassVar[str] = "lender_type_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CostCeiling:
    """A ceiling in percent a year on one annual figure, and who says so; `standing` is that of its weakest source."""

    percent: Decimal
    measure: str
    source: str
    standing: Standing
    lender_type: str
    on: date

    @property
    def cited(self) -> str:
        """The source as it is shown to people."""
        return self.source if self.standing.is_verified else f"{self.source} [unverified]"


def cost_ceiling(pack: RulePack, *, lender_type: str, on: date) -> CostCeiling:
    """The ceiling that binds a loan made on a day by a type of lender.

    A ceiling can be a multiple of another dated value, such as four times the loan prime rate of that day.

    Raises: LenderTypeUnknown, RuleNotInForce.
    """
    known = pack.lender_types(CEILING)
    if lender_type not in known:
        raise LenderTypeUnknown(f"there is no lender of type {lender_type!r}", allowed=", ".join(known))
    rule = pack.value(CEILING, on=on, lender_type=lender_type)
    measure: str = pack.value(MEASURE, on=on).value
    if not isinstance(rule.value, dict):
        return CostCeiling(
            percent=rule.decimal(),
            measure=measure,
            source=rule.source,
            standing=rule.standing,
            lender_type=lender_type,
            on=on,
        )
    multiple = cast("dict[str, Any]", rule.value)
    base = pack.value(multiple["of"], on=on)
    return CostCeiling(
        percent=Decimal(multiple["times"]) * base.decimal(),
        measure=measure,
        source=f"{rule.source}: {multiple['times']} × {base.decimal()} % ({base.source}, {base.from_on})",
        standing=base.standing if rule.standing.is_verified else rule.standing,
        lender_type=lender_type,
        on=on,
    )
