"""A graph that holds together but cannot decide is refused, and the field is named."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fenqi.core.decision.graph_policy import read_policy
from fenqi.core.decision.policy_contract import PolicyIncomplete
from fenqi.core.strategy.fault import GraphMalformed

SHIPPED = (Path(__file__).parents[3] / "strategies" / "demo.jdm.json").read_text(encoding="utf-8")


Nodes = dict[str, dict[str, Any]]
Change = Callable[[Nodes], object]


def changed(change: Change) -> bytes:
    read = json.loads(SHIPPED)
    nodes: Nodes = {node["id"]: node for node in read["nodes"]}
    change(nodes)
    return json.dumps(read).encode()


def fields(node: dict[str, Any], change: Callable[[Nodes], object]) -> None:
    schema = json.loads(node["content"]["schema"])
    change(schema["properties"])
    node["content"]["schema"] = json.dumps(schema)


def without(node: str, field: str) -> Change:
    return lambda nodes: fields(nodes[node], lambda found: found.pop(field))


def referring(code: str) -> Change:
    return lambda nodes: nodes["referred"]["content"]["rules"][0].update({"referred-out-code": f'"{code}"'})


def with_field(node: str, field: str, **spec: object) -> Change:
    return lambda nodes: fields(nodes[node], lambda found: found.setdefault(field, {}).update(spec))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (without("output", "products"), "Output/products is missing"),
        (without("output", "rule_adult"), "Output/rule_adult: the law's"),
        (with_field("output", "rebate_percent", maximum=400), "Output/rebate_percent"),
        (with_field("input", "mood", type="integer"), "Input/mood"),
        (referring("mood"), "no reason mood"),
        (referring("facts_missing"), "Output/rule_orders_in_24h"),
    ],
)
def test_names_what_is_missing(change: Change, place: str) -> None:
    with pytest.raises(PolicyIncomplete, match=place):
        read_policy(changed(change), name="x")


@pytest.mark.parametrize("name", ["x = 1\nimport os", "x.y", "", "__import__('os')", "ｘ"])
def test_refuses_a_name_that_is_no_name(name: str) -> None:
    def smuggled(nodes: Nodes) -> None:
        nodes["amounts"]["content"]["expressions"].append({"id": "z", "key": name, "value": "1"})

    with pytest.raises(GraphMalformed):
        read_policy(changed(smuggled), name="x")


def test_refuses_what_is_nested_too_deeply() -> None:
    def nested(nodes: Nodes) -> None:
        nodes["amounts"]["content"]["expressions"].append({"id": "z", "key": "z", "value": "(" * 50_000 + "1"})

    with pytest.raises(GraphMalformed, match="nested"):
        read_policy(changed(nested), name="x")
