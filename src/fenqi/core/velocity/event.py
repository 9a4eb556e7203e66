"""One attempt to order, as the features see it."""

from dataclasses import dataclass
from typing import Literal, get_args

Key = Literal["customer", "device", "ip", "address", "merchant", "card", "contact"]
"""What events are gathered by; the value of a key is opaque, a blind index where it would name a person."""
KEYS: tuple[Key, ...] = get_args(Key)


@dataclass(frozen=True, kw_only=True)
class OrderEvent:
    """An attempt to order; a key that nobody knew is None.

    Units: `at_us` microseconds since 1970 in UTC.
    """

    at_us: int
    amount_minor: int
    customer: str | None = None
    device: str | None = None
    ip: str | None = None
    address: str | None = None
    merchant: str | None = None
    card: str | None = None
    contact: str | None = None
