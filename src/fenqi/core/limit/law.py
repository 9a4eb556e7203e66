"""What the rule pack says about how much one person may be lent."""

from datetime import date
from functools import lru_cache

from fenqi.core.limit.behaviour import LimitLaw
from fenqi.core.rulepack.pack import RulePack

DEBT_BURDEN = "lending.debt_burden_percent_max"
EXPOSURE = "lending.exposure_max_minor"
STUDENTS = "lending.student_ban"


@lru_cache(maxsize=64)
def limit_law(pack: RulePack, *, lender_type: str, on: date) -> LimitLaw:
    """The values in force on a day for this type of lender.

    Raises: RuleNotInForce.
    """
    values = {name: pack.value(name, on=on, lender_type=lender_type) for name in (DEBT_BURDEN, EXPOSURE, STUDENTS)}
    return LimitLaw(
        exposure_max_minor=int(values[EXPOSURE].value),
        debt_burden_percent_max=int(values[DEBT_BURDEN].value),
        bans_students=bool(values[STUDENTS].value),
        sources=tuple((name, value.cited) for name, value in values.items()),
    )
