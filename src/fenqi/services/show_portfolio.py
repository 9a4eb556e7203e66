"""All loans together: arrears, categories, provisions, roll rates and vintages, at the ends of months."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from fenqi.core.loan.classification import RiskRules, risk_rules
from fenqi.core.rulepack.pack import RulePack
from fenqi.stores import portfolio, valuation
from fenqi.stores.fetch import Connection
from fenqi.stores.portfolio import CLOSED, Cohort, FirstLate, MonthLine, RollLine

BUCKETS = ("current", "1-30", "31-60", "61-90", "91-180", "181+")
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


async def provisions_shown(connection: Connection, *, pack: RulePack, after_on: date, currency: str) -> Lines:
    """What is set aside, by stage, under the rules of each month's end."""
    today = risk_rules(pack, on=date.max)
    found = await portfolio.months(connection, after_on=after_on, currency=currency, edges=today.stage_days)
    return [_provision(line, risk_rules(pack, on=line.month_on)) for line in found]


async def categories_shown(connection: Connection, *, pack: RulePack, after_on: date, currency: str) -> Lines:
    """What was owed by category of risk, and the share of it that was non-performing and worse."""
    today = risk_rules(pack, on=date.max)
    found = await portfolio.months(connection, after_on=after_on, currency=currency, edges=today.category_days)
    whole = defaultdict[date, int](int)
    for line in found:
        whole[line.month_on] += line.owed_minor
    first_day = (0, *today.category_days)
    return [
        {
            "month_on": line.month_on.isoformat(),
            "category": today.category(first_day[line.bucket]),
            "loan_count": line.loan_count,
            "owed_minor": line.owed_minor,
            "permille": _permille(line.owed_minor, whole[line.month_on]),
        }
        for line in found
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


def _provision(line: MonthLine, rules: RiskRules) -> dict[str, Any]:
    stage = line.bucket + 1
    return {
        "month_on": line.month_on.isoformat(),
        "stage": stage,
        "loan_count": line.loan_count,
        "owed_minor": line.owed_minor,
        "provision_minor": rules.provision_minor(line.owed_minor, stage=stage),
    }


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
