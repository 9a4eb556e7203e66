"""Which plans are offered at which price: the catalogue, cut by band, room and law."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from fenqi.core.decision.strategy import Band
from fenqi.core.product.capped import CappedPlan, CostAboveCeiling, capped_plan
from fenqi.core.product.catalogue import Catalogue, Product
from fenqi.core.product.schedule import PlanRow
from fenqi.core.product.terms import Method
from fenqi.core.rulepack.ceiling import CostCeiling

ANY_PRODUCT = "*"
_RATE_STEP = Decimal("0.0001")
_ANNUAL_STEP = Decimal("0.000001")
_BULLETS = {Method.INTEREST_ONLY, Method.SINGLE_PAYMENT}


class Withholding(StrEnum):
    """Why a plan of the catalogue is not offered."""

    BAND = "band"
    """The score's band does not include the product, or not for so long."""
    AMOUNT = "amount"
    """The amount lies outside what the product finances."""
    DOWN_PAYMENT = "down_payment"
    """The product asks for a larger down payment."""
    BULLET = "bullet"
    """The principal would fall due at the end of a longer term than the law allows."""
    CEILING = "ceiling"
    """The plan costs more a year than the law allows."""
    ROOM = "room"
    """Income does not bear the instalments."""


@dataclass(frozen=True, kw_only=True)
class Applied:
    """What the customer asks for: the order, how much of it is paid at once, and from which day credit runs."""

    order_minor: int
    down_payment_minor: int
    brand: str
    """Of the goods: some products are sold with one brand's only."""
    interest_free_tenors: tuple[int, ...]
    """In which tenors somebody pays the interest on these goods in the customer's place."""
    start_on: date

    @property
    def financed_minor(self) -> int:
        """What is left to be lent."""
        return self.order_minor - self.down_payment_minor


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What no offer may exceed: the band, the law's ceiling and longest bullet, and a month's room."""

    lender_type: str
    band: Band
    ceiling: CostCeiling
    bullet_months_max: int
    room_minor: int


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A plan that the customer may choose; `plan.terms` are those of the agreement, rounding included."""

    product_id: str
    tenor: int
    plan: CappedPlan

    @cached_property
    def record(self) -> dict[str, Any]:
        """The offer as people and other programs see it; not to be changed, for others see the same one."""
        terms, schedule = self.plan.terms, self.plan.schedule
        return {
            "product_id": self.product_id,
            "tenor": self.tenor,
            "method": str(terms.method),
            "rate_per_year": str(terms.rate_per_year),
            "rounding": str(terms.rounding),
            "principal_minor": schedule.principal_minor,
            "instalment_minor_max": max(row.total_minor for row in schedule.rows),
            "cost_minor": schedule.cost_minor,
            "total_minor": schedule.total_minor,
            "first_due_on": schedule.rows[0].due_on.isoformat(),
            "last_due_on": schedule.rows[-1].due_on.isoformat(),
            "irr_nominal": str(self.plan.annual.irr_nominal.quantize(_ANNUAL_STEP)),
        }


@dataclass(frozen=True)
class Withheld:
    """A plan that is not offered, and why."""

    product_id: str
    tenor: int
    why: Withholding


def price_offers(
    catalogue: Catalogue, applied: Applied, *, bounds: Bounds
) -> tuple[tuple[Offer, ...], tuple[Withheld, ...]]:
    """Every plan that this type of lender has for these goods: offered, or withheld with the reason."""
    planned = _planned(
        catalogue,
        applied,
        lender_type=bounds.lender_type,
        band=bounds.band,
        ceiling=bounds.ceiling,
        bullet_months_max=bounds.bullet_months_max,
    )
    priced = [_within_room(one, room_minor=bounds.room_minor) for one in planned]
    return (
        tuple(one for one in priced if isinstance(one, Offer)),
        tuple(one for one in priced if isinstance(one, Withheld)),
    )


@lru_cache(maxsize=512)
def _planned(
    catalogue: Catalogue,
    applied: Applied,
    *,
    lender_type: str,
    band: Band,
    ceiling: CostCeiling,
    bullet_months_max: int,
) -> tuple[Offer | Withheld, ...]:
    """Every plan before anybody's income is asked: on one day the same goods are financed again and again."""
    return tuple(
        _price(product, tenor, applied, band=band, ceiling=ceiling, bullet_months_max=bullet_months_max)
        for product in catalogue.products
        for tenor in product.tenors
        if product.lender_type == lender_type and _is_sold(product, tenor, applied)
    )


def _within_room(one: Offer | Withheld, *, room_minor: int) -> Offer | Withheld:
    if isinstance(one, Withheld) or is_bearable(one.plan.schedule.rows, room_minor=room_minor):
        return one
    return Withheld(one.product_id, one.tenor, Withholding.ROOM)


def is_bearable(rows: tuple[PlanRow, ...], *, room_minor: int) -> bool:
    """Whether what has fallen due by each instalment never exceeds the room of the months so far.

    A payment at the end of a term may use what was put aside in every month of it.
    """
    due_minor = 0
    for row in rows:
        due_minor += row.total_minor
        if due_minor > room_minor * row.instalment:
            return False
    return True


def _is_sold(product: Product, tenor: int, applied: Applied) -> bool:
    if product.is_subsidised and tenor not in applied.interest_free_tenors:
        return False
    return not product.brands or applied.brand in product.brands


def _price(
    product: Product, tenor: int, applied: Applied, *, band: Band, ceiling: CostCeiling, bullet_months_max: int
) -> Offer | Withheld:
    why = _excluded(product, tenor, applied, band=band, bullet_months_max=bullet_months_max)
    if why is not None:
        return Withheld(product.product_id, tenor, why)
    try:
        plan = capped_plan(
            product.terms(tenor, rate_per_year=_rate_per_year(product, band)),
            principal_minor=applied.financed_minor,
            start_on=applied.start_on,
            ceiling=ceiling,
        )
    except CostAboveCeiling:
        return Withheld(product.product_id, tenor, Withholding.CEILING)
    return Offer(product_id=product.product_id, tenor=tenor, plan=plan)


def _excluded(
    product: Product, tenor: int, applied: Applied, *, band: Band, bullet_months_max: int
) -> Withholding | None:
    if tenor > band.tenor_months_max or not {product.product_id, ANY_PRODUCT} & set(band.products):
        return Withholding.BAND
    if product.method in _BULLETS and tenor > bullet_months_max:
        return Withholding.BULLET
    if applied.down_payment_minor < product.down_payment_share_min * applied.order_minor:
        return Withholding.DOWN_PAYMENT
    if not product.financed_minor_min <= applied.financed_minor <= product.financed_minor_max:
        return Withholding.AMOUNT
    return None


def _rate_per_year(product: Product, band: Band) -> Decimal:
    """The list price less the band's rebate, never below the product's floor; what is too fine is the borrower's."""
    rebated = product.rate_per_year * (100 - band.rebate_percent) / 100
    return max(product.rate_floor_per_year, rebated.quantize(_RATE_STEP, rounding=ROUND_DOWN))
