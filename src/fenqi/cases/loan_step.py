"""The steps of a worked loan case, each read as an event."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from fenqi.cases.day_close import close_day
from fenqi.cases.loan_input import BASES, FREQUENCIES, SOURCES, with_future_rule
from fenqi.cases.loan_play import BuyDownFee, LoanPlay, read_kind
from fenqi.cases.outcome import Unsupported
from fenqi.cases.reading import Json, choose, read_count, read_day, read_decimal, read_object, refuse_unknown
from fenqi.core.loan.component import Component
from fenqi.core.loan.event import (
    CashRefunded,
    Charged,
    ChargedBack,
    ChargedOff,
    CreditBalanceRefunded,
    Disbursed,
    DueDateMoved,
    InterestPaused,
    RateChanged,
    ReAged,
    ReAgeInterest,
    ReAmortised,
    Repaid,
    Reversed,
    Source,
)
from fenqi.core.loan.layout import down_payment
from fenqi.core.loan.payoff import quote_payoff
from fenqi.core.loan.state import Effect


def play_step(play: LoanPlay, step: Json) -> None:
    """Play one step.

    Raises: Unsupported for a step, a key or a value that is not known.
    """
    choose(_STEPS, step.get("do"), "step")(play, step)


def _day(play: LoanPlay, step: Json) -> date:
    return read_day(step["date"], "date") if step.get("date") else play.today


def _set_business_date(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "date"}, "set_business_date")
    play.today = read_day(step.get("date"), "date")
    play.has_business_date = True


def _create(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "date"}, "create_loan")
    play.stage = "submitted"


def _approve(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "date", "amount"}, "approve")
    play.stage = "approved"


def _disburse(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "date", "amount"}, "disburse")
    on, minor = _day(play, step), play.minor(step)
    held = play.state().overpaid_minor if play.has_drawn else 0
    play.add(Disbursed, on, amount_minor=minor)
    if play.case.auto_down_payment:
        rest = down_payment(play.case.agreement.terms, minor) - held
        if rest > 0:
            play.add(Repaid, on, amount_minor=rest, source=Source.DOWN_PAYMENT)


def _transaction(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "type", "channel", "date", "amount", "interest_refund"}, "transaction")
    on = _day(play, step)
    if step.get("type") == "REFUND_BY_CASH":
        play.add(CashRefunded, on, amount_minor=play.minor(step))
        return
    if step.get("type") == "INTEREST_REFUND":
        raise Unsupported("transaction type INTEREST_REFUND")
    play.add(
        Repaid,
        on,
        amount_minor=play.minor(step),
        source=choose(SOURCES, step.get("type"), "transaction type"),
        refunds_interest=bool(step.get("interest_refund")),
    )


def _pay_off(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "date", "channel"}, "payoff")
    on = _day(play, step)
    minor = quote_payoff(play.case.agreement, play.events, on=on)
    play.add(Repaid, on, amount_minor=minor, pays_off=True)


def _add_charge(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "charge", "kind", "due_date", "amount", "percent", "percent_of", "date"}, "add_charge")
    component = choose({"fee": Component.FEE, "penalty": Component.PENALTY}, step.get("kind"), "charge kind")
    due_on = read_day(step.get("due_date"), "due_date")
    if step.get("percent") is not None:
        share = read_decimal(step["percent"], "percent") / 100
        base = choose(BASES, step.get("percent_of"), "percent_of")
        play.add(Charged, play.today, component=component, due_on=due_on, share=share, base=base)
    else:
        play.add(Charged, play.today, component=component, due_on=due_on, amount_minor=play.minor(step))


def _undo(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "n", "made_on", "type", "on"}, str(step["do"]))
    made_on = read_day(step.get("made_on"), "made_on")
    kind = "Repayment" if step["do"] == "undo_nth_repayment" else step.get("type")
    what = read_kind(kind, "type") if kind else None
    found = [item for item in play.transactions() if item[0].on == made_on and (what is None or item[0].what == what)]
    _reverse(play, found, read_count(step.get("n"), "n"), step)


def _undo_re_age(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "on"}, "undo_re_age")
    found = [item for item in play.transactions() if item[0].what == "re_age" and not item[1]]
    _reverse(play, found, len(found), step)


def _reverse(play: LoanPlay, found: list[tuple[Effect, bool]], number: int, step: Json) -> None:
    if not 1 <= number <= len(found):
        raise Unsupported(f"there is no transaction {number} to undo")
    effect, was_undone = found[number - 1]
    if was_undone:
        raise Unsupported(f"transaction {number} is undone already")
    others = [other for other, gone in play.transactions() if other.event_id == effect.event_id and not gone]
    play.undone += others
    on = read_day(step["on"], "on") if step.get("on") else play.today
    play.add(Reversed, min(on, play.today), reverses=effect.event_id)


def _charge_back(play: LoanPlay, step: Json) -> None:
    refuse_unknown(
        step, {"do", "reason", "amount", "payment_nr", "down_payment_nr", "of_type", "nr", "date"}, "chargeback"
    )
    if step.get("of_type"):
        what, number = read_kind(step["of_type"], "of_type"), step.get("nr")
    elif step.get("down_payment_nr"):
        what, number = Source.DOWN_PAYMENT.value, step["down_payment_nr"]
    else:
        what, number = Source.CUSTOMER.value, step.get("payment_nr")
    found = [effect for effect, _ in play.transactions() if effect.what == what]
    place = read_count(number, "payment_nr")
    if not 1 <= place <= len(found):
        raise Unsupported(f"there is no payment {place} to charge back")
    play.add(ChargedBack, _day(play, step), payment_id=found[place - 1].event_id, amount_minor=play.minor(step))


def _refund_credit_balance(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "date", "amount"}, "credit_balance_refund")
    play.add(CreditBalanceRefunded, _day(play, step), amount_minor=play.minor(step))


def _charge_off(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "date", "reason"}, "charge_off")
    play.add(ChargedOff, _day(play, step))


def _re_amortise(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "date"}, "re_amortize")
    play.add(ReAmortised, _day(play, step))


def _re_age(play: LoanPlay, step: Json) -> None:
    known = {
        "do",
        "startDate",
        "numberOfInstallments",
        "frequencyNumber",
        "frequencyType",
        "reAgeInterestHandling",
        "date",
    }
    refuse_unknown(step, known, "re_age")
    handling = {
        None: ReAgeInterest.ANNUITY,
        "DEFAULT": ReAgeInterest.ANNUITY,
        "EQUAL_AMORTIZATION_FULL_INTEREST": ReAgeInterest.EQUAL_PARTS,
    }
    count = read_count(step.get("numberOfInstallments"), "numberOfInstallments")
    every = read_count(step.get("frequencyNumber") or 1, "frequencyNumber")
    read_count(count * every, "numberOfInstallments × frequencyNumber")
    play.add(
        ReAged,
        _day(play, step),
        start_on=read_day(step.get("startDate"), "startDate"),
        instalment_count=count,
        every=every,
        frequency=choose(FREQUENCIES, step.get("frequencyType"), "frequencyType"),
        interest=choose(handling, step.get("reAgeInterestHandling"), "reAgeInterestHandling"),
    )


def _reschedule(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "data"}, "reschedule")
    data = read_object(step.get("data"), "data")
    refuse_unknown(
        data, {"rescheduleFromDate", "submittedOnDate", "adjustedDueDate", "newInterestRate"} | _UNUSED, "data"
    )
    for key in _UNUSED:
        if data.get(key):
            raise Unsupported(f"reschedule {key}")
    from_on = read_day(data.get("rescheduleFromDate"), "rescheduleFromDate")
    submitted_on = read_day(data.get("submittedOnDate") or play.today.isoformat(), "submittedOnDate")
    if data.get("adjustedDueDate"):
        new_due_on = read_day(data["adjustedDueDate"], "adjustedDueDate")
        play.add(DueDateMoved, min(submitted_on, from_on), due_on=from_on, new_due_on=new_due_on)
    if data.get("newInterestRate"):
        rate = read_decimal(data["newInterestRate"], "newInterestRate") / 100
        play.add(RateChanged, min(from_on, play.today), rate_per_year=rate, from_on=from_on)


_UNUSED = frozenset({"graceOnPrincipal", "graceOnInterest", "extraTerms"})


def _pause(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "start", "end", "inclusive_both_ends"}, "interest_pause")
    start_on = read_day(step.get("start"), "start")
    play.add(InterestPaused, min(start_on, play.today), start_on=start_on, end_on=read_day(step.get("end"), "end"))


def _set_future_rule(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "transaction_type", "rule"}, "set_future_instalment_rule")
    agreement = play.case.agreement
    policy = with_future_rule(agreement.policy, step.get("transaction_type"), step.get("rule"))
    play.case = replace(play.case, agreement=replace(agreement, policy=policy))


def _buy_down(play: LoanPlay, step: Json) -> None:
    refuse_unknown(step, {"do", "date", "amount"}, "buy_down_fee")
    play.fees.append(BuyDownFee(_day(play, step), play.minor(step)))


_STEPS: dict[Any, Callable[[LoanPlay, Json], None]] = {
    "set_business_date": _set_business_date,
    "run_cob": close_day,
    "create_loan": _create,
    "approve": _approve,
    "disburse": _disburse,
    "transaction": _transaction,
    "payoff": _pay_off,
    "add_charge": _add_charge,
    "undo_nth_transaction": _undo,
    "undo_nth_repayment": _undo,
    "undo_re_age": _undo_re_age,
    "chargeback": _charge_back,
    "credit_balance_refund": _refund_credit_balance,
    "charge_off": _charge_off,
    "re_amortize": _re_amortise,
    "buy_down_fee": _buy_down,
    "re_age": _re_age,
    "reschedule": _reschedule,
    "interest_pause": _pause,
    "set_future_instalment_rule": _set_future_rule,
}
