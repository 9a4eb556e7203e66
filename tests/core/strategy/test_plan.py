"""What is wrong with a strategy is refused at publication, and the place is named."""

import pytest
from graphs import assign, graph, switch, table

from fenqi.core.strategy.fault import (
    DivisorMayBeZero,
    ExpressionUnreadable,
    FieldTwice,
    FieldUnknown,
    GraphCyclic,
    GraphMalformed,
    MayBeUnknown,
    NodeUnreachable,
    NumberTooLarge,
    OutputMissing,
    TypeClash,
)
from fenqi.core.strategy.graph import read_graph
from fenqi.core.strategy.plan import plan_of

NUMBER = {"type": "integer", "minimum": 0, "maximum": 1000}
MAYBE = {"type": ["integer", "null"], "minimum": 0, "maximum": 1000}
LINE = [("in", "n"), ("n", "out")]


def proved(nodes, edges=LINE, *, inputs=None, outputs=None):
    given = inputs or {"a": NUMBER, "b": NUMBER, "c": MAYBE}
    return plan_of(read_graph(graph(nodes, edges, inputs=given, outputs=outputs or {"x": {"type": "integer"}})))


@pytest.mark.parametrize(
    ("expression", "refusal", "place"),
    [
        ("floor(a / b)", DivisorMayBeZero, "n/x"),
        ("floor(a / 0)", DivisorMayBeZero, "n/x"),
        ("a + c", MayBeUnknown, "n/x: c"),
        ("a + nothing", FieldUnknown, "n/x: nothing"),
        ('a + "1"', TypeClash, "n/x"),
        ("a > 1 ? 1 : true", TypeClash, "n/x"),
        ("a * 9007199254740991", NumberTooLarge, "n/x"),
        ("a / b", ExpressionUnreadable, "n/x"),
        ("sum([a])", ExpressionUnreadable, "n/x"),
        ("a + 1.5", ExpressionUnreadable, "n/x"),
        ("a > 1", OutputMissing, "out: x"),
        ("c", OutputMissing, "out: x"),
    ],
)
def test_names_the_place_of_a_wrong_expression(expression, refusal, place):
    with pytest.raises(refusal, match=place):
        proved([assign("n", x=expression)])


@pytest.mark.parametrize("expression", ["b > 0 ? floor(a / b) : 0", "c == null ? 0 : c", "c != null and c > 5 ? c : 0"])
def test_takes_what_was_asked_for_first(expression):
    assert proved([assign("n", x=expression)]).types["x"].nullable is False


def test_refuses_a_cycle():
    nodes = [assign("n", x="1"), assign("m", y="2")]
    with pytest.raises(GraphCyclic, match=r"n → m"):
        proved(nodes, [("in", "n"), ("n", "m"), ("m", "n"), ("n", "out")])


def test_refuses_a_node_on_no_path():
    with pytest.raises(NodeUnreachable, match="idle"):
        proved([assign("n", x="1"), assign("idle", y="2")], [*LINE, ("in", "idle")])


def test_refuses_a_name_defined_twice():
    with pytest.raises(FieldTwice, match="x"):
        proved([assign("n", x="1"), assign("m", x="2")], [*LINE, ("in", "m"), ("m", "out")])


def test_knows_a_name_where_every_branch_defines_it():
    nodes = [switch("s", high="a > 5", low=""), assign("n", x="1"), assign("m", x="2")]
    edges = [("in", "s"), ("s", "n", "high"), ("s", "m", "low"), ("n", "out"), ("m", "out")]
    assert proved(nodes, edges).types["x"].high == 2
    with pytest.raises(OutputMissing, match="x"):
        proved(nodes[:2], [("in", "s"), ("s", "n", "high"), ("n", "out"), ("s", "out", "low")])


def test_a_table_without_a_last_row_for_all_may_say_nothing():
    with pytest.raises(OutputMissing, match="x"):
        proved([table("n", ["a"], "x", [(["> 5"], "1")])])


def test_refuses_a_node_of_code():
    text = graph([{"id": "n", "type": "functionNode", "name": "n"}], LINE, inputs={"a": NUMBER}, outputs={})
    with pytest.raises(GraphMalformed, match="functionNode"):
        read_graph(text)


def test_a_version_is_the_text_without_its_drawing():
    text = graph([assign("n", x="1")], LINE, inputs={"a": NUMBER}, outputs={"x": {"type": "integer"}})
    moved = text.replace(b'"id": "n"', b'"position": {"x": 5, "y": 6}, "id": "n"')
    assert read_graph(text).version == read_graph(moved).version
    assert read_graph(text).version != read_graph(text.replace(b'"1"', b'"2"')).version
