"""What the console's routes about the portfolio answer."""

from typing import Literal

from fenqi.api.shape.part import Shape
from fenqi.core.loan.classification import Category
from fenqi.core.loan.grading import Why

Bucket = Literal["current", "1-30", "31-60", "61-90", "91-180", "181+"]


class ArrearsLine(Shape):
    """The open loans of a bucket at the end of a month."""

    month_on: str
    bucket: Bucket
    loan_count: int
    owed_minor: int
    overdue_minor: int


class CategoryLine(Shape):
    """The open loans of a category of risk at the end of a month, and why they are in it."""

    month_on: str
    category: Category
    why: Why
    loan_count: int
    owed_minor: int
    permille: int


class ProvisionLine(Shape):
    """What is set aside for the loans of a stage at the end of a month."""

    month_on: str
    stage: int
    loan_count: int
    owed_minor: int
    provision_minor: int
    suspended_minor: int


class ValueLine(Shape):
    """The open loans at the end of a month: owed, earned and not due yet, and what would have closed them."""

    month_on: str
    loan_count: int
    owed_minor: int
    interest_minor: int
    fee_minor: int
    payoff_minor: int


class RollLine(Shape):
    """Of the loans of a bucket, those that were in another a month later."""

    month_on: str
    from_bucket: Bucket
    to_bucket: Bucket | Literal["closed"]
    loan_count: int
    owed_minor: int
    permille: int


class VintagePoint(Shape):
    """Of the loans of a month, those that had ever been late enough so many months later."""

    cohort_on: str
    age_months: int
    loan_count: int
    principal_minor: int
    late_count: int
    permille: int


class PortfolioShape(Shape):
    """All loans together."""

    currency: str
    late_days: int
    buckets: list[Bucket]
    arrears: list[ArrearsLine]
    categories: list[CategoryLine]
    provisions: list[ProvisionLine]
    values: list[ValueLine]
    rolls: list[RollLine]
    vintages: list[VintagePoint]


SHAPES: dict[tuple[str, str], type[Shape]] = {("GET", "/staff/portfolio"): PortfolioShape}
