"""The rate at which payments are worth what was advanced: found in floating point, and compared with a cap exactly."""

from collections.abc import Sequence
from fractions import Fraction
from math import exp, expm1
from typing import ClassVar, NamedTuple

from fenqi.core.refusal import Refusal

_STEP_SMALL = 4e-7
"""After a Newton step below this the error is below 10⁻¹¹: the method squares it, times half the number of periods."""
_LOG_MAX = 700.0
"""The largest logarithm of growth over one period that a float can hold."""
_ROUNDS_MAX = 200


class Flow(NamedTuple):
    """Money that changes hands at a distance from the first advance.

    `part` is a further part of a unit-period, discounted by simple interest: (1 + part · i)(1 + i)^at.

    Units: `at` and `part` are unit-periods; amounts are in one unit throughout.
    Source: `part`: 12 CFR 1026, Appendix J.
    """

    at: Fraction
    amount: Fraction
    part: Fraction = Fraction(0)


class RateUndefined(Refusal):
    """No rate makes these payments worth what was advanced."""

    code: ClassVar[str] = "rate_undefined"


def irr(advances: Sequence[Flow], payments: Sequence[Flow]) -> float:
    """The internal rate of return per unit-period: at it, payments are worth what was advanced.

    Flows that give back exactly what was advanced have the rate 0.

    Raises: RateUndefined.
    """
    paid, advanced = sum(flow.amount for flow in payments), sum(flow.amount for flow in advances)
    if paid <= 0 or advanced <= 0:
        raise RateUndefined("nothing was advanced, or nothing is paid", allowed="advances and payments above 0")
    if paid == advanced:
        return 0.0
    terms = [_term(flow, 1) for flow in payments] + [_term(flow, -1) for flow in advances]
    return expm1(_root(terms, rises=paid > advanced))


def irr_of_instalments(principal_minor: int, payments_minor: Sequence[int]) -> float:
    """The internal rate of return per period of one advance and one payment at the end of every period.

    The present value falls and is convex in the rate, so Newton's method cannot miss from below the root.

    Units: minor units.
    Raises: RateUndefined.
    """
    cost = sum(payments_minor) - principal_minor
    if cost == 0:
        return 0.0
    if cost < 0 or principal_minor <= 0:
        return irr(*_flows(principal_minor, payments_minor))
    rate = _near(principal_minor, cost, len(payments_minor))
    backwards = payments_minor[::-1]
    for _ in range(_ROUNDS_MAX):
        factor = 1 / (1 + rate)
        worth = weighted = 0.0  # Σ pₖ vᵏ and Σ k pₖ vᵏ, which is −(1 + rate) times the derivative of the first
        for payment in backwards:
            worth += payment
            weighted = (weighted + worth) * factor
            worth *= factor
        step = (worth - principal_minor) / (weighted * factor)
        rate = max(rate + step, 0.0)
        if abs(step) < _STEP_SMALL:
            return rate
    return irr(*_flows(principal_minor, payments_minor))


def costs_at_most(
    principal_minor: int, payments: Sequence[int | Fraction], *, periods_between: int, rate: tuple[int, int]
) -> bool:
    """Whether the internal rate of return per period is at most a rate: decided exactly, without tolerance.

    What is owed grows at the rate and falls by each payment; if something is left after the last one, the payments
    cost less than the rate.

    Units: minor units; `rate` is a share per period, as numerator and denominator.
    """
    numerator, denominator = rate
    grown, scale = (numerator + denominator) ** periods_between, denominator**periods_between
    owed: int | Fraction = principal_minor
    whole = 1
    for payment in payments:
        whole *= scale
        owed = owed * grown - payment * whole
    return owed >= 0


def _near(principal: float, cost: float, count: int) -> float:
    """A rate close to that of equal payments: Baily's formula, or cost over average balance where that breaks off."""
    if count > 1:
        half = (1 + cost / principal) ** (2 / (count + 1)) - 1
        if (count - 1) * half < 3:
            return half * (12 - (count - 1) * half) / (12 - 2 * (count - 1) * half)
    return 2 * cost / (principal * (count + 1))


class _Term(NamedTuple):
    at: float
    part: float
    signed: float

    def worth(self, log_growth: float) -> float:
        simple = 1 + self.part * expm1(log_growth) if self.part else 1.0
        return self.signed * exp(-self.at * log_growth) / simple


def _term(flow: Flow, sign: int) -> _Term:
    return _Term(float(flow.at), float(flow.part), sign * float(flow.amount))


def _flows(principal_minor: int, payments_minor: Sequence[int]) -> tuple[list[Flow], list[Flow]]:
    payments = [Flow(Fraction(period), Fraction(amount)) for period, amount in enumerate(payments_minor, 1)]
    return [Flow(Fraction(0), Fraction(principal_minor))], payments


def _root(terms: Sequence[_Term], *, rises: bool) -> float:
    """The logarithm of growth over one period, by halving the first stretch from 0 on whose ends differ in sign."""
    near, far = 0.0, 0.01 if rises else -0.01
    while (_worth(terms, far) > 0) == rises:
        near, far = far, far * 2
        if abs(far) > _LOG_MAX:
            raise RateUndefined("no rate discounts the payments to what was advanced")
    while (middle := (near + far) / 2) not in (near, far):
        if (_worth(terms, middle) > 0) == rises:
            near = middle
        else:
            far = middle
    return middle


def _worth(terms: Sequence[_Term], log_growth: float) -> float:
    try:
        return sum(term.worth(log_growth) for term in terms)
    except OverflowError:
        raise RateUndefined("no rate discounts the payments to what was advanced") from None
