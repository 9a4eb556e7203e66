"""A loan as it stands on a day, as known on any day, for whoever may look at it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.classification import risk_rules
from fenqi.core.loan.component import add_parts
from fenqi.core.loan.event import Event
from fenqi.core.loan.payoff import quote_withdrawal
from fenqi.core.loan.reach import require_day
from fenqi.core.loan.record import agreement_from_record
from fenqi.core.loan.replay import replay
from fenqi.core.loan.state import InstalmentState, LoanState
from fenqi.core.loan.trial import RowChange, Trial, accrued, changed_rows, due_so_far, try_payment
from fenqi.core.loan.withdrawal import withdrawable_until
from fenqi.core.rulepack.pack import RulePack
from fenqi.services.book_loan import rows_of
from fenqi.services.find_loan import find_loan
from fenqi.services.request_repayment import NothingOwed, RepaymentAboveOwed
from fenqi.services.show_timeline import parts_shown, timeline_shown
from fenqi.stores import loan as loans
from fenqi.stores import risk
from fenqi.stores.fetch import Connection
from fenqi.stores.loan import Loan, LoanEvent


@dataclass(frozen=True)
class KnownLoan:
    """A loan and what was known of it at an instant."""

    row: Loan
    agreement: Agreement
    stored: tuple[LoanEvent, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """What had happened to it, as far as it was known."""
        return rows_of(self.stored)


async def known_loan(connection: Connection, *, loan_id: UUID, known_at: datetime | None = None) -> KnownLoan:
    """A loan with the events recorded up to an instant; all of them, if none is given.

    Raises: LoanUnknown.
    """
    row = await find_loan(connection, loan_id=loan_id)
    stored = await loans.events(connection, b=row.b, loan_id=row.loan_id)
    known = tuple(event for event in stored if known_at is None or event.recorded_at <= known_at)
    return KnownLoan(row, agreement_from_record(row.terms), known)


async def loan_shown(connection: Connection, *, loan_id: UUID, as_of: date) -> dict[str, Any]:
    """The schedule with what is paid, due and late; totals; what happened.

    Raises: LoanUnknown, DayOutOfReach.
    """
    return _shown(await known_loan(connection, loan_id=loan_id), as_of=as_of)


async def staff_loan_shown(
    connection: Connection, *, loan_id: UUID, as_of: date, known_at: datetime | None, pack: RulePack
) -> dict[str, Any]:
    """A loan on any day, as known at any instant, with the category of risk that its days past due put it in.

    `graded` is how it was graded at the last month's end up to that day.

    Raises: LoanUnknown, DayOutOfReach, RuleNotInForce.
    """
    loan = await known_loan(connection, loan_id=loan_id, known_at=known_at)
    shown = _shown(loan, as_of=as_of)
    graded = await risk.of_loan(connection, b=loan.row.b, loan_id=loan_id, on=as_of)
    return shown | {
        "graded": None if graded is None else asdict(graded) | {"month_on": graded.month_on.isoformat()},
        "known_at": known_at.isoformat() if known_at else None,
        "seq": loan.stored[-1].seq if loan.stored else 0,
        "category": risk_rules(pack, on=as_of).category(shown["days_past_due"]).value,
        "late_rate_per_day": f"{loan.agreement.policy.late_rate_per_day:f}",
    }


async def payoff_shown(connection: Connection, *, loan_id: UUID, on: date) -> dict[str, Any]:
    """What closes the loan on a day, and what it is made of.

    Raises: LoanUnknown, DayOutOfReach.
    """
    loan = await known_loan(connection, loan_id=loan_id)
    trial = try_payment(loan.agreement, loan.events, on=require_day(loan.agreement, on))
    return {
        "loan_id": str(loan_id),
        "on": on.isoformat(),
        "amount_minor": trial.amount_minor,
        "parts": parts_shown(trial.parts),
        "currency": loan.row.currency,
    }


async def what_if_shown(
    connection: Connection, *, loan_id: UUID, on: date, amount_minor: int | None, today: date
) -> dict[str, Any]:
    """What a payment of a day to come would do if nothing else happens until then; without an amount, of everything.

    Raises: LoanUnknown, DayOutOfReach, NothingOwed, RepaymentAboveOwed.
    """
    loan = await known_loan(connection, loan_id=loan_id)
    day = require_day(loan.agreement, on, from_on=today)
    trial = try_payment(loan.agreement, loan.events, on=day, amount_minor=amount_minor)
    owed = trial.before.outstanding.total
    if not owed:
        raise NothingOwed("nothing is owed on this loan", allowed="a loan that is not closed")
    if trial.amount_minor > owed:
        raise RepaymentAboveOwed("the loan cannot take that much", allowed=f"at most {owed}")
    return _trial_shown(loan.row, trial)


def standing_shown(state: LoanState) -> dict[str, Any]:
    """How a loan stands, in a few figures."""
    return {
        "as_of": state.as_of.isoformat(),
        "status": state.status.value,
        "outstanding": parts_shown(state.outstanding),
        "overdue": parts_shown(state.overdue),
        "overpaid_minor": state.overpaid_minor,
        "days_past_due": state.days_past_due,
        "payoff_minor": state.payoff_minor,
        "next_due_on": state.next_due.due_on.isoformat() if state.next_due else None,
        "next_due_minor": state.next_due.outstanding.total if state.next_due else 0,
        "charged_off_on": state.charged_off_on.isoformat() if state.charged_off_on else None,
        "fraud_flagged_on": state.fraud_flagged_on.isoformat() if state.fraud_flagged_on else None,
    }


def row_change_shown(change: RowChange, *, as_of: date) -> dict[str, Any]:
    """An instalment before and after."""
    either = change.after or change.before
    return {
        "instalment": either.number if either else 0,
        "before": instalment_shown(change.before, as_of=as_of) if change.before else None,
        "after": instalment_shown(change.after, as_of=as_of) if change.after else None,
    }


def instalment_shown(each: InstalmentState, *, as_of: date) -> dict[str, Any]:
    """One instalment: due, paid, and how it stands."""
    settled = each.paid_on is not None
    late = not settled and each.payable_until < as_of
    return {
        "instalment": each.number,
        "due_on": each.due_on.isoformat(),
        "payable_until": each.payable_until.isoformat(),
        "due": parts_shown(each.due),
        "paid": parts_shown(each.paid),
        "outstanding": parts_shown(each.outstanding),
        "outstanding_minor": each.outstanding.total,
        "paid_on": each.paid_on.isoformat() if each.paid_on else None,
        "standing": "paid" if settled else "late" if late else "due" if each.due_on <= as_of else "to_come",
    }


def _shown(loan: KnownLoan, *, as_of: date) -> dict[str, Any]:
    row, on = loan.row, require_day(loan.agreement, as_of)
    state = replay(loan.agreement, loan.events, as_of=on)
    payoff = try_payment(loan.agreement, loan.events, on=on).parts
    return {
        "loan_id": str(row.loan_id),
        "checkout_id": str(row.checkout_id),
        "agreement_id": str(row.agreement_id),
        "merchant_id": str(row.merchant_id),
        "product_id": row.product_id,
        "currency": row.currency,
        "principal_minor": row.principal_minor,
        **standing_shown(state),
        "due": parts_shown(due_so_far(state)),
        "paid": parts_shown(add_parts(each.paid for each in state.rows)),
        "payoff": parts_shown(payoff),
        "accrued": parts_shown(accrued(payoff, state)),
        "withdrawal": _withdrawal_shown(loan, state),
        "instalments": [instalment_shown(each, as_of=on) for each in state.rows],
        "timeline": timeline_shown(loan.stored, state),
    }


def _withdrawal_shown(loan: KnownLoan, state: LoanState) -> dict[str, Any] | None:
    """Until when the borrower may withdraw, and what closes the loan then; None where it was not agreed."""
    until_on = withdrawable_until(loan.agreement.policy, drawn_on=loan.row.drawn_on)
    if until_on is None:
        return None
    is_open = state.as_of <= until_on and state.outstanding.total > 0
    return {
        "until_on": until_on.isoformat(),
        "cost": loan.agreement.policy.cooling_off.cost.value,
        "is_open": is_open,
        "amount_minor": quote_withdrawal(loan.agreement, loan.events, on=state.as_of) if is_open else 0,
    }


def _trial_shown(row: Loan, trial: Trial) -> dict[str, Any]:
    changed = changed_rows(trial.before.rows, trial.after.rows)
    return {
        "loan_id": str(row.loan_id),
        "on": trial.on.isoformat(),
        "currency": row.currency,
        "amount_minor": trial.amount_minor,
        "pays_off": trial.pays_off,
        "parts": parts_shown(trial.parts),
        "overpaid_minor": trial.overpaid_minor,
        "saved_minor": trial.saved_minor,
        "before": standing_shown(trial.before),
        "after": standing_shown(trial.after),
        "rows": [row_change_shown(change, as_of=trial.on) for change in changed],
    }
