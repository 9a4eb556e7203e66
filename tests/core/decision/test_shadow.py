"""What a shadow says of a stored decision is what it would have decided on it whole."""

from typing import Any
from uuid import UUID

from applying import AT, LAWS, SHIPPED, STRATEGY, applications, with_value
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.decision.facts import Facts
from fenqi.core.decision.graph_outcome import decide_by_graph
from fenqi.core.decision.graph_policy import read_policy
from fenqi.core.decision.record import decision_record
from fenqi.core.decision.shadow import ToJudge, judged_beside
from fenqi.stores.model import load_scorecard
from fenqi.stores.shipped_catalogue import load_catalogue

WITH: dict[str, Any] = {"scorecard": load_scorecard(), "catalogue": load_catalogue()}
KEPT: dict[str, Any] = {
    "scorecards": {WITH["scorecard"].version: WITH["scorecard"]},
    "catalogues": {WITH["catalogue"].version: WITH["catalogue"]},
}
TEXTS = (
    SHIPPED,
    with_value("approve_points_min", "620").encode(),
    with_value("threshold_orders_in_24h", "0").encode(),
    with_value("threshold_debt_burden", "1").encode(),
)
POLICIES = {policy.version: policy for policy in (read_policy(text, name="other") for text in TEXTS)}


@settings(max_examples=80, deadline=None)
@given(
    facts=applications(),
    kind=st.sampled_from(sorted(LAWS)),
    decided_by=st.sampled_from(sorted(POLICIES)),
    is_halted=st.booleans(),
)
def test_a_shadow_says_what_it_would_have_decided(facts: Facts, kind: str, decided_by: str, is_halted: bool) -> None:
    given_to_all: dict[str, Any] = {"law": LAWS[kind], "decided_at": AT, **WITH}
    made = decide_by_graph(facts, strategy=POLICIES[decided_by], is_halted=is_halted, **given_to_all)
    shadows = dict(zip(map(UUID, map("{:032x}".format, range(len(POLICIES)))), POLICIES, strict=True))
    task = ToJudge(UUID(int=7), decision_record(made), STRATEGY.version, shadows)

    found = judged_beside(task, strategies=POLICIES, **KEPT)

    assert found is not None
    whole = {version: decide_by_graph(facts, strategy=policy, **given_to_all) for version, policy in POLICIES.items()}
    champion = whole[STRATEGY.version]
    for one in found:
        would_be = whole[shadows[one.use_id]]
        limit = would_be.limit.granted_minor if would_be.limit else None
        assert (one.was, one.outcome, one.limit_minor) == (champion.outcome, would_be.outcome, limit)
        moved = would_be.outcome != champion.outcome
        assert one.reasons == (tuple(reason.code for reason in would_be.reasons) if moved else ())
    assert judged_beside(task, strategies=POLICIES, scorecards={}, catalogues={}) is None
