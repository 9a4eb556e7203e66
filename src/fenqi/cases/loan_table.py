"""A loan as the tables of a worked case show it."""

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context
from typing import Any

from fenqi.cases.loan_play import LoanPlay
from fenqi.core.dates.day_count import Period, measure
from fenqi.core.loan.component import Component
from fenqi.core.loan.event import RateChanged
from fenqi.core.loan.state import Draw, Effect, InstalmentState, LoanState, draws_above
from fenqi.core.product.terms import RATE_DECIMALS

Row = dict[str, Any]
"""Amounts are whole minor units, days are dates."""

_WITHOUT_BALANCE = ("charge_off", "re_age", "re_amortise", "buy_down_fee", "buy_down_fee_amortisation")
_FACTOR_DIGITS = Context(prec=12, rounding=ROUND_HALF_EVEN)


def schedule_rows(play: LoanPlay, state: LoanState) -> list[Row]:
    """The instalments with the draws among them; on one day the instalment, the draw and then its down payment."""
    rows: list[Row] = []
    shown = 0
    draws = draws_above(state.draws, [(row.kind, row.from_on, row.due_on) for row in state.rows])
    for row, above in zip(state.rows, draws, strict=True):
        rows += [_draw_row(draw) for draw in state.draws[shown:above]]
        rows.append(_instalment_row(play, state, row))
        shown = above
    return rows + [_draw_row(draw) for draw in state.draws[shown:]]


def _draw_row(draw: Draw) -> Row:
    nothing = dict.fromkeys(("principal", "interest", "fee", "penalty", "due", "paid", "in_advance", "late"), 0)
    return {
        "row_kind": "disbursement",
        "due_date": draw.on,
        "balance": draw.amount_minor,
        "outstanding": 0,
        **nothing,
    }


def _instalment_row(play: LoanPlay, state: LoanState, row: InstalmentState) -> Row:
    drawn_today = 0
    if play.case.agreement.periods:
        drawn_today = sum(draw.amount_minor for draw in state.draws if draw.on == row.due_on)
    return {
        "row_kind": "instalment",
        "nr": row.number,
        "days": row.days,
        "from_date": row.from_on,
        "due_date": row.due_on,
        "paid_date": row.paid_on,
        "balance": row.balance_minor + drawn_today,
        "principal": row.due.principal,
        "interest": row.due.interest,
        "fee": row.due.fee,
        "penalty": row.due.penalty,
        "emi": row.due.principal + row.due.interest,
        "due": row.due.total,
        "paid": row.paid.total,
        "in_advance": row.paid_in_advance_minor,
        "late": row.paid_late_minor,
        "outstanding": row.outstanding.total,
        "rate_factor": _rate_factor(play, state, row),
    }


def _rate_factor(play: LoanPlay, state: LoanState, row: InstalmentState) -> Any:
    """The interest per unit of balance of the last stretch of a period, in twelve significant digits."""
    if not play.case.agreement.periods:
        return None
    terms = play.case.agreement.terms
    period = next((period for period in play.case.agreement.periods if period.due_on == row.due_on), None)
    if period is None:
        return None
    cuts = [draw.on for draw in state.draws]
    cuts += [event.from_on - timedelta(days=1) for event in play.events if isinstance(event, RateChanged)]
    from_on = max((cut for cut in cuts if row.from_on < cut < row.due_on), default=row.from_on)
    weights = measure(Period(row.from_on, row.due_on, period.months), terms.day_count)
    rate = _rate_on(play, row.due_on)
    scaled = _FACTOR_DIGITS.create_decimal(weights.weight(from_on, row.due_on) * rate)
    return _FACTOR_DIGITS.divide(scaled, _FACTOR_DIGITS.create_decimal(weights.per_year)).scaleb(-RATE_DECIMALS)


def _rate_on(play: LoanPlay, day: date) -> int:
    rate = play.case.agreement.terms.rate_scaled
    for event in play.events:
        if isinstance(event, RateChanged) and event.from_on <= day:
            rate = int(event.rate_per_year.scaleb(RATE_DECIMALS))
    return rate


def totals_row(state: LoanState) -> Row:
    """The sums of the instalments."""
    due = [sum(row.due[component] for row in state.rows) for component in Component]
    return {
        **{component.name.lower(): due[component] for component in Component},
        "due": sum(due),
        "paid": sum(row.paid.total for row in state.rows),
        "in_advance": sum(row.paid_in_advance_minor for row in state.rows),
        "late": sum(row.paid_late_minor for row in state.rows),
        "outstanding": state.outstanding.total,
    }


def transaction_rows(play: LoanPlay) -> list[Row]:
    """The transactions; an undone one stays with its old parts."""
    return [_transaction_row(effect, reverted=reverted) for effect, reverted in play.transactions()]


def _transaction_row(effect: Effect, *, reverted: bool) -> Row:
    return {
        "date": effect.on,
        "type": effect.what,
        "amount": effect.amount_minor,
        "principal": effect.parts.principal,
        "interest": effect.parts.interest,
        "fee": effect.parts.fee,
        "penalty": effect.parts.penalty,
        "loan_balance": 0 if effect.what in _WITHOUT_BALANCE else effect.balance_minor,
        "overpayment": effect.overpaid_minor,
        "reverted": reverted,
    }


def charge_rows(state: LoanState) -> list[Row]:
    """The fees and penalties with what was paid of each."""
    return [
        {
            "isPenalty": charge.component is Component.PENALTY,
            "Due as of": charge.due_on,
            "Due": charge.amount_minor,
            "Paid": charge.paid_minor,
            "Waived": charge.waived_minor,
            "Outstanding": charge.outstanding_minor,
        }
        for charge in state.charges
    ]
