"""A strategy as a graph of the JSON decision model (JDM): its nodes, its edges, and the version of its text."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import msgspec

from fenqi.core.strategy.expression import TRUE, Expression, Literal, Value, both, parse_cell, parse_expression
from fenqi.core.strategy.fault import GraphMalformed
from fenqi.core.strategy.typed import NUMBER_MAX, Sort, Type

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}", re.ASCII)


@dataclass(frozen=True)
class Field:
    """An input or output: its type, the texts expected in it, and typical values (`examples` of its schema)."""

    name: str
    type: Type
    texts: tuple[str, ...] = ()
    typical: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Assign:
    """An expression node: names and what they come to, in order."""

    values: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True)
class Row:
    """A row of a table: when it holds, and a value for every output column."""

    condition: Expression
    values: tuple[Expression, ...]


@dataclass(frozen=True)
class Table:
    """A decision table; a collecting one gathers the codes of all rows that hold under `collects`."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    collects: str = ""


@dataclass(frozen=True)
class Switch:
    """Branches by handle; the first whose condition holds is taken, and the last always holds."""

    branches: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True)
class Call:
    """A sub-decision by key; what it promises is defined here."""

    key: str


@dataclass(frozen=True)
class Ends:
    """Input or output with its fields."""

    fields: tuple[Field, ...]
    is_input: bool


Content = Assign | Table | Switch | Call | Ends


@dataclass(frozen=True)
class Node:
    """A node; its name is the place that a refusal names."""

    node_id: str
    name: str
    content: Content


@dataclass(frozen=True)
class Edge:
    """From a node, or one branch of a switch, to a node."""

    source: str
    target: str
    handle: str = ""


@dataclass(frozen=True)
class Graph:
    """A graph as read; `version` is the sha256 of its canonical text."""

    version: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def inputs(self) -> tuple[Field, ...]:
        """What the strategy is told."""
        return next(one.content.fields for one in self.nodes if isinstance(one.content, Ends) and one.content.is_input)

    @property
    def outputs(self) -> tuple[Field, ...]:
        """What the strategy promises to say."""
        ends = (one.content for one in self.nodes if isinstance(one.content, Ends))
        return next(end.fields for end in ends if not end.is_input)


class _Item(msgspec.Struct, frozen=True):
    id: str = ""
    key: str = ""
    value: str = ""
    field: str = ""
    condition: str = ""


class _Content(msgspec.Struct, frozen=True, rename="camel"):
    schema: str | dict[str, Any] = ""
    expressions: list[_Item] = []
    statements: list[_Item] = []
    inputs: list[_Item] = []
    outputs: list[_Item] = []
    rules: list[dict[str, str]] = []
    hit_policy: str = "first"
    pass_through: bool = False
    output_path: str | None = None
    input_field: str | None = None
    execution_mode: str = "single"
    key: str = ""


class _Node(msgspec.Struct, frozen=True):
    id: str
    type: str
    name: str = ""
    content: _Content = _Content()


class _Edge(msgspec.Struct, frozen=True, rename="camel"):
    source_id: str
    target_id: str
    source_handle: str | None = None


class _Text(msgspec.Struct, frozen=True):
    nodes: list[_Node]
    edges: list[_Edge]


