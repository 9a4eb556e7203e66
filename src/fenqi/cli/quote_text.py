"""How a quote looks in a terminal, in English and Chinese."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fenqi.cli.console import say, write_table
from fenqi.core.money.amount import Rounding, amount_text
from fenqi.core.money.rate import percent_text
from fenqi.core.product.capped import CappedPlan
from fenqi.core.product.schedule import PlanRow

_ENGLISH = {
    "instalment": "instalment",
    "due": "due on",
    "principal": "principal",
    "interest": "interest",
    "fee": "fee",
    "total": "to pay",
    "balance": "still owed",
    "sum": "all",
    "financed": "financed",
    "price": "price",
    "down_payment": "down payment",
    "cost": "interest and fees",
    "irr_nominal": "a year, internal rate of return × 12 (单利)",
    "irr_effective": "a year, compounded",
    "average_balance": "a year, on the average balance",
    "ceiling": "ceiling by law",
    "truncated": "Interest is truncated to the cent: rounded, the plan would lie above the ceiling.",
}
_CHINESE = {
    "instalment": "期数",
    "due": "还款日",
    "principal": "本金",
    "interest": "利息",
    "fee": "费用",
    "total": "应还",
    "balance": "剩余本金",
    "sum": "合计",
    "financed": "贷款本金",
    "price": "价格",
    "down_payment": "首付",
    "cost": "息费合计",
    "irr_nominal": "年化利率（单利，内部收益率 × 12）",
    "irr_effective": "年化利率（复利）",
    "average_balance": "年化利率（单利，平均余额法）",
    "ceiling": "法定上限",
    "truncated": "每期利息舍去分以下部分：四舍五入后的方案将超过上限。",
}
_WORDS: Mapping[str, Mapping[str, str]] = {"en": _ENGLISH, "zh-CN": _CHINESE}
LANGUAGES = tuple(_WORDS)

_NUMBERS = ("principal", "interest", "fee", "total", "balance")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A quote as lines of text: what is financed, the rows, and what they cost."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    facts: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]


def sheet_of(plan: CappedPlan, *, price_minor: int, down_payment_minor: int, language: str) -> Sheet:
    """Put a plan into words; a column that is empty in every row is left out."""
    word = _WORDS[language]
    rows = plan.schedule.rows
    columns = [name for name in _NUMBERS if name == "total" or any(_amount(row, name) for row in rows)]
    sums = {name: sum(_amount(row, name) for row in rows) for name in columns}
    return Sheet(
        heads=(word["instalment"], word["due"], *(word[name] for name in columns)),
        rows=(
            *(_cells(row, columns) for row in rows),
            (word["sum"], "", *("" if name == "balance" else _text(sums[name]) for name in columns)),
        ),
        facts=_facts(plan, word, price_minor=price_minor, down_payment_minor=down_payment_minor),
        remarks=(word["truncated"],) if plan.terms.rounding is Rounding.DOWN else (),
    )


def write_sheet(sheet: Sheet) -> None:
    """Write a quote to the terminal."""
    write_table(sheet.heads, sheet.rows, right=sheet.heads[2:])
    say("")
    for label, value in sheet.facts:
        say(f"{value:>12}  {label}")
    for remark in sheet.remarks:
        say(remark)


def _facts(
    plan: CappedPlan, word: Mapping[str, str], *, price_minor: int, down_payment_minor: int
) -> tuple[tuple[str, str], ...]:
    annual, ceiling = plan.annual, plan.ceiling
    bought = ((word["price"], _text(price_minor)), (word["down_payment"], _text(down_payment_minor)))
    return (
        *(bought if down_payment_minor else ()),
        (word["financed"], _text(plan.schedule.principal_minor)),
        (word["cost"], _text(plan.schedule.cost_minor)),
        (word["irr_nominal"], f"{annual.irr_nominal:.4f} %"),
        (word["irr_effective"], f"{annual.irr_effective:.4f} %"),
        (word["average_balance"], f"{annual.average_balance:.4f} %"),
        (f"{word['ceiling']}: {ceiling.lender_type}, {ceiling.cited}", f"{percent_text(ceiling.percent)} %"),
    )


def _cells(row: PlanRow, columns: Sequence[str]) -> tuple[str, ...]:
    return (str(row.instalment), row.due_on.isoformat(), *(_text(_amount(row, name)) for name in columns))


def _amount(row: PlanRow, name: str) -> int:
    amount: int = getattr(row, f"{name}_minor")
    return amount


def _text(amount_minor: int) -> str:
    return amount_text(amount_minor, grouped=True)
