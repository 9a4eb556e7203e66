"""The plans of many loans at once, in tables: a row for each instalment, a column for each loan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from fenqi.core.money.amount import Rounding
from fenqi.core.product.plan_figure import Flags, Integers, Kind, TermsTable, period_interest
from fenqi.core.product.schedule import PrincipalNotPositive, plan
from fenqi.core.product.terms import Method, Terms

_ANY_DAY = date(2001, 1, 1)
"""Amounts over months of 30/360 do not depend on the day of the draw-down."""
_SAFE_MAX = 2**62
_FLAT = (Method.FLAT_FEE, Method.FLAT_INTEREST)


@dataclass(frozen=True, slots=True)
class PlanTable:
    """The plans of loans that are repaid the same way in as many instalments.

    Shapes: `loans` (n), the loans' places among all; `principal_minor` and `cost_minor` (instalments, n).
    Units: minor units.
    """

    loans: Integers
    principal_minor: Integers
    cost_minor: Integers
    """Interest; under a flat fee the fee."""

    @property
    def total_minor(self) -> Integers:
        """What the borrower pays on each due day."""
        return self.principal_minor + self.cost_minor

    @property
    def balance_minor(self) -> Integers:
        """Principal still to fall due after each instalment."""
        return self.principal_minor.sum(axis=0) - self.principal_minor.cumsum(axis=0)


def plan_many(table: TermsTable, *, terms_of: Integers, principal_minor: Integers) -> tuple[PlanTable, ...]:
    """Plan many loans over months of 30/360, to the cent as `plan` does; what no float can tell goes its way.

    Shapes: `terms_of`, each loan's place in the table of terms, and `principal_minor` (n).
    Units: minor units.
    Raises: PrincipalNotPositive.
    """
    if principal_minor.size and principal_minor.min() <= 0:
        raise PrincipalNotPositive("a principal of no minor units or less", allowed="1 or more")
    kind_of = table.kind_of[terms_of]
    order = np.argsort(kind_of, kind="stable")
    bounds = np.searchsorted(kind_of[order], np.arange(len(table.kinds) + 1))
    return tuple(
        _plan_kind(table, kind, order[start:stop], terms_of, principal_minor)
        for kind, start, stop in zip(table.kinds, bounds, bounds[1:], strict=False)
    )


def _plan_kind(
    table: TermsTable, kind: Kind, loans: Integers, terms_of: Integers, principal_minor: Integers
) -> PlanTable:
    from fenqi.core.product.plan_kernel import repay

    method, count, free = kind
    principal, cost = np.empty((count, loans.size), np.int64), np.empty((count, loans.size), np.int64)
    doubtful = np.empty(loans.size, np.bool_)
    if method in _FLAT:
        doubtful[:] = _spread_flat(table, terms_of[loans], principal_minor[loans], free, principal, cost)
    else:
        takes_interest = method is Method.EQUAL_INSTALMENT
        repay(loans, principal_minor, terms_of, table.figures, count, free, takes_interest, principal, cost, doubtful)
    if table.ties_to_even.any():
        doubtful |= table.ties_to_even[terms_of[loans]]
    planned = PlanTable(loans, principal, cost)
    for column in map(int, np.flatnonzero(doubtful)):
        loan = loans[column]
        _plan_alone(planned, column, table.terms[int(terms_of[loan])], int(principal_minor[loan]))
    return planned


def _spread_flat(
    table: TermsTable, terms_of: Integers, drawn: Integers, free: int, principal: Integers, cost: Integers
) -> Flags:
    """Principal and a share of the first principal, each in equal parts; which loans do not fit 64 bits."""
    count, terms = len(principal), table.terms
    shares = [period_interest(one) * (count - free) for one in terms]
    plus = np.array([one.rounding is not Rounding.DOWN for one in terms])[terms_of]
    multiple = np.array([one.instalment_multiple_minor for one in terms])[terms_of]
    fits = np.array([2 * int(drawn.max(initial=0)) * max(share.as_integer_ratio()) < _SAFE_MAX for share in shares])
    numerator, denominator = _ratios(shares, fits, terms_of)
    total = (2 * drawn * numerator + plus * denominator) // (2 * denominator)
    cost[:free] = 0
    if free < count:
        _take_in_parts(total, _part(total, count - free), cost[free:])
    amount = np.where(multiple == 1, _part(drawn, count), _part(drawn + total, count * multiple) * multiple)
    _take_in_parts(drawn, amount - cost * (multiple > 1), principal)
    return ~fits[terms_of]


def _ratios(shares: Sequence[Fraction], fits: Flags, terms_of: Integers) -> tuple[Integers, Integers]:
    ratios = [share.as_integer_ratio() if fit else (0, 1) for share, fit in zip(shares, fits, strict=True)]
    table = np.array(ratios, dtype=np.int64)[terms_of]
    return table[:, 0], table[:, 1]


def _part(total: Integers, count: Integers | int) -> Integers:
    return (2 * total + count) // (2 * count)


def _take_in_parts(total: Integers, parts: Integers, taken: Integers) -> None:
    """Take parts out of a total while there is something left; the last instalment takes the rest.

    Shapes: `total` (n); `parts` (n) or (instalments, n); `taken` (instalments, n).
    """
    left = total
    for number, part in enumerate(np.broadcast_to(parts, taken.shape)[:-1]):
        taken[number] = np.minimum(np.maximum(part, 0), left)
        left = left - taken[number]
    taken[-1] = left


def _plan_alone(planned: PlanTable, column: int, terms: Terms, principal_minor: int) -> None:
    rows = plan(terms, principal_minor=principal_minor, start_on=_ANY_DAY).rows
    planned.principal_minor[:, column] = [row.principal_minor for row in rows]
    planned.cost_minor[:, column] = [row.interest_minor + row.fee_minor for row in rows]
