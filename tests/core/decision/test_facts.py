"""Facts and the credit record among them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.decision.facts import Fact, Facts, credit_record_of, facts_of_credit_record
from fenqi.core.decision.features import CreditRecord, MonthlyRecord, Standing

AT = datetime(2026, 11, 1, tzinfo=UTC)
MONEY = st.integers(-(10**9), 10**9)
MONTHS = st.builds(
    MonthlyRecord,
    month=st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    bill_minor=MONEY,
    paid_minor=MONEY,
    standing=st.sampled_from(Standing),
    months_late=st.integers(0, 8),
)


@given(st.builds(CreditRecord, limit_minor=MONEY, months=st.lists(MONTHS, min_size=1, max_size=3).map(tuple)))
def test_a_credit_record_spelt_out_as_facts_can_be_put_together_again(record: CreditRecord):
    facts = Facts(facts_of_credit_record(record, source="bureau", observed_at=AT))
    assert credit_record_of(facts) == record
    assert facts["months_late_now"] == record.months[-1].months_late


def test_only_the_latest_three_months_become_facts():
    months = tuple(MonthlyRecord(date(2026, month, 1), month, 0, Standing.REVOLVING) for month in range(1, 6))
    facts = Facts(facts_of_credit_record(CreditRecord(100, months), source="bureau", observed_at=AT))
    rebuilt = credit_record_of(facts)
    assert rebuilt is not None
    assert rebuilt.months == months[-3:]


def test_no_record_is_a_fact_too():
    facts = Facts(facts_of_credit_record(None, source="bureau", observed_at=AT))
    assert facts["credit_record_found"] is False
    assert credit_record_of(facts) is None


def test_an_unanswered_fact_counts_as_missing():
    facts = Facts((Fact("student", None, "register", AT), Fact("order_minor", 1, "merchant", AT)))
    assert facts.missing(("student", "order_minor", "born_on")) == ("student", "born_on")


def test_a_truth_value_is_no_number():
    assert Facts((Fact("student", True, "customer", AT),)).number("student") is None


def test_two_facts_of_one_name_are_refused():
    with pytest.raises(ValueError, match="share a name"):
        Facts((Fact("student", True, "customer", AT), Fact("student", False, "register", AT)))
