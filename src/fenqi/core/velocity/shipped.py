"""The features that are shipped: how much, how often, with how many others, how familiar, from how far away."""

from collections.abc import Iterator
from typing import Any

from fenqi.core.velocity.definition import OWN, WINDOWS_US, Definition, defined
from fenqi.core.velocity.event import KEYS

_SHARED = (
    ("device", "customer"), ("device", "card"), ("ip", "customer"), ("ip", "device"), ("address", "customer"),
    ("card", "customer"), ("card", "device"), ("contact", "customer"), ("customer", "device"), ("customer", "address"),
    ("customer", "ip"), ("customer", "card"), ("merchant", "device"),
)  # fmt: skip
_SHORT = ("1h", "1d", "7d")
_LONG = ("1d", "7d", "30d")
_FAMILIAR = ("device", "ip", "address", "card", "contact")
_TRAVELS = ("customer", "card")


def shipped_definition() -> Definition:
    """Counts and sums of every key over every window, and what single schemes are seen by.

    Sharing between keys; how today compares with the month, and this amount with the usual; what became known as fraud
    nearby; how long ago this customer was last seen with this device, address or card; and how fast they travelled.
    """
    return defined([*_by_key(), *_between_keys(), *_own()])


def _by_key() -> Iterator[dict[str, Any]]:
    for by in KEYS:
        for window in WINDOWS_US:
            yield {"name": f"{by}_count_{window}", "kind": "count", "by": by, "window": window}
            yield {"name": f"{by}_sum_{window}", "kind": "sum", "by": by, "window": window}
        yield {"name": f"{by}_seconds_since", "kind": "time_since", "by": by}
        for unit in ("count", "sum"):
            yield _ratio(f"{by}_{unit}_1d_of_30d", f"{by}_{unit}_1d", f"{by}_{unit}_30d")
        for window in _LONG:
            yield {"name": f"{by}_frauds_{window}", "kind": "frauds", "by": by, "window": window}
            yield _ratio(f"{by}_fraud_share_{window}", f"{by}_frauds_{window}", f"{by}_count_{window}")


def _between_keys() -> Iterator[dict[str, Any]]:
    for by, of in _SHARED:
        for window in _SHORT:
            name = f"{by}_{of}s_{window}"
            yield {"name": name, "kind": "distinct", "by": by, "of": of, "window": window}
    for of in ("device", "address", "amount_minor"):
        yield {"name": f"customer_last_{of}", "kind": "last", "by": "customer", "of": of}
    for of in _FAMILIAR:
        yield {"name": f"customer_{of}_seconds_since", "kind": "since_both", "by": "customer", "of": of}
    for by in _TRAVELS:
        yield {"name": f"{by}_km", "kind": "distance", "by": by}
        yield {"name": f"{by}_km_per_hour", "kind": "speed", "by": by}


def _own() -> Iterator[dict[str, Any]]:
    for of in OWN:
        yield {"name": of, "kind": "own", "of": of}
    for by, window in (("customer", "1d"), ("customer", "7d"), ("customer", "30d"), ("merchant", "30d")):
        mean = f"{by}_mean_{window}"
        yield _ratio(mean, f"{by}_sum_{window}", f"{by}_count_{window}")
        yield _ratio(f"amount_of_{mean}", "amount_minor", mean)


def _ratio(name: str, over: str, under: str) -> dict[str, Any]:
    return {"name": name, "kind": "ratio", "over": over, "under": under}
