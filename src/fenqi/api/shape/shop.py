"""What the demo shop's routes answer."""

from pydantic import Field

from fenqi.api.shape.checkout import GoodShape
from fenqi.api.shape.part import Names, Shape
from fenqi.core.merchant.purchase import PurchaseState
from fenqi.core.product.catalogue import Payer


class ListedPlanShape(Shape):
    """A plan at list price; its annual cost is in percent."""

    product_id: str
    name: Names
    tenor: int
    instalment_minor_max: int
    cost_minor: int
    total_minor: int
    irr_nominal: str
    is_interest_free: bool
    interest_paid_by: Payer | None


class PhoneLine(Shape):
    """One phone on sale, with the plan that has the lowest instalment."""

    sku: str
    brand: str
    name: Names
    storage: str
    price_minor: int
    currency: str
    interest_free_tenors: list[int]
    from_: ListedPlanShape | None = Field(alias="from")


class PhonesShape(Shape):
    """Every phone on sale."""

    phones: list[PhoneLine]


class PhoneShape(PhoneLine):
    """One phone on sale, with every plan at list price and who lends."""

    lender: Names
    plans: list[ListedPlanShape]


class OrderShape(Shape):
    """An order of the demo shop."""

    checkout_id: str
    checkout_url: str
    order_number: str
    status: PurchaseState
    goods: list[GoodShape]
    amount_minor: int
    captured_minor: int
    refunded_minor: int
    currency: str
    created_at: str
    expires_at: str


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/shop/phones"): PhonesShape,
    ("GET", "/shop/phones/{sku}"): PhoneShape,
    ("POST", "/shop/orders"): OrderShape,
    ("GET", "/shop/orders/{checkout_id}"): OrderShape,
}
