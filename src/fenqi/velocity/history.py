"""What the feature server keeps under one value of one key."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from fenqi.core.velocity.event import Key, OrderEvent

_SLACK = 64  # dead places in front of the lists before they are cut off: cutting costs a move of the rest


class History:
    """Attempts under one value of a key: instants, running sums, when each peer was seen last; and known frauds.

    A window is two binary searches; nothing is kept a window. Exact, without sketches.
    """

    __slots__ = ("amounts", "frauds", "gone", "last", "peers", "placed", "times")

    def __init__(self) -> None:
        self.times: list[int] = []
        self.amounts: list[int] = [0]
        """The sum of the amounts before each event, and of all: one longer than `times`."""
        self.gone = 0
        self.last: OrderEvent | None = None
        self.placed: tuple[int, tuple[int, int]] | None = None
        """When and where the last attempt was made whose place was known."""
        self.frauds: list[int] = []
        """When each fraud became known."""
        self.peers: dict[str | None, Peers] = {}
        """Those of each key that was met."""

    def record(self, event: OrderEvent, peers: Sequence[Key], *, at_us: int) -> None:
        """Add an event, at an instant that is not before the last one; `peers` are the keys that others are met by."""
        if event.confirms_fraud:
            self.frauds.append(at_us)
            return
        self.times.append(at_us)
        self.amounts.append(self.amounts[-1] + event.amount_minor)
        self.last = event
        if event.latitude_centideg is not None and event.longitude_centideg is not None:
            self.placed = at_us, (event.latitude_centideg, event.longitude_centideg)
        for key in peers:
            value = getattr(event, key)
            if value is not None:
                met = self.peers.get(key)
                if met is None:
                    met = self.peers[key] = Peers()
                met.see(value, at_us=at_us)

    def drop_first(self, event: OrderEvent, *, until_us: int) -> bool:
        """Forget the oldest event; whether nothing is left."""
        if event.confirms_fraud:
            del self.frauds[0]
            return self.is_empty
        self.gone += 1
        if self.is_empty:
            return True
        if self.gone >= _SLACK:
            del self.times[: self.gone]
            del self.amounts[: self.gone]
            self.gone = 0
        for key, met in self.peers.items():
            value = getattr(event, key or "")
            if value is not None:
                met.drop(value, until_us=until_us)
        return False

    @property
    def is_empty(self) -> bool:
        """Whether every attempt and every fraud is forgotten."""
        return self.gone == len(self.times) and not self.frauds

    def facts(self, *, since_us: int) -> tuple[object, ...]:
        """Its events, peers and known frauds from an instant on, and where the last of them was."""
        first = bisect_left(self.times, since_us, self.gone)
        amounts = [after - before for before, after in pairwise(self.amounts[first:])]
        seen = (
            (key or "", sorted(one for one in met.seen.items() if one[1] >= since_us))
            for key, met in self.peers.items()
        )
        peers = sorted(one for one in seen if one[1])
        placed = self.placed if self.placed is not None and self.placed[0] >= since_us else None
        return self.times[first:], amounts, peers, [at for at in self.frauds if at >= since_us], placed

    def firsts(self, now: int, windows: Sequence[int]) -> list[int]:
        """For each window, from the narrowest on, the place of the first event in it."""
        times, gone = self.times, self.gone
        firsts: list[int] = []
        first = len(times)
        for window in windows:
            if first > gone:  # a wider window begins no later; once one holds everything, so do all wider ones
                first = bisect_left(times, now - window, gone, first)
            firsts.append(first)
        return firsts

    def frauds_since(self, since_us: int) -> int:
        """How many frauds became known at or after an instant."""
        return len(self.frauds) - bisect_left(self.frauds, since_us)


class Peers:
    """Others met under a key, each with the instant it was met last."""

    __slots__ = ("seen", "times")

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}
        self.times: list[int] = []

    def see(self, value: str, *, at_us: int) -> None:
        """Meet somebody, perhaps again."""
        before = self.seen.get(value)
        if before == at_us:
            return
        if before is not None:
            del self.times[bisect_left(self.times, before)]
        self.seen[value] = at_us
        self.times.append(at_us)

    def drop(self, value: str, *, until_us: int) -> None:
        """Forget somebody who was not met since."""
        at = self.seen.get(value)
        if at is not None and at < until_us:
            del self.seen[value]
            del self.times[bisect_left(self.times, at)]

    def since(self, since_us: int) -> int:
        """How many were met at or after an instant."""
        return len(self.times) - bisect_left(self.times, since_us)
