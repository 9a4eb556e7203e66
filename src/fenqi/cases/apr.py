"""Running a case of annual cost: flows in, measures out."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from fenqi.cases.outcome import Missed, Outcome, Unsupported, Verdict
from fenqi.cases.reading import Json, choose, refuse_unknown
from fenqi.core.product.apr import average_balance, effective, nominal, us_actuarial
from fenqi.core.product.irr import Flow, irr
from fenqi.core.refusal import Refusal

_REMARKS = ("id", "title", "jurisdiction", "currency", "published", "status", "source", "notes")
_KEYS = (*_REMARKS, "unit_periods_per_year", "advances", "payments", "expected")


class _Case(NamedTuple):
    advances: list[Flow]
    payments: list[Flow]
    per_year: float


_MEASURES: dict[str, Callable[[_Case], float]] = {
    "irr_periodic": lambda case: irr(case.advances, case.payments),
    "irr_nominal": lambda case: nominal(irr(case.advances, case.payments), case.per_year),
    "irr_effective": lambda case: effective(irr(case.advances, case.payments), case.per_year),
    "average_balance": lambda case: float(average_balance(case.advances, case.payments)) * case.per_year,
    "us_actuarial": lambda case: us_actuarial(case.advances, case.payments, per_year=case.per_year),
}


def run_apr_case(case: Json) -> Outcome:
    """Compare every measure that a case expects; the first that lies outside its tolerance decides.

    Where the source printed a wrong figure, that figure must not come out either.
    """
    case_id = str(case["id"])
    try:
        refuse_unknown(case, _KEYS, "key")
        read = _read(case)
        for expected in _list(case["expected"], "expected"):
            _check(read, expected, forbidden=_misprinted(case))
    except Missed as missed:
        return Outcome(case_id, Verdict.FAILS, str(missed))
    except Unsupported as unknown:
        return Outcome(case_id, Verdict.UNSUPPORTED, str(unknown))
    except Refusal as refusal:
        return Outcome(case_id, Verdict.UNSUPPORTED, f"{refusal.code}: {refusal.what}")
    except KeyError as missing:
        return Outcome(case_id, Verdict.UNSUPPORTED, f"{missing} is missing")
    return Outcome(case_id, Verdict.HOLDS)


def _read(case: Json) -> _Case:
    per_year = _fraction(case["unit_periods_per_year"], "unit_periods_per_year")
    if per_year <= 0:
        raise Unsupported(f"unit_periods_per_year {per_year}")
    return _Case(
        advances=[_flow(flow) for flow in _list(case["advances"], "advances")],
        payments=[_flow(flow) for flow in _list(case["payments"], "payments")],
        per_year=float(per_year),
    )


def _flow(flow: Json) -> Flow:
    refuse_unknown(flow, ("t", "f", "amount"), "flow key")
    part = flow.get("f")
    return Flow(
        at=_fraction(flow["t"], "t"),
        amount=_fraction(flow["amount"], "amount"),
        part=Fraction(0) if part is None else _fraction(part, "f"),
    )


def _check(case: _Case, expected: Json, *, forbidden: list[float]) -> None:
    refuse_unknown(expected, ("measure", "percent", "tolerance"), "expectation key")
    measure = expected["measure"]
    percent, tolerance = (_fraction(expected[key], key) for key in ("percent", "tolerance"))
    got = 100 * choose(_MEASURES, measure, "measure")(case)
    if abs(Fraction(got) - percent) > tolerance:
        raise Missed(f"{measure} in percent", expected=expected["percent"], got=f"{got:.6f}")
    for printed in forbidden:
        if abs(Fraction(got) - Fraction(printed)) <= tolerance:
            raise Missed(f"{measure} in percent", expected=f"not the misprinted {printed}", got=f"{got:.6f}")


def _misprinted(case: Json) -> list[float]:
    published: Any = case.get("published")
    if case.get("status") != "published_but_wrong" or not isinstance(published, dict):
        return []
    figures: list[Any] = list(published.values())  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]
    return [float(figure) for figure in figures if isinstance(figure, int | float)]


def _list(value: Any, what: str) -> list[Json]:
    if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):  # pyright: ignore[reportUnknownVariableType]
        raise Unsupported(f"{what} is not a list of objects, or empty")
    return value  # pyright: ignore[reportUnknownVariableType]


def _fraction(value: Any, what: str) -> Fraction:
    """A whole number, a decimal or a fraction as text, exactly."""
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError) as unreadable:
        raise Unsupported(f"{what} {value}") from unreadable
