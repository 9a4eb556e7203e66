"""What an expression can come to: its kind, its range, whether it may be null; and what a condition proves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

from fenqi.core.strategy.expression import Binary, Call, Choice, Expression, Literal, Member, Name, Unary
from fenqi.core.strategy.fault import DivisorMayBeZero, FieldUnknown, MayBeUnknown, NumberTooLarge, TypeClash

NUMBER_MAX = 2**53 - 1
"""Up to here JSON, decimals and 64-bit integers agree."""


class Sort(StrEnum):
    """What sort of value."""

    NUMBER = "integer"
    """A whole number; amounts are minor units."""
    TRUTH = "boolean"
    """True or false."""
    TEXT = "string"
    """One of some texts."""
    NULL = "null"
    """Nothing else than null."""
    LIST = "array"
    """The codes that a collecting table found; an output only."""


@dataclass(frozen=True)
class Type:
    """What a name may hold."""

    sort: Sort
    nullable: bool = False
    low: int = 0
    high: int = 0


Scope = Mapping[str, Type]
TRUTH = Type(Sort.TRUTH)


def type_of(tree: Expression, scope: Scope, *, place: str) -> Type:
    """The type of an expression where these names are known.

    `and`, `or` and `? :` prove something to what stands behind them: `x != null and x > 0` is safe.

    Raises: FieldUnknown, TypeClash, MayBeUnknown, DivisorMayBeZero, NumberTooLarge; each names the place.
    """
    match tree:
        case Literal():
            return literal_type(tree)
        case Name():
            return _known(tree.name, scope, place)
        case Unary():
            return _unary(tree, scope, place)
        case Binary():
            return _binary(tree, scope, place)
        case Member():
            return _member(tree, scope, place)
        case Choice():
            _require(tree.condition, Sort.TRUTH, scope, place)
            then = type_of(tree.then, proven(tree.condition, scope), place=place)
            otherwise = type_of(tree.otherwise, proven(tree.condition, scope, truth=False), place=place)
            return joined(then, otherwise, place=place)
        case Call():
            return _call(tree, scope, place)


def literal_type(literal: Literal) -> Type:
    """The type of a constant."""
    value = literal.value
    if value is None:
        return Type(Sort.NULL, nullable=True)
    if isinstance(value, bool):
        return TRUTH
    return Type(Sort.TEXT) if isinstance(value, str) else Type(Sort.NUMBER, low=value, high=value)


def joined(one: Type, other: Type, *, place: str) -> Type:
    """A type that holds both.

    Raises: TypeClash.
    """
    if Sort.NULL in {one.sort, other.sort}:
        return replace(other if one.sort is Sort.NULL else one, nullable=True)
    if one.sort is not other.sort:
        raise TypeClash(f"{place}: {one.sort} here, {other.sort} there", allowed="one type on every branch")
    nullable = one.nullable or other.nullable
    return Type(one.sort, nullable=nullable, low=min(one.low, other.low), high=max(one.high, other.high))


def proven(condition: Expression, scope: Scope, *, truth: bool = True) -> Scope:
    """What is known of the names when a condition holds, or does not."""
    match condition:
        case Unary("not", operand):
            return proven(operand, scope, truth=not truth)
        case Binary("and", left, right) if truth:
            return proven(right, proven(left, scope))
        case Binary("or", left, right) if not truth:
            return proven(right, proven(left, scope, truth=False), truth=False)
        case Binary(operator, Name(name), Literal(value)) if name in scope:
            return {**scope, name: _narrowed(scope[name], operator if truth else _OPPOSITE.get(operator, ""), value)}
        case _:
            return scope


_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def _narrowed(held: Type, operator: str, value: object) -> Type:
    if value is None:
        return replace(held, nullable=False) if operator == "!=" else held
    if operator == "==":
        held = replace(held, nullable=False)
    if type(value) is not int or held.sort is not Sort.NUMBER:
        return held
    low = {"==": value, ">": value + 1, ">=": value}.get(operator, held.low)
    high = {"==": value, "<": value - 1, "<=": value}.get(operator, held.high)
    low, high = max(low, held.low), min(high, held.high)
    return replace(held, low=low, high=high) if low <= high else held


def _known(name: str, scope: Scope, place: str) -> Type:
    if name not in scope:
        raise FieldUnknown(f"{place}: {name} is not defined on every path to here", allowed=", ".join(sorted(scope)))
    return scope[name]


def _require(tree: Expression, sort: Sort, scope: Scope, place: str) -> Type:
    found = type_of(tree, scope, place=place)
    if found.sort not in {sort, Sort.NULL}:
        raise TypeClash(f"{place}: {found.sort} where {sort} is needed", allowed=str(sort))
    if found.nullable:
        what = tree.name if isinstance(tree, Name) else "a part"
        raise MayBeUnknown(f"{place}: {what} may be null", allowed="ask for null first: x == null ? … : …")
    return found


def _unary(tree: Unary, scope: Scope, place: str) -> Type:
    if tree.operator == "not":
        return _require(tree.operand, Sort.TRUTH, scope, place)
    found = _require(tree.operand, Sort.NUMBER, scope, place)
    return _number((-found.high, -found.low), place)


def _binary(tree: Binary, scope: Scope, place: str) -> Type:
    operator = tree.operator
    if operator in {"and", "or"}:
        _require(tree.left, Sort.TRUTH, scope, place)
        return _require(tree.right, Sort.TRUTH, proven(tree.left, scope, truth=operator == "and"), place)
    if operator in {"==", "!="}:
        sides = (type_of(tree.left, scope, place=place), type_of(tree.right, scope, place=place))
        held = joined(*sides, place=place)
        if held.sort is Sort.TEXT and not any(isinstance(side, Literal) for side in (tree.left, tree.right)):
            raise TypeClash(f"{place}: a text is compared with a text that is not written here", allowed="a constant")
        return TRUTH
    left = _require(tree.left, Sort.NUMBER, scope, place)
    right = _require(tree.right, Sort.NUMBER, scope, place)
    if operator in {"floor", "ceil"}:
        return _quotient(left, right, place)
    return _arithmetic(operator, left, right, place)


def _arithmetic(operator: str, left: Type, right: Type, place: str) -> Type:
    if operator == "+":
        return _number((left.low + right.low, left.high + right.high), place)
    if operator == "-":
        return _number((left.low - right.high, left.high - right.low), place)
    if operator == "*":
        return _number([a * b for a, b in product((left.low, left.high), (right.low, right.high))], place)
    return TRUTH


def _quotient(left: Type, right: Type, place: str) -> Type:
    if right.low <= 0 <= right.high:
        raise DivisorMayBeZero(f"{place}: the divisor may be zero", allowed="a divisor asked for first: x > 0 ? … : …")
    bounds = [a // b for a, b in product((left.low, left.high), (right.low, right.high))]
    return _number([*bounds, *(bound + 1 for bound in bounds)], place)


def _member(tree: Member, scope: Scope, place: str) -> Type:
    held = type_of(tree.value, scope, place=place)
    for option in tree.options:
        joined(held, literal_type(option), place=place)
    return TRUTH


def _call(tree: Call, scope: Scope, place: str) -> Type:
    parts = [_require(argument, Sort.NUMBER, scope, place) for argument in tree.arguments]
    if tree.function == "abs":
        return _number((0, max(abs(parts[0].low), abs(parts[0].high))), place)
    choose = min if tree.function == "min" else max
    return _number((choose(part.low for part in parts), choose(part.high for part in parts)), place)


def _number(bounds: tuple[int, ...] | list[int], place: str) -> Type:
    if max(map(abs, bounds)) > NUMBER_MAX:
        raise NumberTooLarge(f"{place}: a number could pass {NUMBER_MAX}", allowed="narrower input, or narrowed first")
    return Type(Sort.NUMBER, low=min(bounds), high=max(bounds))
