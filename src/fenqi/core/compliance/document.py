"""The documents put before a borrower: cost disclosure, loan agreement, repayment plan."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fenqi.core.compliance.disclosure import Disclosure, shown_percent
from fenqi.core.compliance.label import label
from fenqi.core.money.amount import amount_text
from fenqi.core.product.cooling_off import WithdrawalCost
from fenqi.core.product.schedule import PlanRow
from fenqi.core.rulepack.text import Rendered, Text, render

_SIGNS = {"CNY": "¥"}


@dataclass(frozen=True, kw_only=True)
class AgreementForm:
    """What a loan agreement states beyond the disclosure that is part of it.

    Source: 民法典 art. 668 (kind, currency, purpose, amount, rate, term, repayment).
    """

    agreement_no: str
    order_no: str
    disclosure: Disclosure
    disclosure_sha256: str
    borrower_name: str
    id_number_masked: str
    mobile_masked: str
    rate_per_year: Decimal
    allocation: tuple[str, ...]
    """Which component a payment discharges first, as codes: costs, interest, fee, penalty, principal."""
    complaint_contact: str
    regulator_contact: str
    place_of_performance: str


def render_disclosure(text: Text, shown: Disclosure) -> Rendered:
    """The cost disclosure in the text's language; its hash is the disclosure's."""
    return render(text, _disclosure_values(shown, text.language))


def render_agreement(text: Text, form: AgreementForm) -> Rendered:
    """The loan agreement in the text's language; it names the disclosure by its hash."""
    values = _disclosure_values(form.disclosure, text.language) | {
        "agreement_no": form.agreement_no,
        "order_no": form.order_no,
        "disclosure_sha256": form.disclosure_sha256,
        "borrower_name": form.borrower_name,
        "id_number_masked": form.id_number_masked,
        "mobile_masked": form.mobile_masked,
        "rate_per_year": _percent(form.rate_per_year * 100),
        "allocation": [label(component, language=text.language) for component in form.allocation],
        "complaint_contact": form.complaint_contact,
        "regulator_contact": form.regulator_contact,
        "place_of_performance": form.place_of_performance,
    }
    return render(text, values)


def render_plan(text: Text, *, agreement_no: str, order_no: str, plan: Disclosure) -> Rendered:
    """The final repayment plan as issued at capture, in the text's language."""
    return render(text, _disclosure_values(plan, text.language) | {"agreement_no": agreement_no, "order_no": order_no})


def price_text(amount_minor: int, *, currency: str) -> str:
    """An amount as borrowers read it: ¥5,999.00."""
    return _SIGNS.get(currency, f"{currency} ") + amount_text(amount_minor, currency=currency, grouped=True)


def _disclosure_values(shown: Disclosure, language: str) -> dict[str, Any]:
    def word(code: str) -> str:
        return label(code, language=language)

    def money(amount_minor: int) -> str:
        return price_text(amount_minor, currency=shown.currency)

    return {
        "on": shown.on.isoformat(),
        "currency": shown.currency,
        "parties": [
            {"role": word(party.role), "name": party.name, "contact": party.contact} for party in shown.parties
        ],
        "lender": _name_of(shown, "lender"),
        "merchant": _name_of(shown, "merchant"),
        "goods": shown.goods,
        "principal": money(shown.principal_minor),
        "method": word(shown.method),
        "instalment_count": len(shown.rows),
        "first_due_on": shown.rows[0].due_on.isoformat(),
        "last_due_on": shown.rows[-1].due_on.isoformat(),
        "items": [
            {
                "name": word(item.code),
                "collected": word(item.collected),
                "percent_per_year": _percent(item.percent_per_year),
                "payee": item.payee,
                "amount": money(item.amount_minor),
            }
            for item in shown.items
        ],
        "annual_percent": _percent(shown.annual_percent),
        "annual_label": word(shown.annual_measure),
        "contingent": [
            {
                "name": word(cost.code),
                "base": word(cost.base),
                "percent_per_year": f"≤ {money(cost.minor_max)}" if cost.minor_max else _percent(cost.percent_per_year),
                "minor_max": money(cost.minor_max) if cost.minor_max else "",
                "payee": cost.payee,
            }
            for cost in shown.contingent
        ],
        "rows": [_row_values(row, shown.currency) for row in shown.rows],
        "cost": money(shown.cost_minor),
        "total": money(shown.total_minor),
        "subsidised": money(shown.subsidised_minor) if shown.subsidised_minor else "",
        "cooling_off_days": shown.cooling_off.days,
        "cooling_off_is_free": shown.cooling_off.cost is WithdrawalCost.NONE,
        "ceiling_percent": _percent(shown.ceiling.percent),
        "ceiling_source": shown.ceiling.cited,
    }


def _row_values(row: PlanRow, currency: str) -> dict[str, object]:
    return {
        "instalment": row.instalment,
        "due_on": row.due_on.isoformat(),
        "principal": price_text(row.principal_minor, currency=currency),
        "cost": price_text(row.interest_minor + row.fee_minor, currency=currency),
        "total": price_text(row.total_minor, currency=currency),
        "balance": price_text(row.balance_minor, currency=currency),
    }


def _name_of(shown: Disclosure, role: str) -> str:
    party = shown.party(role)
    return party.name if party else ""


def _percent(percent: Decimal) -> str:
    return f"{shown_percent(percent)}%"
