"""What the screening of an order may look at: one flat table of named numbers, missing where nobody knows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fenqi.core.decision.fraud_score import FraudScore
from fenqi.core.velocity.access import stream_definitions
from fenqi.core.velocity.definition import MINUTE_US
from fenqi.core.velocity.event import OrderEvent
from fenqi.core.velocity.link import NO_RING, Ring
from fenqi.core.velocity.place import distance_km
from fenqi.core.velocity.ratio import Value

Signal = int | float | None
_MINUTES_PER_HOUR = 60
DERIVED = (
    "order_minor", "order_units", "order_same_units", "order_lines", "order_percent_of_usual", "is_known_customer",
    "device_is_known", "device_is_new", "address_is_new", "ring_customers", "ring_frozen_customers",
    "ring_fraud_customers", "ring_shared_keys", "device_was_in_fraud", "card_was_in_fraud", "contact_was_in_fraud",
    "address_was_in_fraud", "place_km", "place_minutes", "place_km_per_hour", "delivery_km",
    "merchant_orders_per_device", "orders_in_24h_count", "model_score_permille", "model_is_missing",
)  # fmt: skip
"""Signals that are worked out here, beside the features as they are."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a feature store knows about an order: features by name, the ring around it, the last place of its customer.

    `engine` names who answered; "database" is the degraded mode, "nobody" knows nothing.
    """

    engine: str
    features: Mapping[str, Value]
    ring: Ring = NO_RING
    last_region: str | None = None
    last_at_us: int | None = None


@dataclass(frozen=True, kw_only=True)
class Order:
    """The order itself: its event, what is bought, where it goes and where the asker seems to be."""

    event: OrderEvent
    goods: tuple[Mapping[str, Any], ...] = ()
    region: str | None = None
    ship_region: str | None = None
    orders_in_24h_count: int | None = None
    fraud_score: FraudScore | None = None


def known_signals() -> frozenset[str]:
    """Every name that a rule may ask for."""
    features = (name for definition in stream_definitions().values() for name in definition.names)
    return frozenset((*features, *DERIVED))


def signals_of(order: Order, seen: Seen, *, names: Iterable[str]) -> dict[str, Signal]:
    """The signals of these names, sorted; texts are no numbers, and so are missing."""
    found = {**seen.features, **_shape(order, seen), **_account(order, seen), **_ring(seen.ring), **_place(order, seen)}
    found |= _model(order.fraud_score)
    found["orders_in_24h_count"] = order.orders_in_24h_count
    return {name: _number(found.get(name)) for name in sorted(names)}


def _number(value: Value | bool) -> Signal:
    return None if value is None or isinstance(value, str) else value


def _shape(order: Order, seen: Seen) -> dict[str, Value]:
    counted: Counter[str] = Counter()
    for good in order.goods:
        counted[str(good["sku"])] += int(good["quantity"])
    usual_count, usual_sum = seen.features.get("customer_count_90d"), seen.features.get("customer_sum_90d")
    percent: Value = None
    if isinstance(usual_count, int) and isinstance(usual_sum, int) and usual_sum > 0:
        percent = 100 * order.event.amount_minor * usual_count // usual_sum
    return {
        "order_minor": order.event.amount_minor,
        "order_lines": len(counted) if counted else None,
        "order_units": counted.total() if counted else None,
        "order_same_units": max(counted.values()) if counted else None,
        "order_percent_of_usual": percent,
        "merchant_orders_per_device": _per(
            seen.features.get("merchant_count_1d"), seen.features.get("merchant_devices_1d")
        ),
    }


def _account(order: Order, seen: Seen) -> dict[str, Value]:
    earlier = seen.features.get("customer_count_90d")
    return {
        "is_known_customer": None if earlier is None else int(earlier != 0),
        "device_is_known": int(order.event.device is not None),
        "device_is_new": _is_new(order.event.device, seen.features.get("customer_last_device")),
        "address_is_new": _is_new(order.event.address, seen.features.get("customer_last_address")),
    }


def _is_new(now: str | None, before: Value) -> int | None:
    return None if now is None or before is None else int(now != before)


def _ring(ring: Ring) -> dict[str, Value]:
    return {
        "ring_customers": len(ring.customers),
        "ring_frozen_customers": len(ring.frozen),
        "ring_fraud_customers": len(ring.fraud),
        "ring_shared_keys": len({(tie.key, tie.value) for tie in ring.ties}),
        **{f"{key}_was_in_fraud": int(key in ring.fraud_keys) for key in ("device", "card", "contact", "address")},
    }


def _model(said: FraudScore | None) -> dict[str, Value]:
    return {"model_score_permille": None if said is None else said.permille, "model_is_missing": int(said is None)}


def _place(order: Order, seen: Seen) -> dict[str, Value]:
    km, minutes = None, None
    if order.region and seen.last_region and seen.last_at_us is not None:
        km = distance_km(order.region, seen.last_region)
        minutes = max(order.event.at_us - seen.last_at_us, 0) // MINUTE_US
    return {
        "place_km": km,
        "place_minutes": minutes,
        "place_km_per_hour": None if km is None or minutes is None else km * _MINUTES_PER_HOUR // max(minutes, 1),
        "delivery_km": distance_km(order.region, order.ship_region) if order.region and order.ship_region else None,
    }


def _per(over: Value, under: Value) -> Value:
    if not isinstance(over, int) or not isinstance(under, int) or not under:
        return None
    return over // under
