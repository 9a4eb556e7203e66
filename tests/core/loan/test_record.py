"""What is stored of a loan reads back as it was."""

import json
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from fenqi.core.loan.agreement import Agreement
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
    ReAmortised,
    Repaid,
    Reversed,
    Source,
    Waived,
)
from fenqi.core.loan.policy import Policy
from fenqi.core.loan.record import (
    EventName,
    RecordUnreadable,
    agreement_from_record,
    agreement_to_record,
    event_from_record,
    event_to_record,
)
from fenqi.core.product.terms import Method, Terms

DAY = date(2026, 1, 31)
COMMON = {"event_id": "e1", "on": DAY, "seq": 1}
EVENTS = [
    Disbursed(**COMMON, amount_minor=599900),
    Repaid(**COMMON, amount_minor=1, source=Source.MERCHANT_REFUND, refunds_interest=True),
    CashRefunded(**COMMON, amount_minor=1),
    CreditBalanceRefunded(**COMMON, amount_minor=1),
    ChargedBack(**COMMON, payment_id="e0", amount_minor=1),
    Charged(**COMMON, component=Component.FEE, due_on=DAY, share=Decimal("0.1")),
    Waived(**COMMON, component=Component.PENALTY, amount_minor=1),
    ChargedOff(**COMMON),
    RateChanged(**COMMON, rate_per_year=Decimal("0.04"), from_on=DAY),
    DueDateMoved(**COMMON, due_on=DAY, new_due_on=DAY),
    InterestPaused(**COMMON, start_on=DAY, end_on=DAY),
    ReAged(**COMMON, start_on=DAY, instalment_count=6),
    ReAmortised(**COMMON),
    Reversed(**COMMON, reverses="e0"),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_reads_back_as_it_was_recorded(event):
    assert event_from_record(json.loads(json.dumps(event_to_record(event)))) == event


def test_an_agreement_reads_back_as_it_was_recorded():
    agreement = Agreement(
        terms=Terms(method=Method.FLAT_FEE, rate_per_year=Decimal("0.12"), instalment_count=12),
        currency="CNY",
        limit_minor=599900,
        signed_on=DAY,
        policy=Policy(late_rate_per_day=Decimal("0.0005")),
    )
    assert agreement_from_record(json.loads(json.dumps(agreement_to_record(agreement)))) == agreement


@pytest.mark.parametrize(
    "change", [{"version": 2}, {"event": "forgotten"}, {"on": "31 January"}, {"amount_minor": None}, {"seq": []}]
)
def test_a_record_that_cannot_be_read_is_refused(change):
    with pytest.raises(RecordUnreadable):
        event_from_record(event_to_record(EVENTS[0]) | change)


def test_a_record_that_lacks_a_field_is_refused():
    record = event_to_record(EVENTS[0])
    del record["amount_minor"]
    with pytest.raises(RecordUnreadable):
        event_from_record(record)


def test_every_kind_of_event_has_its_name():
    with pytest.raises(RecordUnreadable) as refused:
        event_from_record({"version": 1, "event": "unheard_of"})
    assert refused.value.allowed == ", ".join(get_args(EventName))
