"""`fenqi quote` against plans worked out again from first principles, and its refusals."""

import calendar
import json
import resource
import subprocess
import sys
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fenqi.cli.main import main

PROJECT = Path(__file__).resolve().parents[2]
ASKED = {
    "price": "5999",
    "tenor": "12",
    "method": "equal_instalment",
    "rate-per-year": "0.12",
    "on": "2026-01-31",
}


def run(capsys, *flags, **changed):
    options = ASKED | {name.replace("_", "-"): value for name, value in changed.items()}
    given_options = [f"--{name}={value}" for name, value in options.items() if value is not None]
    code = main(["quote", *given_options, *flags])
    return code, capsys.readouterr().out


def quoted(capsys, **changed):
    code, out = run(capsys, "--json", **changed)
    assert code == 0, out
    return json.loads(out)


def refusal(capsys, **changed):
    code, out = run(capsys, "--json", **changed)
    return code, json.loads(out)["refusal"]


def test_prints_one_object_with_the_agreed_keys(capsys):
    shown = quoted(capsys)
    assert list(shown) == ["rows", "annual", "total_cost_minor", "cap"]
    assert shown["rows"][0] == {
        "instalment": 1,
        "due_on": "2026-02-28",
        "principal_minor": 47_301,
        "interest_minor": 5_999,
        "fee_minor": 0,
        "balance_minor": 552_599,
    }
    assert shown["total_cost_minor"] == sum(row["interest_minor"] for row in shown["rows"])
    assert shown["cap"] == {"limit": 24, "measure": "irr_nominal", "within": True}


def test_the_same_flat_fee_has_three_annual_figures(capsys):
    shown = quoted(capsys, price="6000", method="flat_fee", rate_per_year="0.072")
    assert shown["total_cost_minor"] == sum(row["fee_minor"] for row in shown["rows"]) == 43_200
    assert shown["annual"]["irr_nominal"] == pytest.approx(13.0342, abs=1e-4)
    assert shown["annual"]["irr_effective"] == pytest.approx(13.8418, abs=1e-4)
    assert shown["annual"]["average_balance"] == pytest.approx(13.2923, abs=1e-4)


def test_ten_thousand_at_the_ceiling_is_offered_truncated(capsys):
    shown = quoted(capsys, price="10000", rate_per_year="0.24")
    paid = [row["principal_minor"] + row["interest_minor"] for row in shown["rows"]]
    assert paid == [94_560] * 11 + [94_546]
    assert shown["annual"]["irr_nominal"] <= 24


def test_an_interest_free_plan_costs_exactly_nothing(capsys):
    shown = quoted(capsys, rate_per_year="0", tenor="24")
    assert shown["total_cost_minor"] == 0
    assert set(shown["annual"].values()) == {0.0}


def test_a_down_payment_lowers_what_is_financed(capsys):
    assert quoted(capsys, down_payment="1000") == quoted(capsys, price="4999")


