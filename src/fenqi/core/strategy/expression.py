"""The published subset of the ZEN expression language: its tree, and how a text becomes one."""

import re
from dataclasses import dataclass
from typing import cast

from fenqi.core.strategy.fault import ExpressionUnreadable

Value = int | str | bool | None
SUBSET = (
    "names, whole numbers, texts, true, false, null, + - *, floor(a / b), ceil(a / b), min, max, abs, "
    "comparisons, in, and, or, not, ? :"
)
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?!\.\d)(?![A-Za-z_]))|(?P<text>"[^"\\]*"|'[^'\\]*')|(?P<name>[A-Za-z_]\w*)"""
    r"""|(?P<mark>==|!=|<=|>=|\.\.|[-+*/<>?:()\[\],]))"""
)
_WORDS = frozenset({"and", "or", "not", "in", "true", "false", "null"})
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_CONSTANTS: dict[str, Value] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant."""

    value: Value


@dataclass(frozen=True, slots=True)
class Name:
    """An input, or what a node defined."""

    name: str


@dataclass(frozen=True, slots=True)
class Unary:
    """`-` or `not`."""

    operator: str
    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic, a comparison, `and`, `or`; `floor` and `ceil` stand for a rounded quotient."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Member:
    """Whether a value is one of several constants."""

    value: "Expression"
    options: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`condition ? then : otherwise`."""

    condition: "Expression"
    then: "Expression"
    otherwise: "Expression"


@dataclass(frozen=True, slots=True)
class Call:
    """`min`, `max` of several numbers, `abs` of one."""

    function: str
    arguments: tuple["Expression", ...]


Expression = Literal | Name | Unary | Binary | Member | Choice | Call
TRUE = Literal(True)


def parse_expression(text: str, *, place: str) -> Expression:
    """Read an expression.

    Raises: ExpressionUnreadable, for whatever lies outside the subset.
    """
    reader = _Reader(text, place)
    tree = reader.choice()
    reader.require_end()
    return tree


def parse_cell(text: str, *, field: str, place: str) -> Expression:
    """Read a cell of a decision table as the condition that it puts on its column.

    An empty cell asks nothing. `> 5`, `[1..5)`, `5`, `"a", "b"`, `null` and `!= null` are cells.

    Raises: ExpressionUnreadable.
    """
    if text.strip() in {"", "-"}:
        return TRUE
    reader = _Reader(text, place)
    tree = reader.cell(Name(field))
    reader.require_end()
    return tree


def both(left: Expression, right: Expression) -> Expression:
    """Both conditions; what asks nothing is left out."""
    if left == TRUE:
        return right
    return left if right == TRUE else Binary("and", left, right)


