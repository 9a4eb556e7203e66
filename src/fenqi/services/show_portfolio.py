"""All loans together: arrears, categories, provisions, roll rates and vintages, at the ends of months."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from fenqi.core.loan.classification import Category
from fenqi.stores import portfolio, risk, valuation
from fenqi.stores.fetch import Connection
from fenqi.stores.portfolio import CLOSED, Cohort, FirstLate, RollLine
from fenqi.stores.risk import RiskLine

BUCKETS = ("current", "1-30", "31-60", "61-90", "91-180", "181+")
_CATEGORIES = tuple(category.value for category in Category)
Lines = list[dict[str, Any]]


async def arrears_shown(connection: Connection, *, after_on: date, currency: str) -> Lines:
    """What was owed and overdue by days past due."""
    found = await portfolio.months(connection, after_on=after_on, currency=currency)
    return [
        {
            "month_on": line.month_on.isoformat(),
            "bucket": BUCKETS[line.bucket],
            "loan_count": line.loan_count,
            "owed_minor": line.owed_minor,
            "overdue_minor": line.overdue_minor,
        }
        for line in found
    ]


async def provisions_shown(connection: Connection, *, after_on: date, currency: str) -> Lines:
    """What is set aside by stage, and how much that was earned is not counted as income."""
    found = await risk.months(connection, after_on=after_on, currency=currency)
    by_stage = groupby(found, key=lambda line: (line.month_on, line.stage))
    return [{"month_on": month_on.isoformat(), "stage": stage} | _sums(lines) for (month_on, stage), lines in by_stage]


async def categories_shown(connection: Connection, *, after_on: date, currency: str) -> Lines:
    """What was owed by category of risk and why it is in it, and the share of the month's whole."""
    found = sorted(
        await risk.months(connection, after_on=after_on, currency=currency),
        key=lambda line: (line.month_on, _CATEGORIES.index(line.category), line.why),
    )
    whole = defaultdict[date, int](int)
    for line in found:
        whole[line.month_on] += line.owed_minor
    return [
        {"month_on": month_on.isoformat(), "category": category, "why": why} | _share(lines, whole[month_on])
        for (month_on, category, why), lines in groupby(
            found, key=lambda line: (line.month_on, line.category, line.why)
        )
    ]


async def values_shown(connection: Connection, *, after_on: date, currency: str) -> Lines:
    """What was owed, what was earned and not due yet, and what would have closed every loan."""
    return [
        {
            "month_on": line.month_on.isoformat(),
            "loan_count": line.loan_count,
            "owed_minor": line.owed_minor,
            "interest_minor": line.interest_minor,
            "fee_minor": line.fee_minor,
            "payoff_minor": line.payoff_minor,
        }
        for line in await valuation.months(connection, after_on=after_on, currency=currency)
    ]


async def rolls_shown(connection: Connection, *, after_on: date, currency: str) -> Lines:
    """Of the loans in a bucket, how many were where a month later."""
    found = await portfolio.rolls(connection, after_on=after_on, currency=currency)
    whole = defaultdict[tuple[date, int], int](int)
    for line in found:
        whole[line.month_on, line.from_bucket] += line.loan_count
    return [_roll(line, whole[line.month_on, line.from_bucket]) for line in found]


async def vintages_shown(connection: Connection, *, from_on: date, currency: str, days: int, until_on: date) -> Lines:
    """Of the loans drawn in a month, how many had ever been so late, by months since; the line ends where time does."""
    late = defaultdict[date, list[FirstLate]](list)
    for line in await portfolio.vintages(connection, from_on=from_on, currency=currency, days=days):
        late[line.cohort_on].append(line)
    found = await portfolio.cohorts(connection, from_on=from_on, currency=currency)
    return [point for cohort in found for point in _curve(cohort, late[cohort.cohort_on], until_on=until_on)]


def _sums(lines: Iterable[RiskLine]) -> dict[str, int]:
    added = Counter[str]()
    for line in lines:
        added.update(
            loan_count=line.loan_count,
            owed_minor=line.owed_minor,
            provision_minor=line.provision_minor,
            suspended_minor=line.suspended_minor,
        )
    return dict(added)


def _share(lines: Iterable[RiskLine], whole: int) -> dict[str, int]:
    sums = _sums(lines)
    owed_minor = sums["owed_minor"]
    return {"loan_count": sums["loan_count"], "owed_minor": owed_minor, "permille": _permille(owed_minor, whole)}


def _roll(line: RollLine, whole: int) -> dict[str, Any]:
    return {
        "month_on": line.month_on.isoformat(),
        "from_bucket": BUCKETS[line.from_bucket],
        "to_bucket": "closed" if line.to_bucket == CLOSED else BUCKETS[line.to_bucket],
        "loan_count": line.loan_count,
        "owed_minor": line.owed_minor,
        "permille": _permille(line.loan_count, whole),
    }


def _curve(cohort: Cohort, late: Iterable[FirstLate], *, until_on: date) -> Lines:
    """One point a month since the cohort's own, whether or not anything happened in it."""
    by_age = defaultdict[int, int](int)
    for line in late:
        by_age[_months(cohort.cohort_on, line.month_on)] += line.loan_count
    points: Lines = []
    so_far = 0
    for age in range(_months(cohort.cohort_on, until_on) + 1):
        so_far += by_age[age]
        points.append(
            {
                "cohort_on": cohort.cohort_on.isoformat(),
                "age_months": age,
                "loan_count": cohort.loan_count,
                "principal_minor": cohort.principal_minor,
                "late_count": so_far,
                "permille": _permille(so_far, cohort.loan_count),
            }
        )
    return points


def _months(since: date, until: date) -> int:
    return (until.year - since.year) * 12 + until.month - since.month


def _permille(part: int, whole: int) -> int:
    return (part * 1000 + whole // 2) // whole if whole else 0
