"""A fee or penalty that staff charge on top of the plan: only what the agreement names, and no more of it in all."""

from datetime import date, timedelta

from fenqi.core.loan.component import Component
from fenqi.core.loan.event import Charged
from fenqi.core.loan.policy import Policy
from fenqi.core.loan.state import LoanState
from fenqi.core.refusal import Kind, Refusal

UNDISCLOSED = "个人贷款业务明示综合融资成本规定（金规〔2026〕2号）; 民法典 art. 496"
DUE_WITHIN = timedelta(days=366)


class ChargeNotAgreed(Refusal):
    """The agreement names no such charge, or less of it: what was not disclosed is not charged."""

    code = "charge_not_agreed"
    kind = Kind.RULE


class ChargeDayOutOfRange(Refusal):
    """A charge falls due on the day from which it counts or within a year of it."""

    code = "charge_day_out_of_range"


def agreed_charge(
    policy: Policy, state: LoanState, *, component: Component, amount_minor: int, on: date, due_on: date
) -> Charged:
    """The event of a charge, if the agreement leaves room for it beside those made before and not waived.

    Units: minor.
    Raises: ChargeNotAgreed, ChargeDayOutOfRange.
    """
    most = {Component.FEE: policy.fee_minor_max, Component.PENALTY: policy.penalty_minor_max}.get(component, 0)
    made = sum(each.amount_minor - each.waived_minor for each in state.charges if each.component is component)
    name = component.name.lower()
    if not 0 < amount_minor <= most - made:
        raise ChargeNotAgreed(
            f"a {name} of {amount_minor} beside {made} made before",
            allowed=f"1 to {most - made}" if most > made else f"no {name} beyond the plan and the late charge",
            source=UNDISCLOSED,
        )
    if not on <= due_on <= on + DUE_WITHIN:
        raise ChargeDayOutOfRange(f"a charge of {on} due {due_on}", allowed=f"{on} to {on + DUE_WITHIN}")
    return Charged(event_id="", on=on, seq=0, component=component, due_on=due_on, amount_minor=amount_minor)
