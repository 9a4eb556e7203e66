"""A graph proven and put in order: what every node may use, and under which branch it is reached."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

from fenqi.core.strategy.expression import TRUE, Expression
from fenqi.core.strategy.fault import (
    FieldTwice,
    FieldUnknown,
    GraphCyclic,
    GraphMalformed,
    NodeUnreachable,
    OutputMissing,
    TypeClash,
)
from fenqi.core.strategy.graph import Assign, Call, Edge, Ends, Graph, Node, Switch, Table, definitions
from fenqi.core.strategy.typed import Scope, Sort, Type, joined, proven, type_of

Branches = Mapping[str, frozenset[str]]
"""By switch, the handles through which a node is reached; a switch that is not in it does not decide."""


@dataclass(frozen=True)
class Step:
    """A node in its turn."""

    node: Node
    branches: Branches


@dataclass(frozen=True)
class Plan:
    """A proven graph: steps in order, the type of every name, and the plans of its sub-decisions by key."""

    graph: Graph
    steps: tuple[Step, ...]
    types: Mapping[str, Type]
    subs: Mapping[str, "Plan"]

    @property
    def version(self) -> str:
        """The graph's version."""
        return self.graph.version


def plan_of(graph: Graph, *, subs: Mapping[str, Plan] | None = None) -> Plan:
    """Prove a graph.

    A name is known where every path to it defines it; two nodes may define one name on exclusive branches only.

    Raises: GraphCyclic, NodeUnreachable, FieldUnknown, FieldTwice, TypeClash, MayBeUnknown, DivisorMayBeZero,
    NumberTooLarge, OutputMissing; each names the place.
    """
    ordered = _ordered(graph)
    _require_reached(graph)
    steps = _with_branches(graph, ordered)
    types: dict[str, Type] = {}
    for step in steps:
        scope = _scope(graph, steps, step, types=types, subs=subs or {})
        for name, found in _defined(step.node, scope, subs=subs or {}):
            place = f"{step.node.name}/{name}"
            types[name] = joined(types[name], found, place=place) if name in types else found
        _require_promises(step.node, scope)
    _require_once(graph, steps, subs or {})
    used = {step.node.content.key for step in steps if isinstance(step.node.content, Call)}
    return Plan(graph, steps, types, {key: plan for key, plan in (subs or {}).items() if key in used})


def _ordered(graph: Graph) -> tuple[Node, ...]:
    by_id = {node.node_id: node for node in graph.nodes}
    for edge in graph.edges:
        if edge.source not in by_id or edge.target not in by_id:
            raise GraphMalformed(f"an edge leads from {edge.source} to {edge.target}", allowed="edges between nodes")
    waits = {node.node_id: {edge.source for edge in graph.edges if edge.target == node.node_id} for node in graph.nodes}
    ordered: list[Node] = []
    while waits:
        free = [node_id for node_id, sources in waits.items() if not sources & waits.keys()]
        if not free:
            names = " → ".join(by_id[node_id].name for node_id in waits)
            raise GraphCyclic(f"these wait for one another: {names}", allowed="edges that run one way")
        ordered += [by_id[node_id] for node_id in free]
        for node_id in free:
            del waits[node_id]
    return tuple(ordered)


def _require_reached(graph: Graph) -> None:
    ends = {node.content.is_input: node.node_id for node in graph.nodes if isinstance(node.content, Ends)}
    from_input = _reached(ends[True], [(edge.source, edge.target) for edge in graph.edges])
    to_output = _reached(ends[False], [(edge.target, edge.source) for edge in graph.edges])
    for node in graph.nodes:
        if node.node_id not in from_input & to_output:
            raise NodeUnreachable(
                f"{node.name} lies on no path from input to output", allowed="a node between input and output"
            )


def _reached(start: str, pairs: list[tuple[str, str]]) -> frozenset[str]:
    seen, ahead = {start}, [start]
    while ahead:
        here = ahead.pop()
        for source, target in pairs:
            if source == here and target not in seen:
                seen.add(target)
                ahead.append(target)
    return frozenset(seen)


def _with_branches(graph: Graph, ordered: tuple[Node, ...]) -> tuple[Step, ...]:
    reached: dict[str, Branches] = {}
    by_id = {node.node_id: node for node in ordered}
    for node in ordered:
        ways = [_way(edge, by_id, reached) for edge in graph.edges if edge.target == node.node_id]
        reached[node.node_id] = reduce(_either, ways) if ways else {}
    full = {node.node_id: _handles(node) for node in ordered if isinstance(node.content, Switch)}
    return tuple(
        Step(node, {by: taken for by, taken in reached[node.node_id].items() if taken != full[by]}) for node in ordered
    )


def _way(edge: Edge, by_id: Mapping[str, Node], reached: Mapping[str, Branches]) -> Branches:
    node = by_id[edge.source]
    before = reached[edge.source]
    if not isinstance(node.content, Switch):
        return before
    if edge.handle not in _handles(node):
        raise GraphMalformed(f"{node.name}: an edge leaves no branch", allowed=", ".join(sorted(_handles(node))))
    return {**before, node.node_id: frozenset({edge.handle})}


def _either(one: Branches, other: Branches) -> Branches:
    """Reached one way or the other: a switch that one of them does not pass decides nothing more."""
    return {by: one[by] | other[by] for by in one.keys() & other.keys()}


def _handles(node: Node) -> frozenset[str]:
    return frozenset(handle for handle, _ in node.content.branches) if isinstance(node.content, Switch) else frozenset()


