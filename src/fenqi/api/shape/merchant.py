"""What the merchant API answers."""

from typing import Any

from fenqi.api.shape.part import Shape
from fenqi.core.merchant.purchase import PurchaseState
from fenqi.core.merchant.settlement import ItemKind
from fenqi.core.merchant.webhook import Topic


class MerchantCheckout(Shape):
    """A checkout as its merchant sees it."""

    checkout_id: str
    checkout_url: str
    order_number: str
    status: PurchaseState
    amount_minor: int
    authorised_minor: int
    captured_minor: int
    refunded_minor: int
    capturable_minor: int
    refundable_minor: int
    currency: str
    created_at: str
    expires_at: str


class RefundShape(Shape):
    """A refund."""

    refund_id: str
    checkout_id: str
    amount_minor: int
    currency: str
    reason: str
    refunded_at: str


class RefundedCheckout(MerchantCheckout):
    """A checkout with its refunds, oldest first."""

    refunds: list[RefundShape]


class After(Shape):
    """Where a list goes on."""

    before_at: str
    before_id: str


class CheckoutsShape(Shape):
    """A page of a merchant's checkouts, newest first."""

    checkouts: list[MerchantCheckout]
    next: After | None


class SettlementLine(Shape):
    """What a merchant was paid once."""

    settlement_id: str
    until_on: str
    currency: str
    items_minor: int
    carried_in_minor: int
    paid_minor: int
    carried_out_minor: int
    item_count: int


class SettlementsShape(Shape):
    """A page of a merchant's settlements, newest first."""

    settlements: list[SettlementLine]
    next_before_on: str | None


class SettlementItem(Shape):
    """One line of a settlement."""

    checkout_id: str
    order_number: str
    kind: ItemKind
    amount_minor: int
    currency: str
    effective_on: str


class SettlementShape(Shape):
    """A settlement, line by line."""

    settlement_id: str
    items: list[SettlementItem]


class WebhookShape(Shape):
    """Where events go; the secret is shown this once."""

    url: str
    key_id: str
    secret: str


class EventLine(Shape):
    """An event, and what became of it."""

    event_id: str
    topic: Topic
    created_at: str
    attempt_count: int
    delivered: bool
    abandoned: bool
    content: dict[str, Any]


class EventsShape(Shape):
    """A page of a merchant's events, newest first."""

    events: list[EventLine]
    next: After | None


_AT = "/v1/checkouts/{checkout_id}"
SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("POST", "/v1/checkouts"): MerchantCheckout,
    ("GET", "/v1/checkouts"): CheckoutsShape,
    ("GET", _AT): RefundedCheckout,
    ("POST", f"{_AT}/capture"): MerchantCheckout,
    ("POST", f"{_AT}/void"): MerchantCheckout,
    ("POST", f"{_AT}/refunds"): RefundShape,
    ("GET", "/v1/settlements"): SettlementsShape,
    ("GET", "/v1/settlements/{settlement_id}"): SettlementShape,
    ("PUT", "/v1/webhook"): WebhookShape,
    ("GET", "/v1/events"): EventsShape,
}
