"""A compiled booster scores one row as it scores many, explains itself, and is refused when it was altered."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.decision.scorecard import ArtefactHashMismatch, ArtefactUnreadable, content_hash
from fenqi.core.decision.trees import Booster

TREE = {
    "feature": [0, -1, 1, -1, -1],
    "threshold": [10.5, 0.0, 2.0, 0.0, 0.0],
    "left": [1, 0, 3, 0, 0],
    "right": [2, 0, 4, 0, 0],
    "missing_left": [True, False, False, False, False],
    "value": [0.1, -0.5, 0.7, 0.2, 1.2],
}


def artefact(**changes):
    content = {
        "name": "tiny",
        "base": -2.0,
        "features": [{"name": "a", "reason": "many"}, {"name": "b", "reason": "far"}],
        "scale": {"intercept": 0.0, "slope": 1.0},
        "trees": [TREE, TREE],
    } | changes
    return content | {"version": content_hash(content)}


BOOSTER = Booster.from_artefact(artefact())
VALUES = st.none() | st.sampled_from([10.5, 2.0]) | st.floats(-20, 20)


@pytest.mark.parametrize(
    ("row", "margin"),
    [
        ({"a": 10.5}, -3.0),
        ({}, -3.0),
        ({"a": 11, "b": 2}, -1.6),
        ({"a": 11, "b": 2.1}, 0.4),
        ({"a": 11, "b": None}, 0.4),
    ],
)
def test_walks_left_up_to_the_threshold_and_where_the_node_says_for_missing(row, margin):
    assert BOOSTER.margin(row) == pytest.approx(margin)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=20))
def test_scores_many_as_it_scores_each(rows):
    columns = {name: np.array([row[place] for row in rows], dtype=float) for place, name in enumerate("ab")}
    one_by_one = [BOOSTER.margin({"a": a, "b": b}) for a, b in rows]
    assert BOOSTER.margins(columns).tolist() == one_by_one


def test_says_what_raised_a_score_the_most_first():
    score = BOOSTER.score({"a": 11, "b": 3})
    assert [code for code, _ in score.reasons] == ["many", "far"]
    mean = -2.0 + 2 * 0.1
    assert mean + sum(part for _, part in score.reasons) == pytest.approx(score.margin)
    assert score.permille == round(1000 * score.probability)


def test_refuses_altered_content_by_name():
    with pytest.raises(ArtefactHashMismatch, match="the artefact tiny"):
        Booster.from_artefact(artefact() | {"base": 0.0})


@pytest.mark.parametrize(
    "change",
    [
        {"scale": 3},
        {"trees": [TREE | {"left": [0, 0, 3, 0, 0]}]},
        {"trees": [TREE | {"right": [2, 0, 5, 0, 0]}]},
        {"trees": [TREE | {"feature": [0, -1, 2, -1, -1]}]},
        {"trees": [TREE | {"value": [1.0]}]},
    ],
)
def test_refuses_what_is_no_booster(change):
    with pytest.raises(ArtefactUnreadable, match="tiny"):
        Booster.from_artefact(artefact(**change))
