"""Loans and what can happen to them, for properties to draw from."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.component import Component
from fenqi.core.loan.event import (
    CashRefunded,
    ChargeBase,
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
    Waived,
)
from fenqi.core.loan.policy import (
    COSTS_FIRST,
    PRINCIPAL_FIRST,
    AllocationRule,
    ChargeOffRule,
    EarlyInterest,
    FutureRule,
    Policy,
    Recalculation,
)
from fenqi.core.product.terms import DayCount, Frequency, Method, MonthEnd, Rounding, Terms

START = date(2026, 1, 31)
HORIZON = 500


def terms(method, free, **values):
    """Terms of any kind; only a loan of several instalments is interest-free in part."""
    return Terms(method=method, interest_free_count=0 if method is Method.SINGLE_PAYMENT else free, **values)


def plain(agreed):
    """The terms as a plan can be quoted: all is drawn, and no instalment is fitted to the others."""
    return replace(agreed, levels_last=False, down_payment_share=Decimal(0), instalment_multiple_minor=1)


TERMS = st.builds(
    terms,
    method=st.sampled_from(Method),
    rate_per_year=st.integers(0, 2400).map(lambda basis_points: Decimal(basis_points) / 10000),
    instalment_count=st.integers(1, 12),
    frequency=st.sampled_from(Frequency),
    day_count=st.sampled_from([DayCount.THIRTY_360, DayCount.ACTUAL_365, DayCount.ACTUAL_ACTUAL]),
    month_end=st.sampled_from(MonthEnd),
    rounding=st.sampled_from(Rounding),
    free=st.sampled_from([0, 0, 1]),
    levels_last=st.booleans(),
    instalment_multiple_minor=st.sampled_from([1, 1, 100]),
    down_payment_share=st.sampled_from([Decimal(0), Decimal(0), Decimal("0.25")]),
)
FUTURE_RULES = st.builds(AllocationRule, future=st.sampled_from(FutureRule))
POLICIES = st.builds(
    Policy,
    default=FUTURE_RULES,
    chargeback_order=st.sampled_from([(), PRINCIPAL_FIRST, COSTS_FIRST]),
    factor_digits=st.sampled_from([0, 0, 12]),
    recalculation=st.sampled_from(Recalculation),
    vertical=st.booleans(),
    early_interest=st.sampled_from(EarlyInterest),
    charge_off=st.sampled_from(ChargeOffRule),
    late_rate_per_day=st.sampled_from([Decimal(0), Decimal("0.0005")]),
)
AGREEMENTS = st.builds(
    Agreement,
    terms=TERMS,
    currency=st.just("CNY"),
    limit_minor=st.just(10_000_000),
    signed_on=st.just(START),
    policy=POLICIES,
)
DAYS = st.integers(0, HORIZON).map(lambda days: START + timedelta(days=days))
MINOR = st.integers(1, 400_000)
MONEY = st.one_of(
    st.builds(
        lambda on, minor, source: (Repaid, on, {"amount_minor": minor, "source": source}),
        DAYS,
        MINOR,
        st.sampled_from([Source.CUSTOMER, *Source]),
    ),
    st.builds(
        lambda on, minor: (
            Repaid,
            on,
            {"amount_minor": minor, "source": Source.MERCHANT_REFUND, "refunds_interest": True},
        ),
        DAYS,
        MINOR,
    ),
    st.builds(lambda on, minor: (Disbursed, on, {"amount_minor": minor}), DAYS, MINOR),
    st.builds(
        lambda on, minor, component, due_on: (
            Charged,
            on,
            {"amount_minor": minor, "component": component, "due_on": due_on},
        ),
        DAYS,
        st.integers(1, 5000),
        st.sampled_from([Component.FEE, Component.PENALTY]),
        DAYS,
    ),
    st.builds(
        lambda on, minor, component: (Waived, on, {"amount_minor": minor, "component": component}),
        DAYS,
        st.integers(1, 5000),
        st.sampled_from(Component),
    ),
    st.builds(lambda on, minor: (CreditBalanceRefunded, on, {"amount_minor": minor}), DAYS, st.integers(1, 5000)),
    st.builds(lambda on, minor: (CashRefunded, on, {"amount_minor": minor}), DAYS, st.integers(1, 5000)),
)
RARE = st.one_of(
    st.builds(lambda on: (ChargedOff, on, {}), DAYS),
    st.builds(
        lambda on, rate: (RateChanged, on, {"rate_per_year": Decimal(rate) / 100, "from_on": on}),
        DAYS,
        st.integers(0, 24),
    ),
    st.builds(
        lambda on, days: (InterestPaused, on, {"start_on": on, "end_on": on + timedelta(days=days)}),
        DAYS,
        st.integers(0, 40),
    ),
    st.builds(
        lambda on, share, base, due_on: (
            Charged,
            on,
            {"component": Component.FEE, "due_on": due_on, "share": share, "base": base},
        ),
        DAYS,
        st.sampled_from([Decimal("0.01"), Decimal("0.1")]),
        st.sampled_from(ChargeBase),
        DAYS,
    ),
    st.builds(lambda on, payment: (Reversed, on, {"reverses": str(payment)}), DAYS, st.integers(1, 7)),
    st.builds(lambda on: (ReAmortised, on, {}), DAYS),
    st.builds(
        lambda on, count: (ReAged, on, {"start_on": on + timedelta(days=20), "instalment_count": count}),
        DAYS,
        st.integers(1, 6),
    ),
    st.builds(
        lambda on, payment, minor: (ChargedBack, on, {"payment_id": str(payment), "amount_minor": minor}),
        DAYS,
        st.integers(1, 7),
        st.integers(1, 50_000),
    ),
    st.builds(
        lambda on, place, days: (
            DueDateMoved,
            on,
            {"due_on": START + timedelta(days=30 * place), "new_due_on": START + timedelta(days=30 * place + days)},
        ),
        DAYS,
        st.integers(1, 6),
        st.integers(1, 40),
    ),
    st.builds(
        lambda on, count: (
            ReAged,
            on,
            {"start_on": on + timedelta(days=20), "instalment_count": count, "interest": ReAgeInterest.EQUAL_PARTS},
        ),
        DAYS,
        st.integers(1, 6),
    ),
)


@st.composite
def histories(draw, *, rare=True):
    """An agreement and its events, the first of which is a draw."""
    agreement = draw(AGREEMENTS)
    happened = draw(st.lists(MONEY, max_size=7))
    if rare:
        happened += draw(st.lists(RARE, max_size=2))
    events = [Disbursed(event_id="0", on=START, seq=0, amount_minor=draw(st.integers(100, 2_000_000)))]
    for number, (kind, on, values) in enumerate(happened, 1):
        events.append(kind(event_id=str(number), on=on, seq=number, **values))
    return agreement, events
