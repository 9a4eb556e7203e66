"""A proven graph over columns: one NumPy statement where the scalar form has one of Python."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import CodeType
from typing import Any

import numpy as np
import numpy.typing as npt

from fenqi.core.strategy.expression import Binary, Call, Choice, Expression, Literal, Member, Name, Unary, Value
from fenqi.core.strategy.fault import GraphMalformed
from fenqi.core.strategy.graph import Assign, Field, Switch, Table
from fenqi.core.strategy.graph import Call as SubDecision
from fenqi.core.strategy.plan import Plan, Step
from fenqi.core.strategy.sample import constants, trees_of
from fenqi.core.strategy.scalar import Result, Unsettled
from fenqi.core.strategy.typed import Sort

Column = npt.NDArray[np.int64]
NULL = -(2**62)
UNEXPECTED = -1
"""The code of a text that no place of the strategy names."""
ROWS_AT_ONCE = 8192
"""As many as keep every intermediate column in a processor's cache."""
COLLECTED_MAX = 62


@dataclass(frozen=True)
class ColumnarStrategy:
    """A compiled graph over columns of int64: amounts, truths as 0 and 1, texts as places in `texts`, NULL."""

    plan: Plan
    source: str
    texts: tuple[str, ...]
    code: CodeType

    @cached_property
    def codes(self) -> dict[str, int]:
        """The place of every text."""
        return {text: place for place, text in enumerate(self.texts)}

    @cached_property
    def collected(self) -> dict[str, tuple[Value, ...]]:
        """What each bit of a collected output stands for."""
        found: dict[str, tuple[Value, ...]] = {}
        for plan in (self.plan, *self.plan.subs.values()):
            tables = (step.node.content for step in plan.steps if isinstance(step.node.content, Table))
            found |= {table.collects: tuple(_code(row.values[0]) for row in table.rows) for table in tables}
        return found

    def columns(self, rows: Iterable[Mapping[str, Any]]) -> dict[str, Column]:
        """Rows of facts as columns; a fact of another sort than its schema says makes its row unsettled."""
        held = tuple(rows)
        return {
            field.name: np.fromiter((self._encoded(row.get(field.name), field) for row in held), np.int64, len(held))
            for field in self.plan.graph.inputs
        }

    def run(self, columns: Mapping[str, Column]) -> dict[str, Column]:
        """Evaluate all rows; `settled` is 0 where an input is missing or out of its range, and then nothing holds.

        Shapes: every column [n].
        """
        count = len(next(iter(columns.values()))) if columns else 0
        names = [field.name for field in self.plan.graph.outputs]
        out = {name: np.empty(count, np.int64) for name in (*names, "settled")}
        for start in range(0, count, ROWS_AT_ONCE):
            part = slice(start, start + ROWS_AT_ONCE)
            scope: dict[str, Any] = {f"v_{field.name}": columns[field.name][part] for field in self.plan.graph.inputs}
            rows = min(ROWS_AT_ONCE, count - start)
            exec(self.code, {"np": np, "NULL": NULL, "rows": rows}, scope)  # noqa: S102 our own generated text
            for name in names:
                out[name][part] = scope[f"v_{name}"]
            out["settled"][part] = scope["settled"]
        return out

    def decoded(self, out: Mapping[str, Column], row: int) -> Result | Unsettled:
        """One row as the scalar form says it."""
        if not out["settled"][row]:
            return Unsettled("an input")
        return {field.name: self._decoded(int(out[field.name][row]), field) for field in self.plan.graph.outputs}

    def _encoded(self, value: Value, field: Field) -> int:
        if value is None:
            return NULL
        if field.type.sort is Sort.TEXT:
            return self.codes.get(value, UNEXPECTED) if isinstance(value, str) else NULL - 1
        fits = isinstance(value, int) and isinstance(value, bool) == (field.type.sort is Sort.TRUTH)
        return int(value) if fits else NULL - 1

    def _decoded(self, value: int, field: Field) -> Any:
        if field.type.sort is Sort.LIST:
            return [code for bit, code in enumerate(self.collected[field.name]) if value >> bit & 1]
        if value == NULL:
            return None
        if field.type.sort is Sort.TRUTH:
            return bool(value)
        return self.texts[value] if field.type.sort is Sort.TEXT else value


