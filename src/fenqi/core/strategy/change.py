"""What differs between two versions of a strategy, in words of both languages."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fenqi.core.strategy.graph import canonical_text

_LISTS = {"expressions": "key", "statements": "id", "rules": "_id", "inputs": "field", "outputs": "field"}


@dataclass(frozen=True)
class Difference:
    """One difference, as a sentence in each language."""

    en: str
    zh: str


def changes(before: bytes, after: bytes) -> tuple[Difference, ...]:
    """Every difference between two graphs, in the order of node names; drawings do not count.

    Raises: GraphMalformed.
    """
    old, new = (json.loads(canonical_text(text)) for text in (before, after))
    return (*_nodes(_named(old["nodes"]), _named(new["nodes"])), *_edges(old, new))


def _named(nodes: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {node.get("name") or node["id"]: node for node in nodes}


def _nodes(old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]) -> Iterator[Difference]:
    for name in sorted(old.keys() | new.keys()):
        if name not in new:
            yield _gone(name)
        elif name not in old:
            yield Difference(f"{name} is new ({new[name]['type']})", f"{name}:新增({new[name]['type']})")
        else:
            yield from _content(name, old[name].get("content", {}), new[name].get("content", {}))


def _content(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    for part in sorted(old.keys() | new.keys()):
        was, now = old.get(part), new.get(part)
        if was == now:
            continue
        if part == "schema":
            yield from _items(name, _fields(was), _fields(now))
        elif part in _LISTS and was is not None and now is not None:
            yield from _items(name, _by(was, _LISTS[part]), _by(now, _LISTS[part]))
        else:
            yield Difference(f"{name}: {part} changes", f"{name}:{part} 有变化")


def _fields(schema: Any) -> dict[str, dict[str, Any]]:
    """The fields of an input or output, whose schema may be a text."""
    held: Any = json.loads(schema) if isinstance(schema, str) else schema or {}
    return {
        name: {part: json.dumps(value, ensure_ascii=False) for part, value in sorted(spec.items())}
        for name, spec in held.get("properties", {}).items()
    }


def _by(items: list[dict[str, Any]], key: str) -> dict[str, dict[str, Any]]:
    return {str(item.get(key) or at): item for at, item in enumerate(items, start=1)}


def _items(name: str, old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]) -> Iterator[Difference]:
    for key in [*old, *(key for key in new if key not in old)]:
        if key not in new:
            yield _gone(f"{name}/{key}")
        elif key not in old:
            said = _said(new[key])
            yield Difference(f"{name}/{key} is new: {said}", f"{name}/{key}:新增:{said}")
        else:
            yield from _parts(f"{name}/{key}", old[key], new[key])
    if list(old) != list(new) and sorted(old) == sorted(new):
        yield Difference(f"{name}: the order changes", f"{name}:顺序有变化")


def _parts(place: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    for part in sorted(old.keys() | new.keys()):
        was, now = old.get(part, ""), new.get(part, "")
        if was != now:
            yield Difference(
                f"{place}: {part} was {was or 'empty'}, is {now or 'empty'}",
                f"{place}:{part} 由「{was or '空'}」改为「{now or '空'}」",
            )


def _gone(place: str) -> Difference:
    return Difference(f"{place} is gone", f"{place}:已删除")


def _said(item: dict[str, Any]) -> str:
    return ", ".join(f"{key} {value}" for key, value in sorted(item.items()) if value and key not in {"id", "_id"})


def _edges(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    was, now = ({_edge(edge) for edge in graph["edges"]} for graph in (old, new))
    for way in sorted(was - now):
        yield Difference(f"the way {way} is gone", f"连线 {way}:已删除")
    for way in sorted(now - was):
        yield Difference(f"the way {way} is new", f"连线 {way}:新增")


def _edge(edge: dict[str, Any]) -> str:
    handle = edge.get("sourceHandle")
    return f"{edge['sourceId']}{f' ({handle})' if handle else ''} → {edge['targetId']}"
