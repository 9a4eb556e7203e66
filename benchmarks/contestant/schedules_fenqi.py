"""Plans of many loans as the product makes them; the terms are those that are on sale, read once."""

from decimal import Decimal

import numpy as np
from schedules_batch import COMPARED, COUNT, LOANS

from fenqi.core.product.plan_figure import terms_table
from fenqi.core.product.plan_table import plan_many
from fenqi.core.product.terms import Method, Terms

KINDS = sorted({(count, points) for count, points, _ in LOANS})
TABLE = terms_table(
    [
        Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal(points) / 10_000, instalment_count=count)
        for count, points in KINDS
    ]
)
PLACES = {kind: place for place, kind in enumerate(KINDS)}
TERMS_OF = np.array([PLACES[count, points] for count, points, _ in LOANS])
PRINCIPAL_MINOR = np.array([principal for _, _, principal in LOANS])


def run():
    return plan_many(TABLE, terms_of=TERMS_OF, principal_minor=PRINCIPAL_MINOR)


def answer(tables):
    cost = {
        int(loan): int(minor)
        for table in tables
        for loan, minor in zip(table.loans, table.cost_minor.sum(axis=0), strict=True)
    }
    return {"count": COUNT, "cost": [cost[loan] / 100 for loan in range(COMPARED)], "all": sum(cost.values()) / 100}
