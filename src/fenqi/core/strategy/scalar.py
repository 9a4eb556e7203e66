"""A proven graph as one Python function: generated, compiled once, a few microseconds a call."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from fenqi.core.strategy.expression import Binary, Call, Choice, Expression, Literal, Member, Name, Unary
from fenqi.core.strategy.graph import Assign, Ends, Field, Switch, Table
from fenqi.core.strategy.graph import Call as SubDecision
from fenqi.core.strategy.plan import Plan, Step
from fenqi.core.strategy.typed import Sort

Result = dict[str, Any]
_SORTS = {Sort.NUMBER: "int", Sort.TRUTH: "bool", Sort.TEXT: "str"}


@dataclass(frozen=True)
class Unsettled:
    """An input that is missing, of another type or out of its range: nothing is concluded, a person decides."""

    name: str


@dataclass(frozen=True)
class ScalarStrategy:
    """A compiled graph; `source` is the function's text."""

    version: str
    source: str
    run: Callable[[Mapping[str, Any]], Result | Unsettled]


def compile_scalar(plan: Plan) -> ScalarStrategy:
    """Compile a proven graph to a function from facts to outputs.

    The proof leaves no null and no zero to stumble over; inputs are held to their schema first, and a name that no
    branch defined is None.
    """
    source = "\n".join(_functions(plan, "decide"))
    namespace: dict[str, Any] = {"Unsettled": Unsettled}
    exec(compile(source, f"<strategy {plan.version[:12]}>", "exec"), namespace)  # noqa: S102 our own generated text
    return ScalarStrategy(plan.version, source, cast("Callable[[Mapping[str, Any]], Any]", namespace["decide"]))


def _functions(plan: Plan, name: str) -> Iterator[str]:
    subs = {key: f"sub_{number}" for number, key in enumerate(plan.subs)}
    for key, function in subs.items():
        yield from _functions(plan.subs[key], f"{name}_{function}")
    yield f"def {name}(facts):"
    yield "    get = facts.get"
    for field in plan.graph.inputs:
        yield from _input(field)
    defined = [item for item in plan.types if item not in {field.name for field in plan.graph.inputs}]
    yield from (f"    v_{item} = None" for item in defined)
    for step in plan.steps:
        yield from _step(step, plan, {key: f"{name}_{function}" for key, function in subs.items()})
    yield "    return {" + ", ".join(f"{one.name!r}: v_{one.name}" for one in plan.graph.outputs) + "}"


def _input(field: Field) -> Iterator[str]:
    name, held = f"v_{field.name}", field.type
    faults = [f"{name}.__class__ is not {_SORTS[held.sort]}"]
    if held.sort is Sort.NUMBER:
        faults.append(f"not {held.low} <= {name} <= {held.high}")
    yield f"    {name} = get({field.name!r})"
    fault = " or ".join(faults)
    yield f"    if {f'{name} is not None and ({fault})' if held.nullable else fault}:"
    yield f"        return Unsettled({field.name!r})"


def _step(step: Step, plan: Plan, subs: Mapping[str, str]) -> Iterator[str]:
    lines = tuple(_lines(step, plan, subs))
    if not lines:
        return
    guards = [
        f"b_{_switch_number(plan, by)} in {tuple(sorted(taken))!r}" for by, taken in sorted(step.branches.items())
    ]
    if guards:
        yield f"    if {' and '.join(guards)}:"
    indent = "        " if guards else "    "
    yield from (indent + line for line in lines)


def _switch_number(plan: Plan, node_id: str) -> int:
    return next(number for number, step in enumerate(plan.steps) if step.node.node_id == node_id)


def _lines(step: Step, plan: Plan, subs: Mapping[str, str]) -> Iterator[str]:
    match step.node.content:
        case Assign(values):
            yield from (f"v_{name} = {scalar_text(tree)}" for name, tree in values)
        case Table():
            yield from _table(step.node.content)
        case Switch(branches):
            chosen = "".join(f"{handle!r} if {scalar_text(condition)} else " for handle, condition in branches)
            yield f"b_{_switch_number(plan, step.node.node_id)} = {chosen}''"
        case SubDecision(key):
            sub = plan.subs[key].graph
            given = ", ".join(f"{field.name!r}: v_{field.name}" for field in sub.inputs)
            yield f"found = {subs[key]}({{{given}}})"
            yield from (f"v_{field.name} = found[{field.name!r}]" for field in sub.outputs)
        case Ends():
            return


def _table(table: Table) -> Iterator[str]:
    if table.collects:
        yield f"v_{table.collects} = []"
        for row in table.rows:
            yield f"if {scalar_text(row.condition)}: v_{table.collects}.append({scalar_text(row.values[0])})"
        return
    word = "if"
    for row in table.rows:
        names = ", ".join(f"v_{column}" for column in table.columns)
        yield f"{word} {scalar_text(row.condition)}: {names} = {', '.join(map(scalar_text, row.values))}"
        word = "elif"


def scalar_text(tree: Expression) -> str:
    """An expression as Python."""
    match tree:
        case Literal(value):
            return repr(value)
        case Name(name):
            return f"v_{name}"
        case Unary(operator, operand):
            return f"({operator} {scalar_text(operand)})"
        case Binary():
            return _binary(tree)
        case Member(value, options):
            return f"({scalar_text(value)} in {tuple(option.value for option in options)!r})"
        case Choice(condition, then, otherwise):
            return f"({scalar_text(then)} if {scalar_text(condition)} else {scalar_text(otherwise)})"
        case Call(function, arguments):
            parts = ", ".join(map(scalar_text, arguments))
            return f"{function}({parts})" if function == "abs" else f"{function}(({parts},))"


def _binary(tree: Binary) -> str:
    left, right = scalar_text(tree.left), scalar_text(tree.right)
    if tree.operator == "floor":
        return f"({left} // {right})"
    if tree.operator == "ceil":
        return f"(-(-{left} // {right}))"
    if tree.operator in {"==", "!="} and "None" in {left, right}:
        return f"({left} {'is' if tree.operator == '==' else 'is not'} {right})"
    return f"({left} {tree.operator} {right})"
