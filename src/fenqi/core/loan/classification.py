"""How bad a loan is by its days past due: bucket, risk category, stage, and what is set aside for its loss."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fenqi.core.rulepack.pack import RulePack

BUCKET_DAYS = (1, 31, 61, 91, 181)
"""First day past due of each bucket after the current one; the last has no end."""


class Category(StrEnum):
    """The five categories of risk.

    Source: 商业银行金融资产风险分类办法, art. 6-11.
    """

    NORMAL = "normal"
    """正常"""
    SPECIAL_MENTION = "special_mention"
    """关注"""
    SUBSTANDARD = "substandard"
    """次级; from here on a loan is non-performing."""
    DOUBTFUL = "doubtful"
    """可疑"""
    LOSS = "loss"
    """损失"""


_CATEGORIES = tuple(Category)


@dataclass(frozen=True)
class Contagion:
    """A borrower with a loan at least as bad as `source` has no loan better than `others`."""

    source: Category
    others: Category


@dataclass(frozen=True)
class RiskRules:
    """From how many days past due on a loan is worse, and what is expected to be lost of it.

    A restructured loan is observed until `observed_days` have passed and `observed_periods` due days been met.

    Units: days past due; thousandths of loans that default and of the principal lost where they do.
    """

    category_days: tuple[int, ...]
    stage_days: tuple[int, ...]
    default_permille: tuple[int, ...]
    loss_permille: int
    non_accrual_days: int
    observed_days: int
    observed_periods: int
    contagion: Contagion | None

    def category(self, days_past_due: int) -> Category:
        """The category at least; a person may find it worse, never better."""
        return _CATEGORIES[bisect_right(self.category_days, days_past_due)]

    def stage(self, days_past_due: int) -> int:
        """1 as granted, 2 where the risk has risen, 3 where the loan is impaired."""
        return bisect_right(self.stage_days, days_past_due) + 1

    def provision_minor(self, principal_minor: int, *, stage: int) -> int:
        """What is expected to be lost of principal owed in a stage, half-up."""
        return (principal_minor * self.default_permille[stage - 1] * self.loss_permille + 500_000) // 1_000_000


def risk_rules(pack: RulePack, *, on: date) -> RiskRules:
    """The rules in force on a day.

    Raises: RuleNotInForce.
    """
    observation = pack.value("risk.observation", on=on).value
    contagion = pack.value("risk.contagion", on=on).value
    return RiskRules(
        category_days=pack.value("risk.category_days", on=on).value,
        stage_days=pack.value("risk.stage_days", on=on).value,
        default_permille=pack.value("risk.default_permille", on=on).value,
        loss_permille=pack.value("risk.loss_permille", on=on).value,
        non_accrual_days=pack.value("risk.non_accrual_days", on=on).value,
        observed_days=observation["days"],
        observed_periods=observation["periods"],
        contagion=Contagion(Category(contagion["from"]), Category(contagion["others"])) if contagion else None,
    )
