"""Stored decisions under another strategy: each ends as if it were decided whole, and is counted where it belongs."""

from typing import Any
from uuid import UUID

from applying import AT, LAWS, SHIPPED, STRATEGY, acceptable, applications, with_value
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.decision.facts import Facts
from fenqi.core.decision.graph_outcome import decide_by_graph
from fenqi.core.decision.graph_policy import read_policy
from fenqi.core.decision.past import Kept, Then, decided_anew
from fenqi.core.decision.record import decision_record
from fenqi.stores.model import load_scorecard
from fenqi.stores.shipped_catalogue import load_catalogue

WITH: dict[str, Any] = {"scorecard": load_scorecard(), "catalogue": load_catalogue()}
KEPT = Kept(
    {STRATEGY.version: SHIPPED},
    {load_scorecard().version: load_scorecard()},
    {load_catalogue().version: load_catalogue()},
)


OTHERS = (
    SHIPPED,
    with_value("approve_points_min", "620").encode(),
    with_value("threshold_orders_in_24h", "0").encode(),
    with_value("threshold_debt_burden", "1").encode(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(applications(), st.sampled_from(sorted(LAWS))), max_size=6), st.sampled_from(OTHERS))
def test_every_decision_ends_as_if_it_were_decided_whole(asked: list[tuple[Facts, str]], other: bytes) -> None:
    then = [decide_by_graph(facts, strategy=STRATEGY, law=LAWS[kind], decided_at=AT, **WITH) for facts, kind in asked]
    policy = read_policy(other, name="other")
    now = [decide_by_graph(facts, strategy=policy, law=LAWS[kind], decided_at=AT, **WITH) for facts, kind in asked]
    rows = [Then(UUID(int=at), decision_record(made), None, at % 2 == 0) for at, made in enumerate(then)]

    found = decided_anew(other, rows, kept=KEPT, loss_percent=60)

    moved = {str(UUID(int=at)): str(made.outcome) for at, made in enumerate(now) if made.outcome != then[at].outcome}
    assert {one.decision_id: one.after for one in found.changes} == moved
    assert sum(one.count for one in found.moved) == len(moved)
    for name in ("all", "month:", "points:", "order:"):
        parts = [part for part in found.segments if part.segment.startswith(name)]
        assert sum(part.count for part in parts) == len(asked)
        assert sum(part.approved_count for part in parts) == sum(made.outcome == "approve" for made in now)
        approved = [made for made in now if made.outcome == "approve"]
        assert sum(part.limit_minor for part in parts) == sum(
            made.limit.granted_minor for made in approved if made.limit
        )
        bad = [at for at, made in enumerate(now) if made.outcome == "approve" and at % 2 == 0]
        assert sum(part.bad_count for part in parts) == len(bad)


def test_what_is_earned_is_the_cost_of_the_plan_less_what_is_lost() -> None:
    made = decide_by_graph(acceptable(), strategy=STRATEGY, law=LAWS["microloan"], decided_at=AT, **WITH)
    assert made.scored is not None
    assert made.outcome == "approve"
    offer = max((offer.record for offer in made.offers), key=lambda one: one["tenor"])
    for loss_percent in (0, 60):
        (whole, *_) = decided_anew(
            SHIPPED, [Then(UUID(int=1), decision_record(made), None, None)], kept=KEPT, loss_percent=loss_percent
        ).segments
        lost = round(made.scored.pd * offer["principal_minor"] * loss_percent / 100)
        assert (whole.profit_minor, whole.known_count) == (offer["cost_minor"] - lost, 0)
