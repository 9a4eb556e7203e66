"""`fenqi quote`: a plan, what it costs a year, and whether the law allows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import typer

from fenqi.cli.console import write_json
from fenqi.cli.quote_text import LANGUAGES, sheet_of, write_sheet
from fenqi.core.money.amount import amount_text, parse_minor
from fenqi.core.money.rate import parse_rate
from fenqi.core.product.capped import CappedPlan, capped_plan
from fenqi.core.product.terms import DayCount, Method, MonthEnd, Terms
from fenqi.core.refusal import Refusal
from fenqi.core.rulepack.ceiling import cost_ceiling
from fenqi.stores.shipped import load_rulepack

METHODS = ("equal_instalment", "equal_principal", "flat_fee", "interest_only", "single_payment")
LAST_DAY = date(2199, 12, 31)


class OptionValueUnknown(Refusal):
    """An option has a value that is not one of its values."""

    code = "option_value_unknown"


class DayUnreadable(Refusal):
    """The text is not a day of the calendar, or one that no plan reaches."""

    code = "day_unreadable"


class DownPaymentTooLarge(Refusal):
    """The down payment leaves nothing to be financed."""

    code = "down_payment_too_large"


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A plan as it is shown, and what it is a plan for."""

    price_minor: int
    down_payment_minor: int
    plan: CappedPlan

    def as_dict(self) -> dict[str, Any]:
        """The quote as one JSON object; annual figures and the ceiling are percent."""
        annual, ceiling = self.plan.annual, self.plan.ceiling
        return {
            "rows": [row._asdict() | {"due_on": row.due_on.isoformat()} for row in self.plan.schedule.rows],
            "annual": {
                "irr_nominal": float(annual.irr_nominal),
                "irr_effective": float(annual.irr_effective),
                "average_balance": float(annual.average_balance),
            },
            "total_cost_minor": self.plan.schedule.cost_minor,
            "cap": {"limit": _number(ceiling.percent), "measure": ceiling.measure, "within": True},
        }


def command(
    *,
    price: Annotated[str, typer.Option(help="What the goods cost, in yuan.")],
    tenor: Annotated[int, typer.Option(help="Number of monthly instalments, 1 to 24.")],
    method: Annotated[str, typer.Option(help=" | ".join(METHODS))],
    rate_per_year: Annotated[str, typer.Option(help="0.12 for 12 %; for flat_fee the yearly fee on the principal.")],
    on: Annotated[str, typer.Option(help="The day on which the loan is made, as 2026-01-31.")],
    day_count: Annotated[str, typer.Option(help=" | ".join(DayCount))] = DayCount.THIRTY_360,
    month_end: Annotated[str, typer.Option(help=" | ".join(MonthEnd))] = MonthEnd.CLAMP,
    down_payment: Annotated[str, typer.Option(help="What is paid at once, in yuan.")] = "0",
    lender_type: Annotated[str, typer.Option(help="microloan | consumer_finance | bank | facilitated")] = "microloan",
    lang: Annotated[str, typer.Option(help=" | ".join(LANGUAGES))] = "en",
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Plan the repayment of a purchase under the ceiling of its day; a plan above it is refused (exit code 4)."""
    language = _choose(lang, LANGUAGES, option="--lang")
    terms = Terms(
        method=Method(_choose(method, METHODS, option="--method")),
        rate_per_year=parse_rate(rate_per_year),
        instalment_count=tenor,
        day_count=DayCount(_choose(day_count, tuple(DayCount), option="--day-count")),
        month_end=MonthEnd(_choose(month_end, tuple(MonthEnd), option="--month-end")),
    )
    quoted = quote(
        terms,
        price_minor=parse_minor(price),
        down_payment_minor=parse_minor(down_payment),
        lender_type=lender_type,
        on=_read_day(on),
    )
    if json:
        write_json(quoted.as_dict())
    else:
        sheet = sheet_of(
            quoted.plan,
            price_minor=quoted.price_minor,
            down_payment_minor=quoted.down_payment_minor,
            language=language,
        )
        write_sheet(sheet)


def quote(terms: Terms, *, price_minor: int, down_payment_minor: int, lender_type: str, on: date) -> Quote:
    """Plan what a price less its down payment costs; the ceiling is on what is financed.

    Units: minor units.
    Raises: DownPaymentTooLarge, CostAboveCeiling, PrincipalNotPositive, LenderTypeUnknown, RuleNotInForce.
    """
    if down_payment_minor and down_payment_minor >= price_minor:
        raise DownPaymentTooLarge(
            f"a down payment of {amount_text(down_payment_minor)} on {amount_text(price_minor)}",
            allowed=f"less than {amount_text(price_minor)}",
        )
    ceiling = cost_ceiling(load_rulepack(duty="cost_cap"), lender_type=lender_type, on=on)
    plan = capped_plan(terms, principal_minor=price_minor - down_payment_minor, start_on=on, ceiling=ceiling)
    return Quote(price_minor=price_minor, down_payment_minor=down_payment_minor, plan=plan)


def _choose(value: str, allowed: Sequence[str], *, option: str) -> str:
    if value not in allowed:
        raise OptionValueUnknown(f"{option} {value!r}", allowed=", ".join(allowed))
    return value


def _read_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.max
    if day > LAST_DAY:
        raise DayUnreadable(f"--on {text!r}", allowed=f"a day such as 2026-01-31, until {LAST_DAY}")
    return day


def _number(percent: Decimal) -> int | float:
    return int(percent) if percent == int(percent) else float(percent)
