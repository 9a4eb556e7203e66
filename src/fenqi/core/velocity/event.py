"""One entry of the order log: an attempt to order, or the word that an earlier one was fraud."""

from dataclasses import dataclass
from typing import Literal, get_args

Key = Literal["customer", "device", "ip", "address", "merchant", "card", "contact"]
"""What events are gathered by; the value of a key is opaque, a blind index where it would name a person."""
KEYS: tuple[Key, ...] = get_args(Key)


@dataclass(frozen=True, kw_only=True)
class OrderEvent:
    """An attempt to order; a key that nobody knew is None, and so is a place.

    With `confirms_fraud` it is no attempt: it says, when that became known, that an attempt with these keys and this
    amount was fraud.

    Units: `at_us` microseconds since 1970 in UTC; the place of ordering in hundredths of a degree, north and east.
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
    latitude_centideg: int | None = None
    longitude_centideg: int | None = None
    confirms_fraud: bool = False

    @property
    def place(self) -> tuple[int, int] | None:
        """Latitude and longitude, if both are known."""
        if self.latitude_centideg is None or self.longitude_centideg is None:
            return None
        return self.latitude_centideg, self.longitude_centideg
