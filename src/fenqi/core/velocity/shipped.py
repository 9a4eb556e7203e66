"""The features that are shipped: how much, how often, and with how many others."""

from typing import Any

from fenqi.core.velocity.definition import WINDOWS_US, Definition, defined
from fenqi.core.velocity.event import KEYS

_SHARED = (
    ("device", "customer"), ("device", "card"), ("ip", "customer"), ("ip", "device"), ("address", "customer"),
    ("card", "customer"), ("card", "device"), ("contact", "customer"), ("customer", "device"), ("customer", "address"),
    ("customer", "ip"), ("customer", "card"), ("merchant", "device"),
)  # fmt: skip
_SHORT = ("1h", "1d", "7d")


def shipped_definition() -> Definition:
    """Counts and sums of every key over every window, sharing between keys, and how today compares with the month."""
    rows: list[dict[str, Any]] = []
    for by in KEYS:
        for window in WINDOWS_US:
            rows.append({"name": f"{by}_count_{window}", "kind": "count", "by": by, "window": window})
            rows.append({"name": f"{by}_sum_{window}", "kind": "sum", "by": by, "window": window})
        rows.append({"name": f"{by}_seconds_since", "kind": "time_since", "by": by})
        for unit in ("count", "sum"):
            over, under = f"{by}_{unit}_1d", f"{by}_{unit}_30d"
            rows.append({"name": f"{by}_{unit}_1d_of_30d", "kind": "ratio", "over": over, "under": under})
    for by, of in _SHARED:
        for window in _SHORT:
            name = f"{by}_{of}s_{window}"
            rows.append({"name": name, "kind": "distinct", "by": by, "of": of, "window": window})
    for of in ("device", "address", "amount_minor"):
        rows += [{"name": f"customer_last_{of}", "kind": "last", "by": "customer", "of": of}]
    return defined(rows)
