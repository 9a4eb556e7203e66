"""The compiled forms say what the reference engine says."""

from pathlib import Path

import pytest
from graphs import assign, call, graph, switch, table

from fenqi.core.strategy.graph import read_graph
from fenqi.core.strategy.oracle import INPUTS_MIN, differences
from fenqi.core.strategy.plan import plan_of
from fenqi.core.strategy.scalar import Unsettled, compile_scalar

PUBLISHED = sorted((Path(__file__).parents[3] / "strategies").glob("*.jdm.json"))
PARTS = 4
NUMBER = {"type": ["integer", "null"], "minimum": -1000, "maximum": 1000}
WORD = {"type": ["string", "null"], "enum": ["red", "blue", "green"]}


@pytest.mark.parametrize("part", range(PARTS))  # parts run beside one another
@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.name)
def test_every_published_strategy_agrees_with_the_reference_engine(path, part):
    text = path.read_bytes()
    assert differences(plan_of(read_graph(text)), text, count=INPUTS_MIN // PARTS, seed=part) == ()


def test_every_kind_of_node_and_operator_agrees_with_the_reference_engine():
    sub = graph(
        [assign("n", doubled="a == null ? 0 : a * 2")],
        [("in", "n"), ("n", "out")],
        inputs={"a": NUMBER},
        outputs={"doubled": {"type": "integer"}},
    )
    nodes = [
        assign(
            "first",
            quotient="a == null or b == null ? null : b != 0 and b > 0 ? floor(a / b) + ceil(a / b) : -abs(a)",
            least="a == null ? null : min([a, 7, 0 - a]) - max([a, 3])",
            warm='w in ["red", "blue"] and not (w == "blue")',
        ),
        call("sub", "sub"),
        switch("s", high="doubled > 100", mid="doubled >= 0 and doubled < 50", low=""),
        assign("big", size='"big"'),
        table("middle", ["doubled", "warm"], "size", [(["[0..10)", "true"], '"hot"'), (["", ""], '"cold"')]),
        assign("small", size='"small"'),
        table("codes", ["doubled", "w"], "code", [(["> 5", ""], '"A"'), (["", '"red", "green"'], '"B"')], collects="f"),
    ]
    edges = [("in", "first"), ("first", "sub"), ("sub", "s"), ("s", "big", "high"), ("s", "middle", "mid")]
    edges += [("s", "small", "low"), ("big", "codes"), ("middle", "codes"), ("small", "codes"), ("codes", "out")]
    maybe = {"type": ["integer", "null"]}
    outputs = {"quotient": maybe, "least": maybe, "warm": {"type": "boolean"}, "size": {"type": "string"}}
    outputs["f"] = {"type": "array"}
    text = graph(
        nodes, edges, inputs={"a": NUMBER, "b": NUMBER, "w": WORD}, outputs={**outputs, "f": {"type": "array"}}
    )
    plan = plan_of(read_graph(text), subs={"sub": plan_of(read_graph(sub))})
    assert differences(plan, text, count=4_000, sub_texts={"sub": sub}) == ()


def test_concludes_nothing_from_a_fact_that_is_missing_or_of_another_kind():
    number = {"type": "integer", "minimum": 0, "maximum": 10}
    text = graph([assign("n", x="a")], [("in", "n"), ("n", "out")], inputs={"a": number}, outputs={"x": number})
    run = compile_scalar(plan_of(read_graph(text))).run
    assert [run(facts) for facts in ({}, {"a": True}, {"a": 11}, {"a": "1"})] == [Unsettled("a")] * 4
    assert run({"a": 3}) == {"x": 3}
