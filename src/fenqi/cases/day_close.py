"""Closing a day in a worked case: penalties on what is overdue, and the day's part of a buy-down fee."""

from datetime import date, timedelta
from decimal import Decimal

from fenqi.cases.loan_play import BuyDownFee, LoanPlay
from fenqi.cases.reading import Json, refuse_unknown
from fenqi.core.loan.component import Component, Parts
from fenqi.core.loan.event import ChargeBase, Charged
from fenqi.core.loan.state import Effect, RowKind
from fenqi.core.loan.subsidy import amortised
from fenqi.core.money.amount import round_minor


def close_day(play: LoanPlay, step: Json) -> None:
    """Close the day before the business date: charge what is overdue, and earn the day's part of a buy-down fee."""
    refuse_unknown(step, {"do"}, "run_cob")
    charge = play.case.overdue_charge
    if charge:
        for row in play.state().rows:
            if row.due_on < play.today and row.due_on not in play.charged_overdue and row.outstanding.total:
                play.charged_overdue.add(row.due_on)
                _charge_overdue(play, row.due_on, row.outstanding, charge.share, charge.base)
    for fee in play.fees:
        _earn(play, fee)


def _charge_overdue(play: LoanPlay, due_on: date, owed: Parts, share: Decimal, base: ChargeBase) -> None:
    whole = {
        ChargeBase.PRINCIPAL: owed.principal,
        ChargeBase.INTEREST: owed.interest,
        ChargeBase.PRINCIPAL_AND_INTEREST: owed.principal + owed.interest,
    }[base]
    minor = round_minor(share * whole, play.case.agreement.terms.rounding)
    if minor:
        play.add(Charged, play.today, component=Component.PENALTY, due_on=due_on, amount_minor=minor)


def _earn(play: LoanPlay, fee: BuyDownFee) -> None:
    """Earn the part of the day that closes: the difference of two rounded sums."""
    matures_on = max(row.due_on for row in play.state().rows if row.kind is RowKind.REGULAR)
    on, days = play.today - timedelta(days=1), (matures_on - fee.on).days
    number = (on - fee.on).days + 1
    if not 1 <= number <= days or any(effect.on == on for effect in play.earned_fees):
        return
    rounding = play.case.agreement.terms.rounding
    until, before = (amortised(fee.amount_minor, day, days, rounding) for day in (number, number - 1))
    play.earned_fees.append(
        Effect(
            event_id=f"earned-{on}",
            on=on,
            what="buy_down_fee_amortisation",
            amount_minor=until - before,
            parts=Parts(),
            overpaid_minor=0,
            balance_minor=0,
        )
    )
