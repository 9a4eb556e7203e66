"""Many loans valued on a day: in columns where columns can tell, by a replay where they cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from fenqi.core.dates.business_day import NOTHING_PUBLISHED, payable_until
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.arrears_table import DueTable, Flags, Integers, arrears_many
from fenqi.core.loan.record import agreement_from_record
from fenqi.core.loan.replay import replay
from fenqi.core.loan.valuation import value
from fenqi.core.loan.value_figure import value_figures
from fenqi.core.loan.value_table import ValueTable, accrual_many, payoff_many
from fenqi.services.show_loan import known_loan
from fenqi.stores import valuation
from fenqi.stores.fetch import Connection
from fenqi.stores.valuation import LoanColumns, RowColumns


@dataclass(frozen=True, slots=True)
class ValuedLoan:
    """A loan on a day.

    Units: minor units; `owed_minor` is principal not repaid, interest and fee are what is earned and not due yet.
    """

    loan_id: UUID
    days_past_due: int
    owed_minor: int
    overdue_minor: int
    interest_minor: int
    fee_minor: int
    payoff_minor: int
    is_replayed: bool


async def value_loans(connection: Connection, *, b: int, loan_ids: Sequence[UUID], on: date) -> tuple[ValuedLoan, ...]:
    """Value loans of a bucket on any day, by id, as they are known now.

    A loan is read from its instalments if nothing has happened to it since but what they foretell.
    """
    loans = await valuation.loan_columns(connection, b=b, loan_ids=loan_ids, day=on)
    if loans is None or loans.loan_id is None:
        return ()
    rows = await valuation.row_columns(connection, b=b, loan_ids=loan_ids)
    keyed = await valuation.terms_of(connection, b=b, loan_ids=loan_ids)
    agreements = {found.terms_key: agreement_from_record(found.terms) for found in keyed}
    told = _told(loans, rows, agreements, on=on)
    return tuple([each if each is not None else await _alone(connection, loan_id, on=on) for loan_id, each in told])


async def _alone(connection: Connection, loan_id: UUID, *, on: date) -> ValuedLoan:
    """One loan by a replay."""
    loan = await known_loan(connection, loan_id=loan_id)
    state = replay(loan.agreement, loan.events, as_of=on)
    alone = value(loan.agreement, loan.events, on=on)
    return ValuedLoan(
        loan_id=loan_id,
        days_past_due=state.days_past_due,
        owed_minor=state.outstanding.principal,
        overdue_minor=state.overdue.total,
        interest_minor=alone.interest_minor,
        fee_minor=alone.fee_minor,
        payoff_minor=alone.payoff_minor,
        is_replayed=True,
    )


def _told(
    loans: LoanColumns, rows: RowColumns | None, agreements: dict[int, Agreement], *, on: date
) -> list[tuple[UUID, ValuedLoan | None]]:
    """The loans by id, and what their columns tell; None where a replay has to."""
    raw = loans.loan_id or b""
    ids = [UUID(bytes=raw[start : start + 16]) for start in range(0, len(raw), 16)]
    if rows is None or rows.loan_of is None:
        return [(loan_id, None) for loan_id in ids]
    table = _table(loans, rows, agreements)
    day = on.toordinal()
    arrears = arrears_many(table.dues, table.late_rule, on=day)
    accruals, payoffs = accrual_many(table, on=day), payoff_many(table, on=day)
    owed = np.zeros(len(ids), np.int64)
    np.add.at(owed, table.dues.loan_of, table.dues.principal_unpaid_minor)
    is_told = accruals.is_told & (_numbers(loans.is_plain) == 1)
    columns = (
        arrears.days_past_due,
        owed,
        arrears.overdue_minor,
        accruals.interest_minor,
        accruals.fee_minor,
        payoffs.payoff_minor,
    )
    figures = zip(*(column.tolist() for column in columns), strict=True)
    return [
        (loan_id, ValuedLoan(loan_id, *each, is_replayed=False) if tells else None)
        for loan_id, each, tells in zip(ids, figures, is_told.tolist(), strict=True)
    ]


def _table(loans: LoanColumns, rows: RowColumns, agreements: dict[int, Agreement]) -> ValueTable:
    keys = sorted(agreements)
    terms_of = np.searchsorted(np.array(keys, np.int64), _numbers(loans.terms_key))
    policies = [agreements[key].policy for key in keys]
    rolls = np.array([policy.rolls_holidays for policy in policies], np.bool_)[terms_of]
    loan_of, due_on = _numbers(rows.loan_of), _numbers(rows.due_on)
    return ValueTable(
        DueTable(
            loan_of=loan_of,
            due_on=due_on,
            payable_until=_payable_until(due_on, rolls[loan_of]),
            outstanding_minor=_numbers(rows.outstanding_minor),
            principal_unpaid_minor=_numbers(rows.principal_unpaid_minor),
            late_weight=_numbers(rows.late_weight),
            late_from_on=_numbers(rows.late_from_on),
        ),
        principal_minor=_numbers(rows.principal_minor),
        interest_minor=_numbers(rows.interest_minor),
        fee_minor=_numbers(rows.fee_minor),
        drawn_on=_numbers(loans.drawn_on),
        terms_of=terms_of,
        figures=value_figures([(agreements[key].terms, agreements[key].policy) for key in keys]),
    )


def _payable_until(due_on: Integers, rolls: Flags) -> Integers:
    """Until when each due day can be paid, looked up once for each day there is."""
    days, places = np.unique(due_on, return_inverse=True)
    until = [payable_until(date.fromordinal(day), overrides=NOTHING_PUBLISHED).toordinal() for day in days.tolist()]
    return np.where(rolls, np.array(until, np.int64)[places], due_on)


def _numbers(column: bytes | None) -> Integers:
    return np.frombuffer(column or b"", ">i8").astype(np.int64)
