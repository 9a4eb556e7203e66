"""A loan is a fold over its events: the whole state follows from the agreement and what happened."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fenqi.core.dates.business_day import NOTHING_PUBLISHED
from fenqi.core.loan import fraud
from fenqi.core.loan.accrual import accrue_late, pause_late_charge, resume_late_charge
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.allocation import allocate, reopen
from fenqi.core.loan.charge import additional_row, attach, reassess
from fenqi.core.loan.charge_off import charge_off
from fenqi.core.loan.component import Component, Parts
from fenqi.core.loan.credit import charge_back, refund_credit_balance, refund_in_cash, use_overpaid
from fenqi.core.loan.event import (
    CashRefunded,
    Charged,
    ChargedBack,
    ChargedOff,
    CreditBalanceRefunded,
    Disbursed,
    DueDateMoved,
    Event,
    FraudCleared,
    FraudFlagged,
    InterestPaused,
    LateChargePaused,
    LateChargeResumed,
    RateChanged,
    ReAged,
    ReAmortised,
    Repaid,
    Reversed,
    Source,
    Waived,
    Withdrawn,
)
from fenqi.core.loan.instalment import Instalment
from fenqi.core.loan.interest import accrued, recompute
from fenqi.core.loan.layout import down_payment, lay_out, open_from, spread
from fenqi.core.loan.position import PAYER, Position
from fenqi.core.loan.rate_line import RateLine
from fenqi.core.loan.refund import cancel_fees, never_lent
from fenqi.core.loan.restructure import change_rate, move_due_date, pause_interest, re_age, re_amortise
from fenqi.core.loan.state import Draw, Flow, LoanState, RowKind
from fenqi.core.loan.view import view
from fenqi.core.loan.waiver import waive
from fenqi.core.loan.withdrawal import forgo_cost
from fenqi.core.refusal import Kind, Refusal


class NothingDrawn(Refusal):
    """An event needs instalments, and there are none before the first draw."""

    code = "nothing_drawn"
    kind = Kind.CONFLICT


def replay(
    agreement: Agreement, events: Iterable[Event], *, as_of: date, calendar: Mapping[date, bool] = NOTHING_PUBLISHED
) -> LoanState:
    """Play a loan's events in the order of day and entry, and give its state on a day.

    Events after the day have not happened yet; undone ones never happened. Derived amounts (late charges, interest
    on the dated balance, refunds of interest, write-offs) are computed here and stored nowhere. `calendar` holds the
    working days published since the table that ships.

    Raises: NothingDrawn if money moves before anything is drawn.
    """
    position = _fold(agreement, effective(events, as_of=as_of), calendar)
    if position.start_on is None:
        return view(position, as_of)
    _look_from(position, as_of)
    state = view(position, as_of)
    if not state.outstanding.total:
        return state
    return replace(state, payoff_minor=_payoff(position, as_of))


def effective(events: Iterable[Event], *, as_of: date) -> list[Event]:
    """The events that count on a day, in the order in which they apply."""
    known = list(events)
    undone = _undone(event for event in known if isinstance(event, Reversed))
    return sorted(
        (
            event
            for event in known
            if event.on <= as_of and event.event_id not in undone and not isinstance(event, Reversed)
        ),
        key=lambda event: (event.on, event.seq),
    )


def _undone(reversals: Iterable[Reversed]) -> set[str]:
    """What was undone and stayed so: undoing a reversal brings back what it had undone."""
    undone = set[str]()
    for reversal in sorted(reversals, key=lambda event: event.seq, reverse=True):
        if reversal.event_id not in undone:
            undone.add(reversal.reverses)
    return undone


def _fold(agreement: Agreement, events: Sequence[Event], calendar: Mapping[date, bool]) -> Position:
    position = Position(agreement, RateLine.constant(agreement.terms.rate_scaled), calendar=calendar)
    position.pending = [event for event in events if isinstance(event, Charged)]
    position.waits_for_re_age = any(isinstance(event, ReAged) for event in events)
    for number, event in enumerate(events):
        if isinstance(event, Repaid) and event.refunds_interest:
            _refund_with_interest(position, event, events[:number])
        else:
            _play(position, event)
    return position


def _play(position: Position, event: Event) -> None:
    if not isinstance(event, Disbursed | Charged | RateChanged | InterestPaused) and position.start_on is None:
        raise NothingDrawn(f"{type(event).__name__} on {event.on}", allowed="after the first draw")
    if position.start_on is not None:
        _look_from(position, event.on)
    _PLAYS[type(event)](position, event)
    reopen(position)
    if position.overpaid_minor and any(row.outstanding for row in position.rows):
        use_overpaid(position, event.on)


def _look_from(position: Position, on: date) -> None:
    """Bring what depends on the passing of time up to a day."""
    accrue_late(position, on)
    if position.recalculates:
        recompute(position, on)


def _payoff(position: Position, on: date) -> int:
    """What closes the loan; the position is spent by the trial."""
    plenty = 2 * sum(row.outstanding for row in position.rows) + 1
    _, left = allocate(position, plenty, on=on, source=Source.CUSTOMER, pays_off=True)
    return plenty - left


def _disburse(position: Position, event: Disbursed) -> None:
    first = position.start_on is None
    if first:
        lay_out(position, event.on)
    at_once = down_payment(position.agreement.terms, event.amount_minor)
    if at_once:
        position.insert(
            Instalment(
                kind=RowKind.DOWN_PAYMENT, from_on=event.on, due_on=event.on, due=[at_once, 0, 0, 0], pinned=True
            )
        )
    _lend(position, event.on, event.amount_minor - at_once)
    position.draws.append(Draw(on=event.on, amount_minor=event.amount_minor, at_once_minor=at_once))
    position.book(Flow.DRAWN, Parts(event.amount_minor))
    if first:
        _attach_pending(position)
    reassess(position)
    reopen(position)
    used = use_overpaid(position, event.on)
    position.record(event.event_id, event.on, "disbursement", event.amount_minor, Parts(), used.total)


def _lend(position: Position, on: date, minor: int) -> None:
    rows = open_from(position, on)
    if not rows:
        row = additional_row(position, on)
        row.due[Component.PRINCIPAL] += minor
        return
    for row in rows:
        row.pinned = row.sealed
    position.lent_minor += minor
    position.move(on, minor)
    spread(position, rows, on)


def _attach_pending(position: Position) -> None:
    """Attach what was charged at any time; what falls due after a plan that will be re-aged waits for that."""
    matures_on = position.maturity_on
    waiting = [charge for charge in position.pending if position.waits_for_re_age and charge.due_on > matures_on]
    attach(position, [charge for charge in position.pending if charge not in waiting])
    position.pending = waiting


def _repay(position: Position, event: Repaid) -> None:
    if event.source in (Source.MERCHANT_REFUND, Source.PAYOUT_REFUND):
        cancel_fees(position, event.amount_minor, event.on)
    discharge(position, event.event_id, event.on, event.amount_minor, event.source, pays_off=event.pays_off)


def _withdraw(position: Position, event: Withdrawn) -> None:
    """Take the loan back; where the days cost nothing, what was paid of their cost discharges principal.

    What of it no principal can take is the borrower's.
    """
    given_back = forgo_cost(position, event.on)
    paid = event.amount_minor
    discharge(position, event.event_id, event.on, paid, Source.CUSTOMER, pays_off=True, what="withdrawn")
    if given_back:
        discharge(position, event.event_id, event.on, given_back, Source.INTEREST_REFUND, what="cost_given_back")


def discharge(
    position: Position,
    event_id: str,
    on: date,
    amount_minor: int,
    source: Source,
    *,
    pays_off: bool = False,
    what: str = "",
) -> None:
    """Let money discharge dues and keep what is too much for the borrower."""
    parts, left = allocate(position, amount_minor, on=on, source=source, pays_off=pays_off)
    position.overpaid_minor += left
    paid, overpaid = PAYER[source]
    if position.charged_off_on is None:
        position.book(paid, parts)
    elif paid is not Flow.FORGIVEN:
        position.book(Flow.RECOVERED, parts)
    position.book(overpaid, Parts(left))
    position.record(event_id, on, what or source.value, amount_minor, parts, left)


def _refund_with_interest(position: Position, event: Repaid, before: Sequence[Event]) -> None:
    """Apply a refund, then give back the interest that its amount has cost up to that day."""
    _look_from(position, event.on)
    cost = sum(minor for _, minor in accrued(position, event.on, as_of=event.on))
    without = _fold(position.agreement, never_lent(before, event), position.calendar)
    if without.start_on is not None:
        _look_from(without, event.on)
        cost -= sum(minor for _, minor in accrued(without, event.on, as_of=event.on))
    _play(position, event)
    if cost > 0:
        discharge(position, event.event_id, event.on, cost, Source.INTEREST_REFUND)


def _note_charge(position: Position, event: Charged) -> None:
    what = event.component.name.lower()
    minor = next((a.amount_minor for a in position.charges if a.charge is event), event.amount_minor)
    position.record(event.event_id, event.on, what, minor, Parts())


_PLAYS: dict[type[Event], Callable[[Position, Any], None]] = {
    Disbursed: _disburse,
    Repaid: _repay,
    Withdrawn: _withdraw,
    CashRefunded: refund_in_cash,
    CreditBalanceRefunded: refund_credit_balance,
    ChargedBack: charge_back,
    Charged: _note_charge,
    Waived: waive,
    ChargedOff: charge_off,
    RateChanged: change_rate,
    DueDateMoved: move_due_date,
    InterestPaused: pause_interest,
    LateChargePaused: pause_late_charge,
    LateChargeResumed: resume_late_charge,
    FraudFlagged: fraud.flag,
    FraudCleared: fraud.clear,
    ReAged: re_age,
    ReAmortised: re_amortise,
}