def compile_columnar(plan: Plan) -> ColumnarStrategy:
    """Compile a proven graph to NumPy.

    Both sides of a choice are computed and one is taken, so a divisor is 1 where its branch is not.

    Raises: GraphMalformed if a table collects more rows than a 64-bit integer has places.
    """
    texts = tuple(sorted({text for one in (plan, *plan.subs.values()) for text in _texts(one)}))
    writer = _Writer({text: place for place, text in enumerate(texts)})
    source = "\n".join((*writer.inputs(plan.graph.inputs), *writer.steps(plan)))
    return ColumnarStrategy(plan, source, texts, compile(source, f"<columns {plan.version[:12]}>", "exec"))


class _Writer:
    def __init__(self, codes: Mapping[str, int]) -> None:
        self._codes, self._branch = codes, 0

    def inputs(self, fields: Iterable[Field]) -> Iterator[str]:
        yield "settled = np.ones(rows, dtype=bool)"
        for field in fields:
            low, high = _bounds(field)
            null = f" | (v_{field.name} == NULL)" if field.type.nullable else ""
            yield f"settled &= ((v_{field.name} >= {low}) & (v_{field.name} <= {high})){null}"

    def steps(self, plan: Plan) -> Iterator[str]:
        numbers: dict[str, int] = {}
        shared = [name for name in plan.types if sum(name in _made(step, plan) for step in plan.steps) > 1]
        yield from (f"v_{name} = NULL" for name in shared)
        for step in plan.steps:
            guards = [
                f"np.isin(b_{numbers[by]}, {[_place(plan, by, handle) for handle in sorted(taken)]})"
                for by, taken in sorted(step.branches.items())
            ]
            if isinstance(step.node.content, Switch):
                self._branch += 1
                numbers[step.node.node_id] = self._branch
                yield self._switch(step.node.content)
            else:
                yield from self._lines(step, plan, " & ".join(guards), frozenset(shared))

    def _lines(self, step: Step, plan: Plan, guard: str, shared: frozenset[str]) -> Iterator[str]:
        match step.node.content:
            case Assign(values):
                for name, tree in values:
                    yield _guarded(name, self.text(tree), guard, shared)
            case Table():
                for name, text in self._table(step.node.content):
                    yield _guarded(name, text, guard, shared)
            case SubDecision(key):
                yield from self.steps(plan.subs[key])
                if guard:
                    made = (field.name for field in plan.subs[key].graph.outputs)
                    yield from (f"v_{name} = np.where({guard}, v_{name}, NULL)" for name in made)
            case _:
                return

    def _switch(self, switch: Switch) -> str:
        text = str(len(switch.branches) - 1)
        for place in range(len(switch.branches) - 2, -1, -1):
            text = f"np.where({self.truth(switch.branches[place][1])}, {place}, {text})"
        return f"b_{self._branch} = {text}"

    def _table(self, table: Table) -> Iterator[tuple[str, str]]:
        if table.collects:
            if len(table.rows) > COLLECTED_MAX:
                raise GraphMalformed(f"{table.collects} collects {len(table.rows)} rows", allowed=str(COLLECTED_MAX))
            bits = (f"({self.truth(row.condition)}) * np.int64({1 << place})" for place, row in enumerate(table.rows))
            yield table.collects, " + ".join(bits)
            return
        for number in range(len(table.rows)):
            yield f"_{number}", self.truth(table.rows[number].condition)
        for place, column in enumerate(table.columns):
            text = "NULL"
            for number in range(len(table.rows) - 1, -1, -1):
                text = f"np.where(v__{number}, {self.text(table.rows[number].values[place])}, {text})"
            yield column, text

    def text(self, tree: Expression) -> str:
        """An expression whose value is an int64 column or a constant."""
        match tree:
            case Literal(value):
                return self._literal(value)
            case Name(name):
                return f"v_{name}"
            case Unary("-", operand):
                return f"(-{self.text(operand)})"
            case Binary("+" | "-" | "*" | "floor" | "ceil" as operator, left, right):
                return _arithmetic(operator, self.text(left), self.text(right))
            case Choice(condition, then, otherwise):
                return f"np.where({self.truth(condition)}, {self.text(then)}, {self.text(otherwise)})"
            case Call("abs", (argument,)):
                return f"np.abs({self.text(argument)})"
            case Call(function, arguments):
                return _folded({"min": "np.minimum", "max": "np.maximum"}[function], [*map(self.text, arguments)])
            case _:
                return f"np.int64(1) * ({self.truth(tree)})"

    def truth(self, tree: Expression) -> str:
        """A condition as a column of truths."""
        match tree:
            case Literal(value):
                return str(bool(value))
            case Unary("not", operand):
                return f"np.logical_not({self.truth(operand)})"
            case Binary("and" | "or" as operator, left, right):
                return f"({self.truth(left)} {'&' if operator == 'and' else '|'} {self.truth(right)})"
            case Binary("==" | "!=" | "<" | "<=" | ">" | ">=" as operator, left, right):
                return f"({self.text(left)} {operator} {self.text(right)})"
            case Member(value, options):
                held = self.text(value)
                return "(" + " | ".join(f"({held} == {self._literal(option.value)})" for option in options) + ")"
            case Choice(condition, then, otherwise):
                return f"np.where({self.truth(condition)}, {self.truth(then)}, {self.truth(otherwise)})"
            case _:
                return f"({self.text(tree)} == 1)"

    def _literal(self, value: Value) -> str:
        if value is None:
            return "NULL"
        return str(self._codes[value] if isinstance(value, str) else int(value))


