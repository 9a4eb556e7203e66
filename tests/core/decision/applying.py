"""Applications of every kind, and strategies to decide on them."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import strategies as st

from fenqi.core.decision.facts import Fact, Facts, facts_of_credit_record
from fenqi.core.decision.features import CreditRecord, MonthlyRecord, Standing
from fenqi.core.decision.graph_policy import graph_strategy
from fenqi.core.decision.law import decision_law
from fenqi.core.strategy.graph import read_graph
from fenqi.core.strategy.plan import plan_of
from fenqi.stores.shipped import load_rulepack

SHIPPED = (Path(__file__).parents[3] / "strategies" / "demo.jdm.json").read_bytes()
AT = datetime(2026, 11, 1, 2, 30, tzinfo=UTC)
LAWS = {kind: decision_law(load_rulepack(), lender_type=kind, on=date(2026, 11, 1)) for kind in ("microloan", "bank")}
STRATEGY = graph_strategy(plan_of(read_graph(SHIPPED)), name="demo")
AMOUNT = st.sampled_from([0, 1, 9_999, 10_000, 100_000, 599_900, 800_000, 3_000_000, 3_000_001, 20_000_000])
STATED = {
    "born_on": st.sampled_from(["1991-01-01", "2008-11-01", "2008-11-02"]),
    "student": st.sampled_from([False, False, False, True]),
    "purpose": st.sampled_from(["consumer_goods", "consumer_goods", "stocks", "securities"]),
    "exposure_minor": st.sampled_from([0, 0, 100_000, 20_000_000]),
    "order_minor": AMOUNT,
    "down_payment_minor": st.sampled_from([0, 0, 100_000]),
    "mobile_verified": st.sampled_from([True, True, True, False]),
    "three_elements": st.sampled_from(["match", "match", "match", "mismatch", "not_found", "unclear"]),
    "late_loans_count": st.sampled_from([0, 0, 0, 1]),
    "monthly_income_minor": AMOUNT,
    "monthly_debt_service_minor": st.sampled_from([0, 0, 100_000, 400_000, 400_001]),
    "lender_list_hit": st.sampled_from([False, False, False, True]),
    "orders_in_24h_count": st.sampled_from([0, 1, 5, 6]),
}


@st.composite
def applications(draw: st.DrawFn) -> Facts:
    left_out = draw(st.sets(st.sampled_from(sorted(STATED)), max_size=1))
    stated = [Fact(name, draw(values), "test", AT) for name, values in STATED.items() if name not in left_out]
    nothing = [Fact(name, None, "test", AT) for name in left_out if draw(st.booleans())]
    return Facts([*stated, *nothing, *facts_of_credit_record(draw(records()), source="bureau", observed_at=AT)])


def acceptable() -> Facts:
    """Somebody who has paid every bill and earns enough."""
    stated = {name: values.elements[0] for name, values in STATED.items() if values is not AMOUNT}
    stated |= {"order_minor": 599_900, "monthly_income_minor": 3_000_000, "monthly_debt_service_minor": 0}
    record = facts_of_credit_record(record_of(200_000, 0, Standing.PAID_IN_FULL), source="bureau", observed_at=AT)
    return Facts([*(Fact(name, value, "test", AT) for name, value in stated.items()), *record])


@st.composite
def records(draw: st.DrawFn) -> CreditRecord | None:
    if draw(st.integers(0, 9)) == 0:
        return None
    bill, late = draw(st.sampled_from([0, 200_000, 2_900_000])), draw(st.sampled_from([0, 0, 0, 1, 2]))
    standing = Standing.LATE if late else draw(st.sampled_from([Standing.PAID_IN_FULL, Standing.REVOLVING]))
    return record_of(bill, late, standing)


def record_of(bill_minor: int, months_late: int, standing: Standing) -> CreditRecord:
    """Three months alike."""
    paid_minor = 0 if months_late else bill_minor
    days = (date(2026, month, 1) for month in (8, 9, 10))
    months = tuple(MonthlyRecord(day, bill_minor, paid_minor, standing, months_late) for day in days)
    return CreditRecord(limit_minor=3_000_000, months=months)


def with_value(key: str, value: str) -> str:
    """The shipped strategy with another value."""
    read = json.loads(SHIPPED)
    for node in read["nodes"]:
        for one in node["content"].get("expressions", ()):
            if one["key"] == key:
                one["value"] = value
    return json.dumps(read)