def test_the_ceiling_is_that_of_lender_and_day(capsys):
    assert quoted(capsys, on="2028-01-01")["cap"]["limit"] == 12
    assert quoted(capsys, on="2028-01-01", rate_per_year="0.2", lender_type="bank")["cap"]["limit"] == 24
    code, refused = refusal(capsys, on="2028-01-01", rate_per_year="0.2")
    assert (code, refused["code"]) == (4, "cost_above_ceiling")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"price": "5999.999"}, "amount_too_fine"),
        ({"price": "abc"}, "amount_unreadable"),
        ({"price": "NaN"}, "amount_unreadable"),
        ({"price": "-5"}, "amount_out_of_range"),
        ({"price": "1" + "0" * 15}, "amount_out_of_range"),
        ({"price": "0"}, "principal_not_positive"),
        ({"down_payment": "0.001"}, "amount_too_fine"),
        ({"down_payment": "-1"}, "amount_out_of_range"),
        ({"down_payment": "5999"}, "down_payment_too_large"),
        ({"down_payment": "6000"}, "down_payment_too_large"),
        ({"tenor": "0"}, "tenor_out_of_range"),
        ({"tenor": "25"}, "tenor_out_of_range"),
        ({"tenor": "-1"}, "tenor_out_of_range"),
        ({"tenor": "1.5"}, "usage"),
        ({"rate_per_year": "-0.1"}, "rate_out_of_range"),
        ({"rate_per_year": "12%"}, "rate_unreadable"),
        ({"rate_per_year": "NaN"}, "rate_unreadable"),
        ({"method": "balloon"}, "option_value_unknown"),
        ({"method": "flat_interest"}, "option_value_unknown"),
        ({"day_count": "30/361"}, "option_value_unknown"),
        ({"month_end": "drop"}, "option_value_unknown"),
        ({"lang": "fr"}, "option_value_unknown"),
        ({"lender_type": "pawnshop"}, "lender_type_unknown"),
        ({"on": "2026-02-30"}, "day_unreadable"),
        ({"on": "9999-12-31"}, "day_unreadable"),
        ({"on": None}, "usage"),
        ({"price": None}, "usage"),
    ],
)
def test_bad_input_is_refused_by_name(capsys, changed, code):
    ended, refused = refusal(capsys, **changed)
    assert (ended, refused["code"]) == (2, code)
    assert refused["what"]
    assert refused["allowed"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"rate_per_year": "0.2401"}, "cost_above_ceiling"),
        ({"rate_per_year": "0.144", "method": "flat_fee"}, "cost_above_ceiling"),
        ({"on": "2010-01-01"}, "rule_not_in_force"),
    ],
)
def test_the_law_refuses_with_an_exit_code_of_its_own(capsys, changed, code):
    ended, refused = refusal(capsys, **changed)
    assert (ended, refused["code"]) == (4, code)


def test_a_plan_over_the_ceiling_names_ceiling_and_source(capsys):
    _, refused = refusal(capsys, rate_per_year="0.36")
    assert "24 %" in refused["what"]
    assert "综合融资成本" in refused["source"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["due on", "1,000.00", "down payment", "ceiling"]), ("zh-CN", ["还款日", "首付", "单利"])],
)
def test_shows_a_table_to_people(capsys, language, words):
    code, out = run(capsys, lang=language, down_payment="1000")
    assert code == 0
    assert all(word in out for word in words)
    assert "2027-01-31" in out


def test_says_so_when_interest_was_truncated(capsys):
    assert "truncated" in run(capsys, price="10000", rate_per_year="0.24")[1]
    assert "truncated" not in run(capsys)[1]


