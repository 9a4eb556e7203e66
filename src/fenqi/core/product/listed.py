"""What a plan costs at list price, before anybody is known: what a shop may say of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fenqi.core.product.capped import CappedPlan, CostAboveCeiling, capped_plan
from fenqi.core.product.catalogue import Catalogue, Product
from fenqi.core.rulepack.ceiling import CostCeiling


@dataclass(frozen=True, kw_only=True)
class Goods:
    """What is for sale, and in which tenors somebody pays the interest on it in the customer's place."""

    price_minor: int
    brand: str
    interest_free_tenors: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ListedPlan:
    """A plan for the whole price at list price; a decision may offer it for less, for less long, or not at all."""

    product: Product
    tenor: int
    plan: CappedPlan

    @property
    def instalment_minor_max(self) -> int:
        """The highest instalment: a shop never names a lower one."""
        return max(row.total_minor for row in self.plan.schedule.rows)

    @property
    def is_interest_free(self) -> bool:
        """Whether it may be called 免息: interest and every fee are zero."""
        return self.plan.schedule.cost_minor == 0


def list_plans(catalogue: Catalogue, goods: Goods, *, start_on: date, ceiling: CostCeiling) -> tuple[ListedPlan, ...]:
    """Every plan that the ceiling's type of lender sells with these goods, the shortest first, then the cheapest.

    What the ceiling forbids even at list price is left out.
    """
    listed = _planned(catalogue, goods, start_on=start_on, ceiling=ceiling)
    return tuple(sorted(listed, key=lambda one: (one.tenor, one.plan.schedule.cost_minor, one.product.product_id)))


def lowest_instalment(plans: Iterable[ListedPlan]) -> ListedPlan | None:
    """The plan that 每期 … 起 speaks of: of those in more than one instalment, the one with the lowest."""
    by_instalment = [plan for plan in plans if plan.tenor > 1]
    return min(by_instalment, key=lambda plan: plan.instalment_minor_max, default=None)


def _planned(catalogue: Catalogue, goods: Goods, *, start_on: date, ceiling: CostCeiling) -> Iterable[ListedPlan]:
    for product in catalogue.products:
        for tenor in product.tenors:
            if not _is_sold(product, tenor, goods, lender_type=ceiling.lender_type):
                continue
            try:
                plan = capped_plan(
                    product.terms(tenor, rate_per_year=product.rate_per_year),
                    principal_minor=goods.price_minor,
                    start_on=start_on,
                    ceiling=ceiling,
                )
            except CostAboveCeiling:
                continue
            yield ListedPlan(product=product, tenor=tenor, plan=plan)


def _is_sold(product: Product, tenor: int, goods: Goods, *, lender_type: str) -> bool:
    return (
        product.lender_type == lender_type
        and product.financed_minor_min <= goods.price_minor <= product.financed_minor_max
        and not (product.is_subsidised and tenor not in goods.interest_free_tenors)
        and not (product.brands and goods.brand not in product.brands)
    )
