"""The plan that a borrower in difficulty signs: what changes, what falls due when, and what it costs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fenqi.core.collection.relief import ReliefOption, ReliefPart
from fenqi.core.compliance.disclosure import shown_percent
from fenqi.core.compliance.document import price_text
from fenqi.core.loan.state import InstalmentState
from fenqi.core.rulepack.ceiling import CostCeiling
from fenqi.core.rulepack.text import Rendered, Text, render

_WAYS = {
    "zh-CN": {
        "deferral": "{number} 个还款期内不到期，逾期部分一并顺延，期间照常计息",
        "re_age": "将欠款重新分摊到剩余各期",
        "lower_instalments": "将欠款分摊到更多期：再加 {number} 期，每期金额降低",
        "lower_rate": "年利率降为合同利率的 {share}，逾期部分分摊到以后各期",
    },
    "en": {
        "deferral": "Nothing falls due for {number} periods; what was late moves along, and interest runs on",
        "re_age": "What is owed is spread over the instalments that are left",
        "lower_instalments": "What is owed is spread over {number} instalments more, so that each is lower",
        "lower_rate": "The yearly rate falls to {share} of the agreed one; what was late is spread over what is left",
    },
}


@dataclass(frozen=True, kw_only=True)
class ReliefPlanForm:
    """What the plan says besides its figures."""

    request_no: str
    on: date
    option: ReliefOption
    currency: str
    borrower: str
    """Masked."""
    lender: str
    contact: str
    complaint_contact: str
    ceiling: CostCeiling
    observed_until: date


def render_relief_plan(text: Text, form: ReliefPlanForm) -> Rendered:
    """The plan in the text's language."""
    option = form.option
    values = {
        "request_no": form.request_no,
        "on": form.on.isoformat(),
        "way": way_out(option, language=text.language),
        "borrower": form.borrower,
        "lender": form.lender,
        "contact": form.contact,
        "complaint_contact": form.complaint_contact,
        "extra_cost": price_text(option.extra_cost_minor, currency=form.currency),
        "to_pay": price_text(option.to_pay_minor, currency=form.currency),
        "annual_percent": f"{shown_percent(option.annual_percent)}%",
        "ceiling_percent": f"{shown_percent(form.ceiling.percent)}%",
        "ceiling_source": form.ceiling.cited,
        "observed_until": form.observed_until.isoformat(),
        "loans": [_loan_values(part, form.currency) for part in option.parts],
    }
    return render(text, values)


def way_out(option: ReliefOption, *, language: str) -> str:
    """A way out in one sentence."""
    words = _WAYS[language][option.kind.value]
    return words.format(number=option.number, share=f"{option.number * 100:.0f}%")


def _loan_values(part: ReliefPart, currency: str) -> dict[str, Any]:
    return {
        "ending": part.loan_id.hex[-6:],
        "annual_percent": f"{shown_percent(part.annual_percent)}%",
        "rows": [_row_values(row, currency) for row in part.after.rows if row.outstanding.total],
    }


def _row_values(row: InstalmentState, currency: str) -> dict[str, object]:
    left = row.outstanding
    return {
        "instalment": row.number,
        "due_on": row.due_on.isoformat(),
        "principal": price_text(left.principal, currency=currency),
        "cost": price_text(left.interest + left.fee + left.penalty, currency=currency),
        "total": price_text(left.total, currency=currency),
    }