def canonical_text(text: bytes) -> bytes:
    """The text without what a drawing moves: positions left out, keys sorted, no blanks, UTF-8.

    Raises: GraphMalformed.
    """
    read = _decoded(text)
    kept = {
        "nodes": [{key: value for key, value in node.items() if key != "position"} for node in read.get("nodes", ())],
        "edges": read.get("edges", []),
    }
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def read_graph(text: bytes) -> Graph:
    """Read a graph of the published subset.

    Raises: GraphMalformed, ExpressionUnreadable.
    """
    canonical = canonical_text(text)
    try:
        read = msgspec.json.decode(canonical, type=_Text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _malformed(str(error)) from error
    try:
        nodes = tuple(_node(one) for one in read.nodes)
    except RecursionError:
        raise _malformed("an expression is nested too deeply") from None
    edges = tuple(Edge(one.source_id, one.target_id, one.source_handle or "") for one in read.edges)
    _require_ends(nodes)
    _require_names(nodes)
    return Graph(hashlib.sha256(canonical).hexdigest(), nodes, edges)


def _decoded(text: bytes) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except ValueError as error:
        raise _malformed(str(error)) from error
    nodes = cast("dict[str, Any]", read).get("nodes") if isinstance(read, dict) else None
    if not isinstance(nodes, list) or not all(isinstance(one, dict) for one in cast("list[Any]", nodes)):
        raise _malformed("nodes and edges are expected")
    return cast("dict[str, Any]", read)


def _require_ends(nodes: tuple[Node, ...]) -> None:
    ends = [node.content.is_input for node in nodes if isinstance(node.content, Ends)]
    if sorted(ends) != [False, True]:
        raise _malformed("a graph has one input node and one output node, each with its schema")
    if len({node.node_id for node in nodes}) != len(nodes) or len({node.name for node in nodes}) != len(nodes):
        raise _malformed("two nodes share an id or a name")


def _require_names(nodes: tuple[Node, ...]) -> None:
    """Names become names of variables in generated functions: what is no identifier must not get there."""
    for node in nodes:
        fields = node.content.fields if isinstance(node.content, Ends) else ()
        for name in (*definitions(node.content), *(field.name for field in fields)):
            if not _NAME.fullmatch(name):
                raise _malformed(f"{node.name}: {name[:40]!r} is not a name", allowed="letters, digits and _")


def _node(read: _Node) -> Node:
    reading = _READINGS.get(read.type)
    if reading is None:
        raise _malformed(f"{read.name}: a node of type {read.type}", allowed=", ".join(_READINGS))
    return Node(read.id, read.name or read.id, reading(read))


def _assign(read: _Node) -> Assign:
    _require_plain(read)
    found = read.content.expressions
    return Assign(tuple((one.key, parse_expression(one.value, place=f"{read.name}/{one.key}")) for one in found))


def _table(read: _Node) -> Table:
    content, collects = read.content, read.content.hit_policy == "collect"
    _require_plain(read, path=collects)
    if collects and (len(content.outputs) != 1 or not content.output_path):
        raise _malformed(f"{read.name}: a collecting table has one output column and an output path")
    rows: list[Row] = []
    for number, rule in enumerate(content.rules, start=1):
        place = f"{read.name}/row {number}"
        condition: Expression = TRUE
        for column in content.inputs:
            cell = rule.get(column.id, "")
            condition = both(condition, parse_cell(cell, field=column.field, place=f"{place}/{column.field}"))
        texts = ((one.field, rule.get(one.id, "")) for one in content.outputs)
        values = tuple(parse_expression(text, place=f"{place}/{field}") for field, text in texts)
        if collects and not all(isinstance(value, Literal) for value in values):
            raise _malformed(f"{place}: what is collected is a constant")
        rows.append(Row(condition, values))
    return Table(tuple(one.field for one in content.outputs), tuple(rows), content.output_path or "")


def _switch(read: _Node) -> Switch:
    found = read.content.statements
    if read.content.hit_policy != "first" or not found or found[-1].condition.strip():
        raise _malformed(f"{read.name}: a switch takes the first that holds, and its last branch has no condition")
    conditions = (one.condition.strip() or "true" for one in found)
    parsed = (parse_expression(text, place=f"{read.name}/branch {at}") for at, text in enumerate(conditions, start=1))
    return Switch(tuple((one.id, condition) for one, condition in zip(found, parsed, strict=True)))


def _call(read: _Node) -> Call:
    _require_plain(read)
    return Call(read.content.key)


def _ends(read: _Node) -> Ends:
    schema = read.content.schema
    try:
        held = cast("dict[str, Any]", json.loads(schema)) if isinstance(schema, str) else schema
        fields = tuple(_field(name, spec) for name, spec in held["properties"].items())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _malformed(f"{read.name}: its schema lists no typed properties") from error
    return Ends(fields, read.type == "inputNode")


def _field(name: str, spec: dict[str, Any]) -> Field:
    stated: Any = spec["type"]
    sorts: list[str] = [stated] if isinstance(stated, str) else list(stated)
    nullable = "null" in sorts
    sort = Sort(next(one for one in sorts if one != "null"))
    low, high = int(spec.get("minimum", -NUMBER_MAX)), int(spec.get("maximum", NUMBER_MAX))
    texts = tuple(str(text) for text in spec.get("enum", ()) if text is not None)
    bounds = (low, high) if sort is Sort.NUMBER else (0, 0)
    return Field(name, Type(sort, nullable, *bounds), texts, tuple(spec.get("examples", ())))


def _require_plain(read: _Node, *, path: bool = False) -> None:
    content = read.content
    if not content.pass_through or content.input_field or (content.output_path and not path):
        raise _malformed(f"{read.name}: a node passes its input through, whole, and adds to it")
    if content.execution_mode != "single" or content.hit_policy not in {"first", "collect"}:
        raise _malformed(f"{read.name}: hit policies are first and collect, and execution is single")


_READINGS = {
    "inputNode": _ends,
    "outputNode": _ends,
    "expressionNode": _assign,
    "decisionTableNode": _table,
    "switchNode": _switch,
    "decisionNode": _call,
}


def _malformed(what: str, *, allowed: str = "a JDM graph of the published subset") -> GraphMalformed:
    return GraphMalformed(what, allowed=allowed)


def definitions(content: Content) -> Iterator[str]:
    """The names that a node defines by itself."""
    if isinstance(content, Assign):
        yield from (name for name, _ in content.values)
    elif isinstance(content, Table):
        yield from ((content.collects,) if content.collects else content.columns)
