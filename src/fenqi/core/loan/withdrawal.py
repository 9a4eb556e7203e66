"""Withdrawing from a loan within its cooling-off term: until when, and what it undoes of the cost."""

from collections.abc import Mapping
from datetime import date, timedelta

from fenqi.core.dates.business_day import NOTHING_PUBLISHED, payable_until
from fenqi.core.loan.instalment import FEE, INTEREST, Instalment
from fenqi.core.loan.interest import recompute
from fenqi.core.loan.policy import Policy
from fenqi.core.loan.position import Position
from fenqi.core.loan.rate_line import RateLine
from fenqi.core.product.cooling_off import WithdrawalCost
from fenqi.core.refusal import Kind, Refusal


class WithdrawalNotAgreed(Refusal):
    """The agreement gives no right to withdraw."""

    code = "withdrawal_not_agreed"
    kind = Kind.RULE


class WithdrawalTimeOver(Refusal):
    """The cooling-off term has passed; the loan can still be paid off early."""

    code = "withdrawal_time_over"
    kind = Kind.RULE


def withdrawable_until(
    policy: Policy, *, drawn_on: date, calendar: Mapping[date, bool] = NOTHING_PUBLISHED
) -> date | None:
    """The last day on which the borrower may withdraw; None where the agreement gives no such right.

    The day of the draw-down does not count, and a last day that is not worked moves as a due day does.

    Source: 民法典 art. 201, 203.
    """
    if not policy.cooling_off.days:
        return None
    last = drawn_on + timedelta(days=policy.cooling_off.days)
    return payable_until(last, overrides=calendar) if policy.rolls_holidays else last


def require_withdrawable(policy: Policy, *, drawn_on: date, on: date) -> date:
    """The last day on which the borrower may withdraw, if that has not passed.

    Raises: WithdrawalNotAgreed, WithdrawalTimeOver.
    """
    until_on = withdrawable_until(policy, drawn_on=drawn_on)
    if until_on is None:
        raise WithdrawalNotAgreed(
            "the agreement gives no right to withdraw", allowed="paying the loan off early, without a penalty"
        )
    if on > until_on:
        raise WithdrawalTimeOver(
            f"a withdrawal on {on}", allowed=f"until {until_on}; afterwards paying the loan off early"
        )
    return until_on


def forgo_cost(position: Position, on: date) -> int:
    """Where the agreement says so, let a withdrawn loan have cost nothing; give what was paid of its cost.

    Interest ceases from the draw-down on, and flat fees not paid fall away; charges for lateness or enforcement stay.
    """
    if position.agreement.policy.cooling_off.cost is not WithdrawalCost.NONE:
        return 0
    position.rates = RateLine.constant(0)
    for row in position.regular:
        _cancel(row)
    recompute(position, on)
    return sum(row.paid[INTEREST] + min(row.paid[FEE], row.flat_fee) for row in position.regular)


def _cancel(row: Instalment) -> None:
    unpaid = max(row.flat_fee - row.paid[FEE], 0)
    row.due[FEE] -= unpaid
    row.flat_fee -= unpaid
    row.brought_interest = 0
    if row.fixed_interest is not None:
        row.fixed_interest = 0
