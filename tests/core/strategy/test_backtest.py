"""A strategy over the past: counted as by hand."""

import numpy as np
from graphs import assign, graph, table

from fenqi.core.strategy.backtest import Past, Segmentation, back_test, merged_figures, merged_moves
from fenqi.core.strategy.columnar import NULL, compile_columnar
from fenqi.core.strategy.graph import read_graph
from fenqi.core.strategy.plan import plan_of

NUMBER = {"type": "integer", "minimum": 0, "maximum": 1000}


def test_counts_approved_bad_profit_and_who_moves():
    text = graph(
        [assign("n", outcome='points >= 600 ? "approve" : "decline"', limit_minor="points * 10")],
        [("in", "n"), ("n", "out")],
        inputs={"points": NUMBER},
        outputs={"outcome": {"type": "string"}, "limit_minor": {"type": "integer"}},
    )
    strategy = compile_columnar(plan_of(read_graph(text)))
    columns = strategy.columns([{"points": 700}, {"points": 650}, {"points": 500}, {}])
    past = Past(
        outcomes=np.array([0, 2, 0, 0]),
        is_bad=np.array([1, NULL, 0, 0]),
        profit_minor=np.array([100, 50, 30, 20]),
        segmentations=(Segmentation(("known", "new"), np.array([1, 0, 1, 0])),),
    )
    found = back_test(strategy, columns, past)
    whole, known, new = found.segments
    assert (whole.count, whole.approved_count, whole.referred_count, whole.unsettled_count) == (4, 2, 1, 1)
    assert (whole.known_count, whole.bad_permille, whole.limit_minor, whole.profit_minor) == (1, 1000, 13_500, 150)
    assert (known.segment, known.approval_permille, new.segment, new.bad_count) == ("known", 500, "new", 1)
    moves = [(one.before, one.after, one.count) for one in found.moved]
    assert moves == [("approve", "decline", 1), ("approve", "refer", 1), ("decline", "approve", 1)]
    twice = merged_figures([*found.segments, *found.segments])
    assert [(one.segment, one.count, one.profit_minor) for one in twice] == [
        ("all", 8, 300),
        ("known", 4, 100),
        ("new", 4, 200),
    ]
    assert [one.count for one in merged_moves([*found.moved, *found.moved])] == [2, 2, 2]


def test_counts_the_reasons_of_those_who_change():
    codes = [f"reason_{number}" for number in range(16)]
    for some in (codes[:3], codes):
        text = graph(
            [
                table(
                    "t",
                    ["points"],
                    "code",
                    [([f"< {100 * at}"], f'"{code}"') for at, code in enumerate(some, 1)],
                    collects="declined",
                ),
                assign("n", outcome='points >= 300 ? "approve" : "decline"', limit_minor="0"),
            ],
            [("in", "t"), ("t", "n"), ("n", "out")],
            inputs={"points": NUMBER},
            outputs={"outcome": {"type": "string"}, "limit_minor": {"type": "integer"}, "declined": {"type": "array"}},
        )
        strategy = compile_columnar(plan_of(read_graph(text)))
        columns = strategy.columns([{"points": 50}, {"points": 150}, {"points": 250}, {"points": 900}])
        nothing = np.zeros(4, np.int64)
        past = Past(outcomes=np.array([0, 0, 1, 0]), is_bad=nothing + NULL, profit_minor=nothing)
        found = back_test(strategy, columns, past)
        told = {(one.before, one.after): dict(one.reasons) for one in found.moved}
        assert told["approve", "decline"]["reason_1"] == 2
        assert told["approve", "decline"]["reason_0"] == 1
        assert told["refer", "decline"]["reason_2"] == 1
