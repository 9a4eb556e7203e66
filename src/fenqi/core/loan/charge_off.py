"""A write-off: the debt stands, the books hold nothing of it, and the plan may end or stop bearing interest."""

from datetime import date

from fenqi.core.loan.books import earned
from fenqi.core.loan.component import Component, Parts, add_parts
from fenqi.core.loan.event import ChargedOff
from fenqi.core.loan.interest import recompute
from fenqi.core.loan.layout import open_from
from fenqi.core.loan.policy import ChargeOffRule
from fenqi.core.loan.position import Position
from fenqi.core.loan.rate_line import NIGHT
from fenqi.core.loan.restructure import end_running
from fenqi.core.loan.state import Flow


def charge_off(position: Position, event: ChargedOff) -> None:
    """Write a loan off: all that is outstanding, future interest included; the books lose what they held of it.

    A loan is written off once.
    """
    if position.charged_off_on is not None:
        return
    rule = position.agreement.policy.charge_off
    if rule is ChargeOffRule.STOP_INTEREST:
        open_from(position, event.on)
        position.rates = position.rates.paused(event.on + NIGHT, date.max)
        recompute(position, event.on)
    elif rule is ChargeOffRule.ALL_DUE:
        open_from(position, event.on - NIGHT)
        end_running(position, event.on)
        recompute(position, event.on)
    parts = add_parts(row.left() for row in position.rows)
    held = _held(position, event.on)
    position.charged_off_on = event.on
    position.book(Flow.WRITTEN_OFF, held)
    position.record(event.event_id, event.on, "charge_off", parts.total, parts)


def _held(position: Position, on: date) -> Parts:
    """What the books hold of the loan on its last day in them; from then on nothing is earned any more."""
    position.book(Flow.EARNED, earned(position, on))
    ins, outs = (
        (Flow.DRAWN, Flow.EARNED),
        (Flow.PAID_BY_CUSTOMER, Flow.PAID_BY_MERCHANT, Flow.FORGIVEN),
    )
    return Parts(
        *(
            sum(position.flows[flow, component] for flow in ins) - sum(position.flows[flow, component] for flow in outs)
            for component in Component
        )
    )
