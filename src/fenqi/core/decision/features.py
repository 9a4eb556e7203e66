"""What the score may see of a credit record, and how each feature follows from it, in training and live alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

MONTHS_SEEN = 3
SUBSTANTIAL_PAYMENT_MINOR = 500_00
DEPTH_CAP = 3
LATE_FLOOR = 10


class Standing(StrEnum):
    """How an account stood at the end of a month."""

    UNUSED = "unused"
    """Nothing was owed and nothing was spent."""
    PAID_IN_FULL = "paid_in_full"
    """The whole bill was paid in time."""
    REVOLVING = "revolving"
    """At least the minimum was paid in time, the rest was carried over."""
    LATE = "late"
    """A payment is overdue by one month or more."""


@dataclass(frozen=True, slots=True)
class MonthlyRecord:
    """One month of a credit account: its bill, what was paid during the month, and how it stood at its end.

    Units: minor units of CNY; a credit balance is a negative bill.
    """

    month: date
    bill_minor: int
    paid_minor: int
    standing: Standing
    months_late: int = 0


@dataclass(frozen=True, slots=True)
class CreditRecord:
    """What a bureau knows of an applicant's account: its limit and its latest months, oldest first."""

    limit_minor: int
    months: tuple[MonthlyRecord, ...]


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of the score: how it is computed, which way risk goes, and what an adverse value means."""

    name: str
    of: Callable[[CreditRecord], int | None]
    risk_rises: bool
    reason: str
    reason_en: str
    reason_zh: str


def payment_standing(record: CreditRecord) -> int:
    """Rank the quarter by its lateness, recent months counting more; without lateness, by the latest standing.

    0 unused, 1 paid in full, 2 revolving; from 10 upwards 10 + months late weighted 1, 2, 4, each capped at 3.
    """
    late = [min(month.months_late, DEPTH_CAP) for month in record.months]
    depth = sum(weight * months for weight, months in zip((1, 2, 4), late, strict=True))
    ranks = {Standing.UNUSED: 0, Standing.PAID_IN_FULL: 1, Standing.REVOLVING: 2, Standing.LATE: LATE_FLOOR}
    return LATE_FLOOR + depth if depth else ranks[record.months[-1].standing]


def unpaid_month_count(record: CreditRecord) -> int:
    """Count the months in which nothing was paid at all."""
    return sum(month.paid_minor <= 0 for month in record.months)


def utilisation_permille(record: CreditRecord) -> int | None:
    """Relate the latest bill to the limit, rounded down; None without a limit."""
    return record.months[-1].bill_minor * 1000 // record.limit_minor if record.limit_minor > 0 else None


def spending_max_minor(record: CreditRecord) -> int:
    """Take the larger of the latest two months' new spending: what the bill grew by, plus what was paid meanwhile."""
    return max(later.bill_minor - earlier.bill_minor + later.paid_minor for earlier, later in pairwise(record.months))


def substantial_payment_count(record: CreditRecord) -> int:
    """Count the months in which ¥500 or more was paid."""
    return sum(month.paid_minor >= SUBSTANTIAL_PAYMENT_MINOR for month in record.months)


def headroom_min_minor(record: CreditRecord) -> int:
    """Take the smallest part of the limit that was left unused."""
    return record.limit_minor - max(month.bill_minor for month in record.months)


def paid_share_permille(record: CreditRecord) -> int | None:
    """Relate the latest payment to the bill it was due on, rounded down; None when nothing was billed."""
    billed, latest = record.months[-2], record.months[-1]
    return latest.paid_minor * 1000 // billed.bill_minor if billed.bill_minor > 0 else None


FEATURES: tuple[Feature, ...] = (
    Feature(
        name="payment_standing",
        of=payment_standing,
        risk_rises=True,
        reason="payment_standing",
        reason_en="How recent bills were paid: late, or only in part",
        reason_zh="近期账单的还款情况：有逾期，或未全额还清",
    ),
    Feature(
        name="unpaid_month_count",
        of=unpaid_month_count,
        risk_rises=True,
        reason="months_without_payment",
        reason_en="In some recent months nothing was paid",
        reason_zh="近三个月中有月份没有任何还款",
    ),
    Feature(
        name="utilisation_permille",
        of=utilisation_permille,
        risk_rises=True,
        reason="high_utilisation",
        reason_en="A large part of the credit limit is in use",
        reason_zh="信用额度的使用比例较高",
    ),
    Feature(
        name="spending_max_minor",
        of=spending_max_minor,
        risk_rises=False,
        reason="little_recent_use",
        reason_en="The account shows little recent use",
        reason_zh="近两个月账户使用较少",
    ),
    Feature(
        name="substantial_payment_count",
        of=substantial_payment_count,
        risk_rises=False,
        reason="few_substantial_payments",
        reason_en="Payments of ¥500 or more were made in few recent months",
        reason_zh="近三个月中还款达到 500 元的月份较少",
    ),
    Feature(
        name="headroom_min_minor",
        of=headroom_min_minor,
        risk_rises=False,
        reason="little_headroom",
        reason_en="Little of the credit limit was left unused",
        reason_zh="未使用的信用额度较少",
    ),
    Feature(
        name="paid_share_permille",
        of=paid_share_permille,
        risk_rises=False,
        reason="small_share_paid",
        reason_en="Only a small share of the latest bill was paid",
        reason_zh="最近一期账单的还款比例较低",
    ),
)


def features_of(record: CreditRecord | None) -> dict[str, int | None]:
    """Compute every feature of the score from the latest three months of a record.

    Without a record, or with fewer than three months, every feature is None: the score then takes the points of
    its missing bins, and policy decides whether such an applicant may be scored at all.
    """
    if record is None or len(record.months) < MONTHS_SEEN:
        return {feature.name: None for feature in FEATURES}

    seen = CreditRecord(limit_minor=record.limit_minor, months=record.months[-MONTHS_SEEN:])
    return {feature.name: feature.of(seen) for feature in FEATURES}
