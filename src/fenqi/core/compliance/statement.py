"""The statement of a bill: as a text to keep, and as a sheet to print."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fenqi.core.billing.bill import Bill, BillLine
from fenqi.core.compliance.document import price_text
from fenqi.core.rulepack.text import Rendered, Text, render


@dataclass(frozen=True, kw_only=True)
class StatementForm:
    """What a statement says besides its bill."""

    bill: Bill
    currency: str
    customer: str
    """The borrower, masked."""
    lender: str
    contact: str
    complaint_contact: str


@dataclass(frozen=True)
class Sheet:
    """A page to print: a title, lines above a table, the table with its figures on the right, lines below."""

    title: str
    above: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    below: tuple[str, ...]
    made_on: date
    text_columns: frozenset[int]
    """Those whose cells are words; the others are figures."""


_WORDS: dict[str, dict[str, Any]] = {
    "zh-CN": {
        "title": "账单",
        "head": ("借款", "期数", "应还日", "本金", "利息", "费用", "罚息", "合计"),
        "days": "{customer}　账单日 {billed_on}　还款日 {due_on}",
        "sums": "本期应还 {new}　往期逾期 {carried}　合计 {total}",
        "lender": "出借人：{lender}　联系方式：{contact}　投诉：{complaint_contact}",
        "number": "账单编号：{bill_no}",
    },
    "en": {
        "title": "Statement",
        "head": ("Loan", "No.", "Due", "Principal", "Interest", "Fee", "Late charge", "Total"),
        "days": "{customer}, billed {billed_on}, due {due_on}",
        "sums": "New {new}, overdue from before {carried}, together {total}",
        "lender": "Lender: {lender}. Contact: {contact}. Complaints: {complaint_contact}.",
        "number": "Bill number: {bill_no}",
    },
}


def render_statement(text: Text, form: StatementForm) -> Rendered:
    """The statement in the text's language."""
    return render(text, _values(form))


def sheet_of(form: StatementForm, *, language: str) -> Sheet:
    """The same statement as a page to print."""
    values, words = _values(form), _WORDS[language]
    names = ("loan", "instalment", "due_on", "principal", "interest", "fee", "penalty", "total")
    return Sheet(
        title=words["title"],
        above=(words["days"].format_map(values), words["sums"].format_map(values)),
        head=words["head"],
        rows=tuple(tuple(str(line[name]) for name in names) for line in values["lines"]),
        below=(words["lender"].format_map(values), words["number"].format_map(values)),
        made_on=form.bill.billed_on,
        text_columns=frozenset({0, 2}),
    )


def _values(form: StatementForm) -> dict[str, Any]:
    bill = form.bill

    def money(minor: int) -> str:
        return price_text(minor, currency=form.currency)

    def line_values(line: BillLine) -> dict[str, object]:
        parts = line.parts
        return {
            "loan": line.loan_id.hex[-8:],
            "instalment": line.instalment,
            "due_on": line.due_on.isoformat(),
            "principal": money(parts.principal),
            "interest": money(parts.interest),
            "fee": money(parts.fee),
            "penalty": money(parts.penalty),
            "total": money(parts.total),
        }

    return {
        "customer": form.customer,
        "billed_on": bill.billed_on.isoformat(),
        "due_on": bill.due_on.isoformat(),
        "new": money(bill.new_minor),
        "carried": money(bill.carried_minor),
        "total": money(bill.new_minor + bill.carried_minor),
        "lines": [line_values(line) for line in bill.lines],
        "lender": form.lender,
        "contact": form.contact,
        "complaint_contact": form.complaint_contact,
        "bill_no": str(bill.bill_id),
    }
