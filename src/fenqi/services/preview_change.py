"""What a change of a loan would do before it is posted: the loan without it and with it, and the legs between."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.change import Change, Subject, events_of
from fenqi.core.loan.event import Event
from fenqi.core.loan.replay import replay
from fenqi.core.loan.state import LoanState, Status
from fenqi.core.loan.trial import changed_rows
from fenqi.core.postings.difference import post_difference
from fenqi.core.postings.party import Cause
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.book_loan import OpenLoan, books_of, open_loan
from fenqi.services.show_loan import row_change_shown, standing_shown
from fenqi.services.subsidy import settle_early
from fenqi.stores.fetch import Connection
from fenqi.stores.loan import Loan


class ChangeWithoutEffect(Refusal):
    """The loan would stand as it does."""

    code = "change_without_effect"
    kind = Kind.CONFLICT


@dataclass(frozen=True)
class Preview:
    """The events of a change, the loan today without them and with them, and what posting them would book."""

    loan: OpenLoan
    events: tuple[Event, ...]
    before: LoanState
    after: LoanState
    legs: tuple[dict[str, Any], ...]


async def preview_change(connection: Connection, row: Loan, change: Change, *, change_id: UUID, today: date) -> Preview:
    """Play a change after everything else and book nothing.

    The legs are those that posting it today would bring, with what else has become due since the loan was last booked.

    Raises: what keeps the change from being made, and ChangeWithoutEffect.
    """
    loan = await open_loan(connection, row)
    subject = Subject(agreement=loan.agreement, events=loan.events, state=loan.state(as_of=change.on))
    events = events_of(change, subject, today=today, id_of=lambda number: str(uuid5(change_id, f"event:{number}")))
    before = loan.state(as_of=today)
    after = replay(loan.agreement, (*loan.events, *events), as_of=today)
    if _compared(before) == _compared(after) and _foreseen(loan.agreement, loan.events, events, on=today):
        raise ChangeWithoutEffect("the loan would stand as it does", allowed="a change that changes something")
    return Preview(loan, events, before, after, _legs(loan, after, cause_id=change_id, value_on=change.on, on=today))


def preview_shown(preview: Preview, *, needs_second: bool) -> dict[str, Any]:
    """A preview as staff read it before anything is posted."""
    on, row = preview.after.as_of, preview.loan.row
    return {
        "loan_id": str(row.loan_id),
        "currency": row.currency,
        "seq": row.last_seq,
        "needs_second": needs_second,
        "before": standing_shown(preview.before),
        "after": standing_shown(preview.after),
        "rows": [row_change_shown(each, as_of=on) for each in changed_rows(preview.before.rows, preview.after.rows)],
        "legs": list(preview.legs),
    }


def _compared(state: LoanState) -> LoanState:
    """All of a state but the tale of how it came about."""
    return replace(state, timeline=())


def _foreseen(agreement: Agreement, events: tuple[Event, ...], made: tuple[Event, ...], *, on: date) -> bool:
    """Whether the loan also stands the same once everything has fallen due: a lower rate may begin later."""
    last = max((row.due_on for row in replay(agreement, events, as_of=on).rows), default=on)
    as_of = max(last, on)
    return _compared(replay(agreement, events, as_of=as_of)) == _compared(
        replay(agreement, (*events, *made), as_of=as_of)
    )


def _legs(loan: OpenLoan, after: LoanState, *, cause_id: UUID, value_on: date, on: date) -> tuple[dict[str, Any], ...]:
    subsidy, before = loan.subsidy, loan.row.books
    if after.status in {Status.CLOSED, Status.OVERPAID}:
        subsidy = settle_early(subsidy, from_on=loan.row.drawn_on, on=on)
    books = books_of(after, subsidy=subsidy, discount_minor=None, before=before, on=on)
    cause = Cause(cause_id=cause_id, effective_on=on, value_on=value_on)
    return tuple(
        {
            "kind": transaction.kind.value,
            "debit": leg.debit.kind.value,
            "credit": leg.credit.kind.value,
            "amount_minor": leg.amount_minor,
            "value_on": value_on.isoformat(),
        }
        for transaction in post_difference(loan.party, before, books, cause=cause)
        for leg in transaction.legs
    )
