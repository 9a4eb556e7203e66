"""Small graphs for tests, as texts."""

import json
from collections.abc import Sequence
from typing import Any

Node = dict[str, Any]


def graph(
    nodes: Sequence[Node], edges: Sequence[tuple[str, ...]], *, inputs: dict[str, Any], outputs: dict[str, Any]
) -> bytes:
    ends: list[Node] = [
        {"id": "in", "type": "inputNode", "name": "in", "content": {"schema": json.dumps({"properties": inputs})}},
        {"id": "out", "type": "outputNode", "name": "out", "content": {"schema": json.dumps({"properties": outputs})}},
    ]
    return json.dumps({"nodes": [*ends, *nodes], "edges": [_edge(*one) for one in edges]}).encode()


def assign(name: str, **values: str) -> Node:
    expressions = [{"id": key, "key": key, "value": value} for key, value in values.items()]
    return _node(name, "expressionNode", expressions=expressions)


def table(
    name: str,
    columns: Sequence[str],
    output: str,
    rows: Sequence[tuple[Sequence[str], str]],
    *,
    collects: str | None = None,
) -> Node:
    return _node(
        name,
        "decisionTableNode",
        hitPolicy="collect" if collects else "first",
        outputPath=collects,
        inputs=[{"id": column, "field": column} for column in columns],
        outputs=[{"id": "said", "field": output}],
        rules=[{**dict(zip(columns, cells, strict=True)), "said": said} for cells, said in rows],
    )


def switch(name: str, **conditions: str) -> Node:
    statements = [{"id": key, "condition": condition} for key, condition in conditions.items()]
    return _node(name, "switchNode", hitPolicy="first", statements=statements)


def call(name: str, key: str) -> Node:
    return _node(name, "decisionNode", key=key)


def _node(name: str, kind: str, **content: object) -> Node:
    return {"id": name, "type": kind, "name": name, "content": {"passThrough": True, **content}}


def _edge(source: str, target: str, handle: str | None = None) -> Node:
    return {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target, "sourceHandle": handle}
