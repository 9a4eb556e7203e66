"""What differs between two versions of a strategy, in words."""

import json
from collections.abc import Iterator
from typing import Any

from fenqi.core.strategy.graph import canonical_text

_LISTS = {"expressions": "key", "statements": "id", "rules": "_id", "inputs": "field", "outputs": "field"}


def changes(before: bytes, after: bytes) -> tuple[str, ...]:
    """Every difference between two graphs, a sentence each, in the order of node names; drawings do not count.

    Raises: GraphMalformed.
    """
    old, new = (json.loads(canonical_text(text)) for text in (before, after))
    return (*_nodes(_named(old["nodes"]), _named(new["nodes"])), *_edges(old, new))


def _named(nodes: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {node.get("name") or node["id"]: node for node in nodes}


def _nodes(old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]) -> Iterator[str]:
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            yield f"{name} is gone"
        elif name not in old:
            yield f"{name} is new ({new[name]['type']})"
        else:
            yield from _content(name, old[name].get("content", {}), new[name].get("content", {}))


def _content(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for part in sorted(old.keys() | new.keys()):
        was, now = old.get(part), new.get(part)
        if was == now:
            continue
        if part in _LISTS and was is not None and now is not None:
            yield from _items(name, _by(was, _LISTS[part]), _by(now, _LISTS[part]))
        else:
            yield f"{name}: {part} changes"


def _by(items: list[dict[str, Any]], key: str) -> dict[str, dict[str, Any]]:
    return {str(item.get(key) or at): item for at, item in enumerate(items, start=1)}


def _items(name: str, old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]) -> Iterator[str]:
    for key in [*old, *(key for key in new if key not in old)]:
        if key not in new:
            yield f"{name}/{key} is gone"
        elif key not in old:
            yield f"{name}/{key} is new: {_said(new[key])}"
        else:
            for part in sorted(old[key].keys() | new[key].keys()):
                was, now = old[key].get(part, ""), new[key].get(part, "")
                if was != now:
                    yield f"{name}/{key}: {part} was {was or 'empty'}, is {now or 'empty'}"
    if list(old) != list(new) and sorted(old) == sorted(new):
        yield f"{name}: the order changes"


def _said(item: dict[str, Any]) -> str:
    return ", ".join(f"{key} {value}" for key, value in sorted(item.items()) if value and key not in {"id", "_id"})


def _edges(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    was, now = ({_edge(edge) for edge in graph["edges"]} for graph in (old, new))
    yield from (f"the way {way} is gone" for way in sorted(was - now))
    yield from (f"the way {way} is new" for way in sorted(now - was))


def _edge(edge: dict[str, Any]) -> str:
    handle = edge.get("sourceHandle")
    return f"{edge['sourceId']}{f' ({handle})' if handle else ''} → {edge['targetId']}"
