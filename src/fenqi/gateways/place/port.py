"""Where an IP address seems to be, coarsely."""

from typing import Protocol


class Places(Protocol):
    """A table of networks and divisions; asked on every step of a shopper, so it answers at once."""

    def region_of(self, ip: str) -> str | None:
        """The six-digit division code (GB/T 2260) in which an address seems to be; None if nobody knows."""
        ...
