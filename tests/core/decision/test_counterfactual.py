"""What would have reached the cut-off."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.decision.counterfactual import ScoreChange, changes_to_reach
from fenqi.core.decision.scorecard import Characteristic, RiskTable, Scorecard

CARD = Scorecard(
    version="v",
    name="two features",
    base_points=500,
    characteristics=(
        Characteristic("utilisation", (300, 800), (60, 30, 0), 10, "high_utilisation", "en", "zh"),
        Characteristic("paid_share", (100, 900), (0, 20, 50), 5, "small_share_paid", "en", "zh"),
    ),
    risk=RiskTable(lowest=500, pd=(Decimal("0.1"),)),
)
FEATURES = st.fixed_dictionaries({name: st.none() | st.integers(-100, 1200) for name in ("utilisation", "paid_share")})


def test_names_the_nearest_bin_of_one_feature_if_one_is_enough():
    scored = CARD.score({"utilisation": 900, "paid_share": 500})
    (change,) = changes_to_reach(545, scored=scored, scorecard=CARD)
    assert change == ScoreChange("utilisation", "high_utilisation", 900, 300, 800, 30)


def test_takes_several_features_when_one_is_not_enough():
    scored = CARD.score({"utilisation": 900, "paid_share": 0})
    changes = changes_to_reach(600, scored=scored, scorecard=CARD)
    assert [(change.name, change.points_gained) for change in changes] == [("utilisation", 60), ("paid_share", 50)]


def test_says_nothing_when_the_score_is_enough_or_no_change_would_be():
    scored = CARD.score({"utilisation": 900, "paid_share": 500})
    assert changes_to_reach(520, scored=scored, scorecard=CARD) == ()
    assert changes_to_reach(611, scored=scored, scorecard=CARD) == ()


@given(features=FEATURES, points_min=st.integers(500, 610))
def test_following_the_advice_reaches_the_cut_off(features: dict[str, int | None], points_min: int):
    scored = CARD.score(features)
    changes = changes_to_reach(points_min, scored=scored, scorecard=CARD)
    advised = {
        change.name: change.value_from if change.value_from is not None else (change.value_below or 0) - 1
        for change in changes
    }
    assert CARD.points(features | advised) >= points_min
    assert changes or scored.points >= points_min
