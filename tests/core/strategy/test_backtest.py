"""A strategy over the past: counted as by hand."""

import numpy as np
from graphs import assign, graph

from fenqi.core.strategy.backtest import Past, back_test
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
        outcomes=np.array(["approve", "decline", "approve", "approve"]),
        is_bad=np.array([1, NULL, 0, 0]),
        profit_minor=np.array([100, 50, 30, 20]),
        segments=np.array(["new", "known", "new", "known"]),
    )
    found = back_test(strategy, columns, past)
    whole, known, new = found.segments
    assert (whole.count, whole.approved_count, whole.referred_count, whole.unsettled_count) == (4, 2, 1, 1)
    assert (whole.known_count, whole.bad_permille, whole.limit_minor, whole.profit_minor) == (1, 1000, 13_500, 150)
    assert (known.segment, known.approval_permille, new.segment, new.bad_count) == ("known", 500, "new", 1)
    moves = [(one.before, one.after, one.count) for one in found.moved]
    assert moves == [("approve", "decline", 1), ("approve", "refer", 1), ("decline", "approve", 1)]
