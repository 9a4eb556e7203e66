"""The book that every contestant values: 3, 6, 12 or 24 instalments at 150 prices, drawn within two years.

Every instalment was paid on its due day but the last one due of every twentieth loan.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fenqi.core.product.schedule import PlanRow, plan
from fenqi.core.product.terms import Method, Terms

COUNT, COMPARED, DIFFERENT = 20_000, 8, 1_000
ON = date(2026, 5, 20)
LATE_PER_DAY = Decimal("0.0005")
_chance = random.Random(11)


@dataclass(frozen=True)
class Loan:
    """A loan of the book; `points` is its yearly rate in basis points, `paid` counts the instalments that are."""

    terms: Terms
    points: int
    drawn_on: date
    rows: tuple[PlanRow, ...]
    paid: int


def _different(number: int) -> Loan:
    tenor, points = _chance.choice((3, 6, 12, 24)), _chance.randrange(900, 2400, 10)
    drawn_on = ON - timedelta(days=_chance.randrange(1, 30 * tenor))
    terms = Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal(points) / 10_000, instalment_count=tenor)
    rows = plan(terms, principal_minor=_chance.randrange(50_000, 2_000_000), start_on=drawn_on).rows
    due = sum(row.due_on <= ON for row in rows)
    return Loan(terms, points, drawn_on, rows, max(due - (number % 20 == 0), 0))


_SOME = [_different(number) for number in range(DIFFERENT)]
LOANS = [_SOME[number % DIFFERENT] for number in range(COUNT)]
"""As many as are valued at once, made of a thousand different ones."""


def columns() -> dict[str, NDArray[np.int64]]:
    """Loans and instalments in columns, by name: days as ordinals, amounts in minor units."""
    rows = [
        (
            place,
            loan.drawn_on.toordinal(),
            loan.points,
            before.toordinal(),
            row.due_on.toordinal(),
            row.principal_minor,
            row.interest_minor,
            row.total_minor if row.instalment > loan.paid else 0,
            row.principal_minor if row.instalment > loan.paid else 0,
        )
        for place, loan in enumerate(LOANS)
        for before, row in zip((loan.drawn_on, *(row.due_on for row in loan.rows[:-1])), loan.rows, strict=True)
    ]
    names = ("loan_of", "drawn_on", "points", "from_on", "due_on", "principal", "interest", "outstanding", "unpaid")
    return dict(zip(names, np.array(rows, np.int64).T.copy(), strict=True))


def told(values: Iterable[Any]) -> dict[str, Any]:
    """What a contestant found: the first loans one by one, and all of them."""
    found = [int(value) for value in values]
    return {"count": len(found), "first": found[:COMPARED], "all": sum(found)}