def test_answers_within_a_second_of_work_start_up_included():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    options = [f"--{name}={value}" for name, value in ASKED.items()]
    command = [sys.executable, "-P", "-m", "fenqi.cli", "quote", *options, "--json"]
    done = subprocess.run(command, env={"PYTHONPATH": str(PROJECT / "src")}, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert json.loads(done.stdout)["total_cost_minor"] == 39_705
    assert (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime) < 1


def cents(value):
    return int(Decimal(value.numerator * 2 + value.denominator) // Decimal(2 * value.denominator))


def due_day(start_on, months, month_end):
    year, month = divmod(start_on.year * 12 + start_on.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    if start_on.day <= last:
        return date(year, month + 1, start_on.day)
    return date(year, month + 1, last) + timedelta(days=1 if month_end == "roll" else 0)


def year_share(from_on, to_on, day_count, months):
    if day_count == "30/360":
        return Fraction(months, 12)
    if day_count != "actual/actual":
        return Fraction((to_on - from_on).days, int(day_count.split("/")[1]))
    nights = (from_on + timedelta(days=1 + after) for after in range((to_on - from_on).days))
    return sum(Fraction(1, 366 if calendar.isleap(night.year) else 365) for night in nights)


def worked_out(principal, rate, tenor, method, start_on, day_count, month_end):
    """Rows of (due day, principal, cost, balance), by repeated halving for the equal instalment."""
    steps = [tenor] if method == "single_payment" else list(range(1, tenor + 1))
    days = [start_on, *(due_day(start_on, months, month_end) for months in steps)]
    spans = [tenor] if method == "single_payment" else [1] * tenor
    factors = [
        rate * year_share(from_on, to_on, day_count, months)
        for from_on, to_on, months in zip(days, days[1:], spans, strict=False)
    ]
    count = len(factors)
    if method == "flat_fee":
        fees = equal(cents(principal * sum(factors)), count)
        parts = equal(principal, count)
        balances = [principal - sum(parts[: place + 1]) for place in range(count)]
        return list(zip(days[1:], parts, fees, balances, strict=True))
    amount = annuity(principal, factors) if method == "equal_instalment" else 0
    equal_part = cents(Fraction(principal, count)) if method == "equal_principal" else 0
    rows, balance = [], principal
    for number, factor in enumerate(factors, 1):
        interest = cents(balance * factor)
        part = amount - interest if amount else equal_part
        part = balance if number == count else max(0, min(part, balance))
        balance -= part
        rows.append((days[number], part, interest, balance))
    return rows


def equal(total, count):
    part, parts = cents(Fraction(total, count)), []
    for _ in range(count - 1):
        parts.append(min(part, total - sum(parts)))
    return [*parts, total - sum(parts)]


def annuity(principal, factors):
    with localcontext(prec=60):
        discounts, discount = [], Decimal(1)
        for factor in factors:
            discount /= 1 + Decimal(factor.numerator) / Decimal(factor.denominator)
            discounts.append(discount)
        return int((Decimal(principal) / sum(discounts)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def internal_rate(principal, payments):
    """Payments at given months; the monthly rate by halving."""
    low, high = Decimal(0), Decimal(1)
    with localcontext(prec=40):
        for _ in range(100):
            middle = (low + high) / 2
            worth = sum(payment / (1 + middle) ** month for month, payment in payments)
            low, high = (middle, high) if worth > principal else (low, middle)
    return low


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    price=st.integers(100, 2_000_000),
    down=st.integers(0, 99),
    tenor=st.integers(1, 24),
    method=st.sampled_from(["equal_instalment", "equal_principal", "flat_fee", "interest_only", "single_payment"]),
    rate=st.integers(0, 1250),
    on=st.dates(date(2018, 1, 1), date(2027, 12, 31)),
    day_count=st.sampled_from(["30/360", "actual/360", "actual/365", "actual/actual"]),
    month_end=st.sampled_from(["clamp", "roll"]),
)
def test_agrees_with_a_plan_worked_out_by_hand(capsys, price, down, tenor, method, rate, on, day_count, month_end):
    share = Decimal(rate).scaleb(-4)
    shown = quoted(
        capsys,
        price=str(Decimal(price).scaleb(-2)),
        down_payment=str(Decimal(down).scaleb(-2)),
        tenor=str(tenor),
        method=method,
        rate_per_year=str(share),
        on=on.isoformat(),
        day_count=day_count,
        month_end=month_end,
    )
    principal = price - down
    expected = worked_out(principal, Fraction(share), tenor, method, on, day_count, month_end)
    got = [
        (
            date.fromisoformat(row["due_on"]),
            row["principal_minor"],
            row["interest_minor"] + row["fee_minor"],
            row["balance_minor"],
        )
        for row in shown["rows"]
    ]
    assert got == expected
    first = tenor - len(expected) + 1
    payments = [(month, part + cost) for month, (_, part, cost, _) in enumerate(expected, first)]
    monthly = internal_rate(principal, payments)
    assert shown["annual"]["irr_nominal"] == pytest.approx(float(monthly * 1200), abs=1e-6)
    assert shown["annual"]["irr_effective"] == pytest.approx(float((1 + monthly) ** 12 - 1) * 100, abs=1e-6)
