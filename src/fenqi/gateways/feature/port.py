"""The order log as commands see it: a place in it for every attempt, and what was counted before."""

from typing import Protocol

from fenqi.core.decision.signal import Seen
from fenqi.core.velocity.entry import EntryKind, Fate, Placed
from fenqi.core.velocity.event import OrderEvent


class OrderLog(Protocol):
    """The database gives out the places; features are a fold of what was committed, in that order.

    An engine that lags behind the log answers nothing rather than something old.
    """

    @property
    def engine(self) -> str:
        """Who counts, as decisions name it."""
        ...

    def place(self, kind: EntryKind, event: OrderEvent, *, region: str | None = None) -> Placed:
        """An attempt that takes its place with its transaction; its fate has to be told."""
        ...

    def tell(self, placed: Placed, fate: Fate) -> None:
        """What became of an attempt."""
        ...

    async def look(self, event: OrderEvent) -> Seen | None:
        """What was counted before an order; None while the engine is behind or gone."""
        ...
