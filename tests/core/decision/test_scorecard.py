"""A compiled card: its points, its reasons, and the artefact it comes from."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.decision.features import FEATURES
from fenqi.core.decision.scorecard import (
    ArtefactHashMismatch,
    ArtefactUnreadable,
    Scorecard,
    content_hash,
)
from fenqi.stores.model import load_artefact, load_scorecard

CONTENT = {
    "name": "worked",
    "base_points": 400,
    "characteristics": [
        {
            "name": "use",
            "edges": [300, 800],
            "points": [40, 25, 0],
            "missing_points": 0,
            "reason": "high_use",
            "reason_en": "",
            "reason_zh": "",
        },
        {
            "name": "share",
            "edges": [100],
            "points": [0, 60],
            "missing_points": 30,
            "reason": "small_share",
            "reason_en": "",
            "reason_zh": "",
        },
    ],
    "risk": {"lowest": 400, "pd": ["0.5000", "0.4000", "0.3000"]},
}


def signed(content):
    return {"version": content_hash(content), **content}


CARD = Scorecard.from_artefact(signed(CONTENT))


@pytest.mark.parametrize(
    ("use", "share", "points"),
    [(299, 100, 500), (300, 100, 485), (799.5, 99, 425), (800, 99, 400), (None, 100, 460), (299, None, 470)],
)
def test_a_value_earns_the_points_of_the_bin_it_lies_in(use, share, points):
    assert CARD.points({"use": use, "share": share}) == points


def test_an_absent_feature_takes_the_missing_bin():
    assert CARD.points({}) == CARD.points({"use": None, "share": None}) == 430


def test_reasons_come_by_points_lost_and_leave_out_what_lost_nothing():
    scored = CARD.score({"use": 500, "share": 5})
    assert [(reason.reason, reason.lost) for reason in scored.reasons] == [("small_share", 60), ("high_use", 15)]
    assert CARD.score({"use": 1, "share": 200}).reasons == ()


def test_contributions_add_up_to_the_score():
    scored = CARD.score({"use": 500, "share": None})
    assert scored.points == CARD.base_points + sum(part.points for part in scored.contributions) == 455


@pytest.mark.parametrize(("points", "pd"), [(300, "0.5000"), (400, "0.5000"), (401, "0.4000"), (999, "0.3000")])
def test_risk_beyond_the_table_is_that_of_its_end(points, pd):
    assert CARD.risk.of(points) == Decimal(pd)


def test_an_altered_artefact_is_refused():
    altered = {**signed(CONTENT), "base_points": 500}
    with pytest.raises(ArtefactHashMismatch) as refused:
        Scorecard.from_artefact(altered)
    assert refused.value.code == "artefact_hash_mismatch"


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_points": "many"},
        {"characteristics": [{**CONTENT["characteristics"][0], "points": [1, 2]}]},
        {"characteristics": [{**CONTENT["characteristics"][0], "edges": [800, 300]}]},
        {"risk": None},
    ],
)
def test_an_artefact_of_another_shape_is_refused(wrong):
    with pytest.raises(ArtefactUnreadable):
        Scorecard.from_artefact(signed({**CONTENT, **wrong}))


def test_the_shipped_card_scores_what_the_features_give():
    card = load_scorecard()
    assert [part.name for part in card.characteristics] == [feature.name for feature in FEATURES]
    assert card.version == content_hash(load_artefact())


@given(st.data())
def test_the_shipped_card_never_rewards_a_riskier_value(data):
    card = load_scorecard()
    feature = data.draw(st.sampled_from(FEATURES))
    values = data.draw(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=2).map(sorted))
    low, high = (card.points({feature.name: value}) for value in values)
    assert low >= high if feature.risk_rises else low <= high


def test_the_shipped_card_gives_somebody_unknown_the_least_but_for_a_bill_that_was_not_there():
    card = load_scorecard()
    unknown = card.score({})
    earned = {part.name: part.points for part in unknown.contributions if part.points}
    assert earned == {"paid_share_permille": 16}
