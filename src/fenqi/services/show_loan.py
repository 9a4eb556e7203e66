"""A loan as it stands on a day, for whoever may look at it."""

from datetime import date
from typing import Any
from uuid import UUID

from fenqi.core.loan.component import Parts
from fenqi.core.loan.payoff import quote_payoff
from fenqi.core.loan.state import Effect, InstalmentState, LoanState
from fenqi.services.book_loan import open_loan
from fenqi.services.find_loan import find_loan
from fenqi.stores.fetch import Connection
from fenqi.stores.loan import Loan


async def loan_shown(connection: Connection, *, loan_id: UUID, as_of: date) -> dict[str, Any]:
    """The schedule with what is paid, due and late; totals; what happened.

    Raises: LoanUnknown.
    """
    row = await find_loan(connection, loan_id=loan_id)
    loan = await open_loan(connection, row)
    return _shown(row, loan.state(as_of=as_of), as_of=as_of)


async def payoff_shown(connection: Connection, *, loan_id: UUID, on: date) -> dict[str, Any]:
    """What closes the loan on a day.

    Raises: LoanUnknown.
    """
    row = await find_loan(connection, loan_id=loan_id)
    loan = await open_loan(connection, row)
    amount = quote_payoff(loan.agreement, loan.events, on=on)
    return {"loan_id": str(loan_id), "on": on.isoformat(), "amount_minor": amount, "currency": row.currency}


def _shown(row: Loan, state: LoanState, *, as_of: date) -> dict[str, Any]:
    return {
        "loan_id": str(row.loan_id),
        "checkout_id": str(row.checkout_id),
        "agreement_id": str(row.agreement_id),
        "merchant_id": str(row.merchant_id),
        "product_id": row.product_id,
        "as_of": as_of.isoformat(),
        "status": state.status.value,
        "currency": row.currency,
        "principal_minor": row.principal_minor,
        "outstanding": _parts(state.outstanding),
        "overdue": _parts(state.overdue),
        "overpaid_minor": state.overpaid_minor,
        "days_past_due": state.days_past_due,
        "payoff_minor": state.payoff_minor,
        "next_due_on": state.next_due.due_on.isoformat() if state.next_due else None,
        "next_due_minor": state.next_due.outstanding.total if state.next_due else 0,
        "instalments": [_instalment(each, as_of=as_of) for each in state.rows],
        "timeline": [_effect(each) for each in state.timeline],
    }


def _instalment(each: InstalmentState, *, as_of: date) -> dict[str, Any]:
    settled = each.paid_on is not None
    late = not settled and each.due_on < as_of
    return {
        "instalment": each.number,
        "due_on": each.due_on.isoformat(),
        "due": _parts(each.due),
        "paid": _parts(each.paid),
        "outstanding_minor": each.outstanding.total,
        "paid_on": each.paid_on.isoformat() if each.paid_on else None,
        "standing": "paid" if settled else "late" if late else "due" if each.due_on == as_of else "to_come",
    }


def _effect(each: Effect) -> dict[str, Any]:
    return {
        "on": each.on.isoformat(),
        "what": each.what,
        "amount_minor": each.amount_minor,
        "parts": _parts(each.parts),
        "overpaid_minor": each.overpaid_minor,
        "balance_minor": each.balance_minor,
    }


def _parts(parts: Parts) -> dict[str, int]:
    return {
        "principal_minor": parts.principal,
        "interest_minor": parts.interest,
        "fee_minor": parts.fee,
        "penalty_minor": parts.penalty,
        "total_minor": parts.total,
    }