def _guarded(name: str, text: str, guard: str, shared: frozenset[str]) -> str:
    if not guard:
        return f"v_{name} = {text}"
    return f"v_{name} = np.where({guard}, {text}, {f'v_{name}' if name in shared else 'NULL'})"


def _arithmetic(operator: str, left: str, right: str) -> str:
    if operator in {"+", "-", "*"}:
        return f"({left} {operator} {right})"
    divisor = right if right.lstrip("-").isdigit() else f"np.where({right} == 0, 1, {right})"
    return f"({left} // {divisor})" if operator == "floor" else f"(-(-{left} // {divisor}))"


def _folded(function: str, parts: list[str]) -> str:
    text = parts[0]
    for part in parts[1:]:
        text = f"{function}({text}, {part})"
    return text


def _bounds(field: Field) -> tuple[int, int]:
    if field.type.sort is Sort.TRUTH:
        return 0, 1
    return (UNEXPECTED, 2**31) if field.type.sort is Sort.TEXT else (field.type.low, field.type.high)


def _place(plan: Plan, node_id: str, handle: str) -> int:
    switch = next(step.node.content for step in plan.steps if step.node.node_id == node_id)
    assert isinstance(switch, Switch)
    return [one for one, _ in switch.branches].index(handle)


def _made(step: Step, plan: Plan) -> frozenset[str]:
    match step.node.content:
        case Assign(values):
            return frozenset(name for name, _ in values)
        case Table():
            return frozenset(step.node.content.columns)
        case SubDecision(key):
            return frozenset(field.name for field in plan.subs[key].graph.outputs)
        case _:
            return frozenset()


def _texts(plan: Plan) -> Iterator[str]:
    for field in (*plan.graph.inputs, *plan.graph.outputs):
        yield from field.texts
    for step in plan.steps:
        for tree in trees_of(step.node.content):
            yield from (value for value in constants(tree) if isinstance(value, str))


def _code(tree: Expression) -> Value:
    return tree.value if isinstance(tree, Literal) else None
