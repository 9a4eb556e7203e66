"""The shipped graph judges as the list of rules does: outcome, rules, reasons and limit are the same."""

from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.decision.facts import Fact, Facts, facts_of_credit_record
from fenqi.core.decision.features import CreditRecord, MonthlyRecord, Standing
from fenqi.core.decision.graph_policy import evaluate, graph_strategy
from fenqi.core.decision.law import decision_law
from fenqi.core.decision.outcome import Outcome, decide
from fenqi.core.decision.reason import REASONS
from fenqi.core.strategy.graph import read_graph
from fenqi.core.strategy.plan import plan_of
from fenqi.stores.model import load_scorecard
from fenqi.stores.shipped import load_rulepack
from fenqi.stores.shipped_catalogue import load_catalogue
from fenqi.stores.shipped_text import load_strategy

AT = datetime(2026, 11, 1, 2, 30, tzinfo=UTC)
LAWS = {kind: decision_law(load_rulepack(), lender_type=kind, on=date(2026, 11, 1)) for kind in ("microloan", "bank")}
STRATEGY = graph_strategy(
    plan_of(read_graph((Path(__file__).parents[3] / "strategies" / "demo.jdm.json").read_bytes())), name="demo"
)
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


@st.composite
def records(draw: st.DrawFn) -> CreditRecord | None:
    if draw(st.integers(0, 9)) == 0:
        return None
    bill, late = draw(st.sampled_from([0, 200_000, 2_900_000])), draw(st.sampled_from([0, 0, 0, 1, 2]))
    standing = Standing.LATE if late else draw(st.sampled_from([Standing.PAID_IN_FULL, Standing.REVOLVING]))
    months = (MonthlyRecord(date(2026, month, 1), bill, 0 if late else bill, standing, late) for month in (8, 9, 10))
    return CreditRecord(limit_minor=3_000_000, months=tuple(months))


@settings(max_examples=200, deadline=None)
@given(applications(), st.sampled_from(sorted(LAWS)))
def test_judges_as_the_list_of_rules_does(facts: Facts, lender_type: str) -> None:
    law = LAWS[lender_type]
    decided = decide(
        facts,
        strategy=load_strategy(),
        scorecard=load_scorecard(),
        law=law,
        catalogue=load_catalogue(),
        decided_at=AT,
    )
    judged = evaluate(STRATEGY, facts, law=law, points=decided.scored.points if decided.scored else None)
    assert {rule.code: rule for rule in judged.rules} == {rule.code: rule for rule in decided.rules}
    assert (judged.affordability, judged.limit) == (decided.affordability, decided.limit)
    no_plan = {"no_plan_for_order", "no_plan_affordable"} & {reason.code for reason in decided.reasons}
    if not no_plan:
        assert judged.outcome is decided.outcome
    own = tuple(reason for reason in decided.reasons if REASONS.get(reason.code) and reason.code not in no_plan)
    if decided.outcome is Outcome.DECLINE:
        assert judged.declined == own
    elif decided.outcome is Outcome.REFER:
        assert judged.referred == own


def test_refers_what_it_cannot_take() -> None:
    facts = Facts([Fact("order_minor", "much", "test", AT)])
    judged = evaluate(STRATEGY, facts, law=LAWS["bank"], points=700)
    assert (judged.outcome, judged.referred) == (Outcome.REFER, (REASONS["facts_missing"],))
