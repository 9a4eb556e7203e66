"""How bad each loan of a borrower is at the end of a month, why, and what that asks of the books."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from fenqi.core.loan.classification import Category, RiskRules

_ORDER = tuple(Category)
_STAGE_AT_LEAST = {
    Category.SPECIAL_MENTION: 2,
    Category.SUBSTANDARD: 3,
    Category.DOUBTFUL: 3,
    Category.LOSS: 3,
}
"""The stage of a loan that is worse than its days past due say."""


class Why(StrEnum):
    """What a loan's category follows from."""

    DAYS_PAST_DUE = "days_past_due"
    """Its own days past due."""
    OBSERVED = "observed"
    """It was restructured, and is watched."""
    RESTRUCTURED_AGAIN = "restructured_again"
    """It was restructured a second time while it was watched."""
    FOLLOWS = "follows"
    """Another loan of the borrower is bad."""


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """A loan that owes at the end of a month.

    `restructured_on` are the days of concessions that stand, oldest first; `periods_met` the due days since the last of
    them that were paid. `receivable_minor` is interest, fees and late charges earned and not paid.
    """

    loan_id: UUID
    currency: str
    days_past_due: int
    principal_minor: int
    receivable_minor: int
    restructured_on: tuple[date, ...] = ()
    periods_met: int = 0


@dataclass(frozen=True, kw_only=True)
class Grade:
    """How bad a loan is, why, what is set aside for it, and what of its earnings is not counted as income."""

    exposure: Exposure
    category: Category
    stage: int
    why: Why
    is_accruing: bool
    provision_minor: int
    suspended_minor: int


def grades(exposures: Sequence[Exposure], rules: RiskRules, *, on: date) -> tuple[Grade, ...]:
    """Grade all loans of one borrower together.

    A loan is as bad as the worst of what its days past due, an observation and the borrower's other loans make it.

    Source: 商业银行金融资产风险分类办法, restructured assets; operator's policy for loans that follow another.
    """
    own = [_own(exposure, rules, on=on) for exposure in exposures]
    worst = max((_rank(grade.category) for grade in own), default=0)
    contagion = rules.contagion
    if contagion is None or worst < _rank(contagion.source):
        return tuple(own)
    return tuple(_at_least(grade, contagion.others, rules, why=Why.FOLLOWS) for grade in own)


def _own(exposure: Exposure, rules: RiskRules, *, on: date) -> Grade:
    days = exposure.days_past_due
    is_accruing = days < rules.non_accrual_days
    stage = rules.stage(days)
    by_days = Grade(
        exposure=exposure,
        category=rules.category(days),
        stage=stage,
        why=Why.DAYS_PAST_DUE,
        is_accruing=is_accruing,
        provision_minor=rules.provision_minor(exposure.principal_minor, stage=stage),
        suspended_minor=0 if is_accruing else exposure.receivable_minor,
    )
    if not _is_observed(exposure, rules, on=on):
        return by_days
    if _was_restructured_again(exposure, rules):
        return _at_least(by_days, Category.SUBSTANDARD, rules, why=Why.RESTRUCTURED_AGAIN)
    return _at_least(by_days, Category.SPECIAL_MENTION, rules, why=Why.OBSERVED)


def _is_observed(exposure: Exposure, rules: RiskRules, *, on: date) -> bool:
    if not exposure.restructured_on:
        return False
    days = (on - exposure.restructured_on[-1]).days
    return days < rules.observed_days or exposure.periods_met < rules.observed_periods


def _was_restructured_again(exposure: Exposure, rules: RiskRules) -> bool:
    changed = exposure.restructured_on
    return any((after - before).days < rules.observed_days for before, after in pairwise(changed))


def _at_least(grade: Grade, category: Category, rules: RiskRules, *, why: Why) -> Grade:
    """The same loan where it is found no better than a category."""
    if _rank(grade.category) >= _rank(category) and grade.stage >= _STAGE_AT_LEAST[category]:
        return grade
    stage = max(grade.stage, _STAGE_AT_LEAST[category])
    return replace(
        grade,
        category=_ORDER[max(_rank(grade.category), _rank(category))],
        stage=stage,
        why=why,
        provision_minor=rules.provision_minor(grade.exposure.principal_minor, stage=stage),
    )


def _rank(category: Category) -> int:
    return _ORDER.index(category)