class _Reader:
    """Reads tokens by recursive descent, loosest operator first."""

    def __init__(self, text: str, place: str) -> None:
        self._text, self._place, self._at = text, place, 0
        self._tokens = self._split()

    def choice(self) -> Expression:
        condition = self._either()
        if not self._take("?"):
            return condition
        then = self.choice()
        self._require(":")
        return Choice(condition, then, self.choice())

    def cell(self, field: Name) -> Expression:
        operator = self._peek()
        if operator in _COMPARISONS:
            self._at += 1
            return Binary(operator, field, self._sum())
        if operator == "[":
            return self._interval(field)
        options = [self._literal()]
        while self._take(","):
            options.append(self._literal())
        return Binary("==", field, options[0]) if len(options) == 1 else Member(field, tuple(options))

    def require_end(self) -> None:
        if self._at < len(self._tokens):
            raise self._fault(f"{self._tokens[self._at]!r} is not expected")

    def _interval(self, field: Name) -> Expression:
        self._require("[")
        low = self._sum()
        self._require("..")
        high = self._sum()
        closing = self._peek()
        self._at += 1
        if closing not in {"]", ")"}:
            raise self._fault("an interval ends with ] or )")
        return both(Binary(">=", field, low), Binary("<=" if closing == "]" else "<", field, high))

    def _either(self) -> Expression:
        tree = self._all()
        while self._take("or"):
            tree = Binary("or", tree, self._all())
        return tree

    def _all(self) -> Expression:
        tree = self._negation()
        while self._take("and"):
            tree = Binary("and", tree, self._negation())
        return tree

    def _negation(self) -> Expression:
        return Unary("not", self._negation()) if self._take("not") else self._comparison()

    def _comparison(self) -> Expression:
        left = self._sum()
        operator = self._peek()
        if operator in _COMPARISONS:
            self._at += 1
            return Binary(operator, left, self._sum())
        if self._take("in"):
            return Member(left, self._options())
        if operator == "not" and self._peek(1) == "in":
            self._at += 2
            return Unary("not", Member(left, self._options()))
        return left

    def _options(self) -> tuple[Literal, ...]:
        self._require("[")
        options = [self._literal()]
        while self._take(","):
            options.append(self._literal())
        self._require("]")
        return tuple(options)

    def _sum(self) -> Expression:
        tree = self._product()
        while (operator := self._peek()) in {"+", "-"}:
            self._at += 1
            tree = Binary(operator, tree, self._product())
        return tree

    def _product(self) -> Expression:
        tree = self._sign()
        while self._take("*"):
            tree = Binary("*", tree, self._sign())
        return tree

    def _sign(self) -> Expression:
        if not self._take("-"):
            return self._part()
        operand = self._sign()
        if isinstance(operand, Literal) and type(operand.value) is int:
            return Literal(-operand.value)
        return Unary("-", operand)

    def _part(self) -> Expression:
        if self._take("("):
            tree = self.choice()
            self._require(")")
            return tree
        token = self._peek()
        if _is_name(token) and self._peek(1) == "(":
            return self._call(token)
        if _is_name(token):
            self._at += 1
            return Name(token)
        return self._literal()

    def _call(self, function: str) -> Expression:
        self._at += 2
        if function in {"floor", "ceil"}:
            left = self._product()
            self._require("/")
            tree: Expression = Binary(function, left, self._sign())
        elif function in {"min", "max"}:
            tree = Call(function, self._arguments())
        elif function == "abs":
            tree = Call(function, (self._sum(),))
        else:
            raise self._fault(f"there is no function {function}")
        self._require(")")
        return tree

    def _arguments(self) -> tuple[Expression, ...]:
        self._require("[")
        arguments = [self._sum()]
        while self._take(","):
            arguments.append(self._sum())
        self._require("]")
        return tuple(arguments)

    def _literal(self) -> Literal:
        negative = self._take("-")
        token = self._peek()
        self._at += 1
        if token.isdigit():
            return Literal(-int(token) if negative else int(token))
        if negative or not token:
            raise self._fault("a value is expected")
        if token in _CONSTANTS:
            return Literal(_CONSTANTS[token])
        if token[0] in "\"'":
            return Literal(token[1:-1])
        raise self._fault(f"{token!r} is not expected")

    def _split(self) -> list[str]:
        tokens: list[str] = []
        at, text = 0, self._text.rstrip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                raise self._fault(f"{text[at:].strip()[:12]!r} is not of the subset")
            tokens.append(cast("str", found[found.lastgroup or 0]))
            at = found.end()
        return tokens

    def _peek(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else ""

    def _take(self, token: str) -> bool:
        found = self._peek() == token
        self._at += found
        return found

    def _require(self, token: str) -> None:
        if not self._take(token):
            raise self._fault(f"{token!r} is expected, not {self._peek()!r}")

    def _fault(self, what: str) -> ExpressionUnreadable:
        return ExpressionUnreadable(f"{self._place}: {what} in {self._text!r}", allowed=SUBSET)


def _is_name(token: str) -> bool:
    return token.isidentifier() and token not in _WORDS