def _scope(
    graph: Graph, steps: tuple[Step, ...], step: Step, *, types: Mapping[str, Type], subs: Mapping[str, Plan]
) -> Scope:
    before = _reached(step.node.node_id, [(edge.target, edge.source) for edge in graph.edges])
    makers: dict[str, list[Step]] = {}
    for one in steps:
        if one.node.node_id in before and one is not step:
            for name in _names(one.node, subs):
                makers.setdefault(name, []).append(one)
    switches = {one.node.node_id: one for one in steps if isinstance(one.node.content, Switch)}
    return {name: types[name] for name, made in makers.items() if _covers(made, step.branches, switches)}


def _covers(made: list[Step], branches: Branches, switches: Mapping[str, Step]) -> bool:
    """Whether one of the makers ran whenever these branches were taken."""
    if any(_implied(one.branches, branches) for one in made):
        return True
    for by, switch in switches.items():
        if not _implied(switch.branches, branches):
            continue
        whole = branches.get(by, _handles(switch.node))
        able = [one.branches for one in made if _implied(_without(one.branches, by), branches)]
        if whole <= frozenset().union(*(one.get(by, frozenset[str]()) for one in able)):
            return True
    return False


def _implied(wanted: Branches, given: Branches) -> bool:
    return all(by in given and given[by] <= taken for by, taken in wanted.items())


def _without(branches: Branches, by: str) -> Branches:
    return {other: taken for other, taken in branches.items() if other != by}


def _names(node: Node, subs: Mapping[str, Plan]) -> Iterator[str]:
    if isinstance(node.content, Ends) and node.content.is_input:
        yield from (field.name for field in node.content.fields)
    elif isinstance(node.content, Call):
        yield from (field.name for field in _sub(node, subs).graph.outputs)
    else:
        yield from definitions(node.content)


def _defined(node: Node, scope: Scope, *, subs: Mapping[str, Plan]) -> Iterator[tuple[str, Type]]:
    match node.content:
        case Ends(fields, is_input=True):
            yield from ((field.name, field.type) for field in fields)
        case Assign(values):
            for name, tree in values:
                yield name, type_of(tree, scope, place=f"{node.name}/{name}")
        case Table():
            yield from _table_types(node.name, node.content, scope)
        case Switch():
            _require_conditions(node.name, node.content, scope)
        case Call():
            yield from _promised(node, scope, _sub(node, subs))
        case _:
            return


def _require_conditions(name: str, switch: Switch, scope: Scope) -> None:
    for at, (_, condition) in enumerate(switch.branches, start=1):
        _require_truth(condition, scope, place=f"{name}/branch {at}")


def _promised(node: Node, scope: Scope, sub: Plan) -> Iterator[tuple[str, Type]]:
    for field in sub.graph.inputs:
        _require_fits(field.name, field.type, scope, place=node.name)
    yield from ((field.name, field.type) for field in sub.graph.outputs)


def _table_types(name: str, table: Table, scope: Scope) -> Iterator[tuple[str, Type]]:
    found: dict[str, Type] = {}
    closed = False
    for number, row in enumerate(table.rows, start=1):
        place = f"{name}/row {number}"
        _require_truth(row.condition, scope, place=place)
        held = proven(row.condition, scope)
        closed = closed or row.condition == TRUE
        for column, tree in zip(table.columns, row.values, strict=True):
            value = type_of(tree, held, place=f"{place}/{column}")
            found[column] = joined(found[column], value, place=f"{place}/{column}") if column in found else value
    if table.collects:
        yield table.collects, Type(Sort.LIST)
        return
    for column, value in found.items():
        yield column, value if closed else Type(value.sort, nullable=True, low=value.low, high=value.high)


def _require_truth(tree: Expression, scope: Scope, *, place: str) -> None:
    found = type_of(tree, scope, place=place)
    if found.sort is not Sort.TRUTH or found.nullable:
        raise TypeClash(f"{place}: a condition is true or false, not {found.sort}", allowed="a comparison")


def _require_promises(node: Node, scope: Scope) -> None:
    if not isinstance(node.content, Ends) or node.content.is_input:
        return
    for field in node.content.fields:
        if field.name not in scope:
            raise OutputMissing(f"{node.name}: nothing defines {field.name} on every path", allowed="a node for it")
        _require_fits(field.name, field.type, scope, place=node.name)


def _require_fits(name: str, wanted: Type, scope: Scope, *, place: str) -> None:
    if name not in scope:
        raise FieldUnknown(f"{place}: {name} is not defined on every path to here", allowed=", ".join(sorted(scope)))
    held = scope[name]
    same = held.sort in {wanted.sort, Sort.NULL}
    inside = wanted.sort is not Sort.NUMBER or (wanted.low <= held.low and held.high <= wanted.high)
    if not same or not inside or (held.nullable and not wanted.nullable):
        raise OutputMissing(f"{place}: {name} is {held}, not within {wanted}", allowed="the type that is promised")


def _require_once(graph: Graph, steps: tuple[Step, ...], subs: Mapping[str, Plan]) -> None:
    made: dict[str, list[Step]] = {}
    for step in steps:
        for name in _names(step.node, subs):
            for other in made.setdefault(name, []):
                if not _exclusive(step.branches, other.branches):
                    raise FieldTwice(
                        f"{step.node.name}/{name}: {other.node.name} defines it too", allowed="one definition a path"
                    )
            made[name].append(step)


def _exclusive(one: Branches, other: Branches) -> bool:
    return any(not one[by] & other[by] for by in one.keys() & other.keys())


def _sub(node: Node, subs: Mapping[str, Plan]) -> Plan:
    key = node.content.key if isinstance(node.content, Call) else ""
    if key not in subs:
        raise FieldUnknown(f"{node.name}: there is no sub-decision {key}", allowed=", ".join(subs) or "none is there")
    return subs[key]
