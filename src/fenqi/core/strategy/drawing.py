"""A strategy as a picture: where its nodes stand, what is written in them, which ways lead where."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fenqi.core.strategy.graph import canonical_text

_COLUMN, _LINE = 320, 180
"""How far apart nodes are put whose author has not placed them."""


@dataclass(frozen=True)
class DrawnNode:
    """A node: its place, its kind as JDM calls it, and its content line by line."""

    node_id: str
    name: str
    kind: str
    x: int
    y: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class DrawnEdge:
    """A way from one node to another; of a switch, under which condition."""

    source: str
    target: str
    label: str


@dataclass(frozen=True)
class Drawing:
    """The whole picture."""

    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnEdge, ...]


def drawing_of(text: bytes) -> Drawing:
    """The picture of a graph that is known to hold together.

    Raises: GraphMalformed.
    """
    canonical_text(text)
    read: dict[str, Any] = json.loads(text)
    nodes = tuple(_node(number, node) for number, node in enumerate(read["nodes"]))
    labels = {
        (node["id"], statement["id"]): statement.get("condition") or "else"
        for node in read["nodes"]
        for statement in node.get("content", {}).get("statements", ())
    }
    edges = tuple(
        DrawnEdge(
            edge["sourceId"], edge["targetId"], labels.get((edge["sourceId"], edge.get("sourceHandle") or ""), "")
        )
        for edge in read.get("edges", ())
    )
    return Drawing(nodes, edges)


def _node(number: int, node: dict[str, Any]) -> DrawnNode:
    place: dict[str, Any] | None = node.get("position")
    return DrawnNode(
        node_id=node["id"],
        name=node.get("name") or node["id"],
        kind=node["type"],
        x=_whole(place, "x") if place else number * _COLUMN,
        y=_whole(place, "y") if place else number % 3 * _LINE,
        lines=tuple(_lines(node["type"], node.get("content", {}))),
    )


def _whole(place: dict[str, Any], axis: str) -> int:
    value = place.get(axis)
    return int(value) if isinstance(value, int | float) and abs(value) < 1e6 else 0


def _lines(kind: str, content: dict[str, Any]) -> Iterator[str]:
    if kind in {"inputNode", "outputNode"}:
        schema = content["schema"]
        yield from (json.loads(schema) if isinstance(schema, str) else schema)["properties"]
    yield from (f"{one['key']} = {one['value']}" for one in content.get("expressions", ()))
    yield from (one.get("condition") or "else" for one in content.get("statements", ()))
    for rule in content.get("rules", ()):
        asked = (
            f"{one['field']} {rule[one['id']]}" for one in content.get("inputs", ()) if rule.get(one["id"], "").strip()
        )
        said = (f"{one['field']} = {rule.get(one['id'], '')}" for one in content.get("outputs", ()))
        yield f"{' and '.join(asked) or 'else'} → {', '.join(said)}"
    if content.get("key"):
        yield content["key"]
