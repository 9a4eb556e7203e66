"""Inputs made up for a strategy: on both sides of every number it names, with and without each fact."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from fenqi.core.strategy.expression import Binary, Call, Choice, Expression, Literal, Member, Unary, Value
from fenqi.core.strategy.graph import Assign, Field, Switch, Table
from fenqi.core.strategy.plan import Plan
from fenqi.core.strategy.typed import Sort

NULL_SHARE = 0.04
EDGE_SHARE = 0.5
TYPICAL_SHARE = 0.9
OTHER_TEXT = "another text"


def sample_of(plan: Plan, *, count: int, seed: int) -> tuple[dict[str, Any], ...]:
    """So many inputs, the same for the same seed.

    Every field takes each of its edges: the ends of its range, and every number of the strategy, one below and one
    above; texts take every text named and one that is not; what may be null is null in some. In three rows of four
    most fields have a typical value, so that what lies behind many conditions is reached too.
    """
    draw = np.random.default_rng(seed)
    numbers = tuple(sorted({number for one in (plan, *plan.subs.values()) for number in _numbers(one)}))
    is_typical = np.arange(count) % 4 != 0
    columns = {field.name: _column(field, numbers, is_typical=is_typical, draw=draw) for field in plan.graph.inputs}
    return tuple(dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))


def _column(
    field: Field, numbers: tuple[int, ...], *, is_typical: npt.NDArray[np.bool_], draw: np.random.Generator
) -> list[Any]:
    count = len(is_typical)
    values = np.array(_values(field, numbers, count=count, draw=draw), dtype=object)
    if field.type.nullable:
        values[draw.random(count) < NULL_SHARE] = None
    if field.typical:
        taken = is_typical & (draw.random(count) < TYPICAL_SHARE)
        typical = np.array(field.typical, dtype=object)
        values[taken] = typical[draw.integers(len(typical), size=int(taken.sum()))]
    return values.tolist()


def _values(field: Field, numbers: tuple[int, ...], *, count: int, draw: np.random.Generator) -> list[Any]:
    if field.type.sort is Sort.TRUTH:
        return (draw.random(count) < 0.5).tolist()
    if field.type.sort is Sort.TEXT:
        texts = field.texts or (OTHER_TEXT,)
        return [texts[at] for at in draw.integers(len(texts), size=count).tolist()]
    edges = _edges(field, numbers)
    picked = np.array(edges, dtype=np.int64)[draw.integers(len(edges), size=count)]
    spread = np.minimum(
        np.maximum(np.exp(draw.uniform(0, 18, count)).astype(np.int64), field.type.low), field.type.high
    )
    return np.where(draw.random(count) < EDGE_SHARE, picked, spread).tolist()


def _edges(field: Field, numbers: tuple[int, ...]) -> list[int]:
    low, high = field.type.low, field.type.high
    near = {number + step for number in (0, *numbers) for step in (-1, 0, 1)}
    return sorted({low, high, *(number for number in near if low <= number <= high)})


def _numbers(plan: Plan) -> Iterator[int]:
    for step in plan.steps:
        for tree in trees_of(step.node.content):
            yield from (value for value in constants(tree) if type(value) is int)


def trees_of(content: object) -> Iterator[Expression]:
    """Every expression of a node."""
    match content:
        case Assign(values):
            yield from (tree for _, tree in values)
        case Table(_, rows):
            yield from (tree for row in rows for tree in (row.condition, *row.values))
        case Switch(branches):
            yield from (tree for _, tree in branches)
        case _:
            return


def constants(tree: Expression) -> Iterator[Value]:
    """Every constant in an expression."""
    if isinstance(tree, Literal):
        yield tree.value
    for part in _parts(tree):
        yield from constants(part)


def _parts(tree: Expression) -> tuple[Expression, ...]:
    match tree:
        case Unary(_, operand):
            return (operand,)
        case Binary(_, left, right):
            return left, right
        case Member(value, options):
            return value, *options
        case Choice(condition, then, otherwise):
            return condition, then, otherwise
        case Call(_, arguments):
            return arguments
        case _:
            return ()
