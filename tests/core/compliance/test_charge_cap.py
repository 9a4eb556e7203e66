"""What staff charge beyond the plan: named by the agreement, no more than it leaves, and within the ceiling."""

from datetime import date
from decimal import Decimal

import pytest

from fenqi.core.compliance.charge_cap import require_charged_within_cap
from fenqi.core.loan.agreed_charge import ChargeDayOutOfRange, ChargeNotAgreed, agreed_charge
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.component import Component
from fenqi.core.loan.event import Charged, Disbursed, Event
from fenqi.core.loan.policy import Policy
from fenqi.core.loan.replay import replay
from fenqi.core.loan.state import LoanState
from fenqi.core.product.capped import CostAboveCeiling
from fenqi.core.product.terms import Method, Terms
from fenqi.core.rulepack.ceiling import CostCeiling
from fenqi.core.rulepack.dated import Standing

START = date(2026, 3, 2)
TERMS = Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal("0.18"), instalment_count=12)
POLICY = Policy(fee_minor_max=5_000, penalty_minor_max=800)
AGREEMENT = Agreement(terms=TERMS, currency="CNY", limit_minor=100_000, signed_on=START, policy=POLICY)
CEILING = CostCeiling(
    percent=Decimal(24),
    measure="irr_nominal",
    source="the ceiling",
    standing=Standing.TEXT,
    lender_type="microloan",
    on=START,
)


def state(*fees: int) -> LoanState:
    events: list[Event] = [Disbursed(event_id="0", on=START, seq=1, amount_minor=100_000)]
    for seq, minor in enumerate(fees, 2):
        due_on = date(2026, 6, 2)
        events.append(
            Charged(event_id=str(seq), on=START, seq=seq, component=Component.FEE, due_on=due_on, amount_minor=minor)
        )
    return replay(AGREEMENT, events, as_of=date(2026, 5, 1))


def charge(component: Component, minor: int, *, policy: Policy = POLICY, due_on: date = date(2026, 6, 2)) -> Charged:
    return agreed_charge(
        policy, state(1_200), component=component, amount_minor=minor, on=date(2026, 5, 1), due_on=due_on
    )


def test_what_is_left_of_the_agreed_may_be_charged():
    assert charge(Component.FEE, 3_800).amount_minor == 3_800
    assert charge(Component.PENALTY, 800).component is Component.PENALTY


@pytest.mark.parametrize(
    ("component", "minor", "policy"),
    [(Component.FEE, 3_801, POLICY), (Component.PENALTY, 801, POLICY), (Component.FEE, 1, Policy())],
)
def test_more_or_what_nobody_disclosed_is_refused_with_its_source(component: Component, minor: int, policy: Policy):
    with pytest.raises(ChargeNotAgreed) as refused:
        charge(component, minor, policy=policy)
    assert "金规〔2026〕2号" in refused.value.source


@pytest.mark.parametrize("due_on", [date(2026, 4, 30), date(2027, 6, 1)])
def test_it_falls_due_from_its_day_on_and_within_a_year(due_on: date):
    with pytest.raises(ChargeDayOutOfRange):
        charge(Component.FEE, 100, due_on=due_on)


def test_the_whole_cost_stays_within_the_ceiling():
    """At 2 % a month eleven payments of 91.68, one of 91.66 and 32.33 in the third are worth 999.997 of 1,000.00 lent.

    A cent more in the third month makes it 1,000.006.
    """
    require_charged_within_cap(state(3_233), TERMS, ceiling=CEILING)
    with pytest.raises(CostAboveCeiling):
        require_charged_within_cap(state(3_234), TERMS, ceiling=CEILING)
