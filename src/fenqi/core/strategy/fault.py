"""Why a strategy graph is refused at publication; every refusal names the place."""

from typing import ClassVar

from fenqi.core.refusal import Refusal


class GraphMalformed(Refusal):
    """The text is not a JDM graph of the published subset."""

    code: ClassVar[str] = "strategy_graph_malformed"


class GraphCyclic(Refusal):
    """Nodes wait for one another."""

    code: ClassVar[str] = "strategy_graph_cyclic"


class NodeUnreachable(Refusal):
    """No path leads from the input over this node to the output."""

    code: ClassVar[str] = "strategy_node_unreachable"


class ExpressionUnreadable(Refusal):
    """The text is not an expression of the published subset."""

    code: ClassVar[str] = "strategy_expression_unreadable"


class FieldUnknown(Refusal):
    """A name that nothing before this place defines, or not on every path to it."""

    code: ClassVar[str] = "strategy_field_unknown"


class FieldTwice(Refusal):
    """A name that two nodes define for one application."""

    code: ClassVar[str] = "strategy_field_twice"


class TypeClash(Refusal):
    """An operation is given what it does not take."""

    code: ClassVar[str] = "strategy_type_clash"


class MayBeUnknown(Refusal):
    """An operation could be given nothing; null has to be asked for first."""

    code: ClassVar[str] = "strategy_may_be_unknown"


class DivisorMayBeZero(Refusal):
    """A divisor is not proven to differ from zero."""

    code: ClassVar[str] = "strategy_divisor_may_be_zero"


class NumberTooLarge(Refusal):
    """A number could leave the range in which every engine is exact."""

    code: ClassVar[str] = "strategy_number_too_large"


class OutputMissing(Refusal):
    """Nothing defines a promised output, or it has another type."""

    code: ClassVar[str] = "strategy_output_missing"
