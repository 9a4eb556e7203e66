"""Small graphs for tests, as texts."""

import json


def graph(nodes, edges, *, inputs, outputs):
    ends = [
        {"id": "in", "type": "inputNode", "name": "in", "content": {"schema": json.dumps({"properties": inputs})}},
        {"id": "out", "type": "outputNode", "name": "out", "content": {"schema": json.dumps({"properties": outputs})}},
    ]
    return json.dumps({"nodes": [*ends, *nodes], "edges": [_edge(*one) for one in edges]}).encode()


def assign(name, **values):
    expressions = [{"id": key, "key": key, "value": value} for key, value in values.items()]
    return _node(name, "expressionNode", expressions=expressions)


def table(name, columns, output, rows, *, collects=None):
    return _node(
        name,
        "decisionTableNode",
        hitPolicy="collect" if collects else "first",
        outputPath=collects,
        inputs=[{"id": column, "field": column} for column in columns],
        outputs=[{"id": "said", "field": output}],
        rules=[{**dict(zip(columns, cells, strict=True)), "said": said} for cells, said in rows],
    )


def switch(name, **conditions):
    statements = [{"id": key, "condition": condition} for key, condition in conditions.items()]
    return _node(name, "switchNode", hitPolicy="first", statements=statements)


def call(name, key):
    return _node(name, "decisionNode", key=key)


def _node(name, kind, **content):
    return {"id": name, "type": kind, "name": name, "content": {"passThrough": True, **content}}


def _edge(source, target, handle=None):
    return {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target, "sourceHandle": handle}
