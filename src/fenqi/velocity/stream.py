"""The whole live state: a feature server for each kind of entry, the ties between people, where each was last."""

import hashlib
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace

import msgspec

from fenqi.core.decision.signal import Seen
from fenqi.core.velocity.access import stream_definitions
from fenqi.core.velocity.definition import LONGEST_US, Definition
from fenqi.core.velocity.entry import Entry, EntryKind
from fenqi.core.velocity.event import OrderEvent
from fenqi.core.velocity.link import LINK_US
from fenqi.core.velocity.ratio import Value
from fenqi.velocity.link import LinkGraph
from fenqi.velocity.server import FeatureServer

_ORDERED, _ENTERED, _SIGNED = EntryKind.ORDERED, EntryKind.ENTERED, EntryKind.SIGNED


class Streams:
    """A fold of the log in its order, and of nothing else; one writer.

    An entry counts at the latest instant that the log has seen by then. Entries of the longest window are the whole
    state: whoever records them again has it again.
    """

    def __init__(self, definitions: Mapping[EntryKind, Definition] | None = None) -> None:
        self.definitions = stream_definitions() if definitions is None else definitions
        self._servers = {kind: FeatureServer(definition) for kind, definition in self.definitions.items()}
        self._links = LinkGraph()
        self._places: dict[str, tuple[str, int]] = {}
        self._kept: deque[Entry] = deque()
        self._now_us = 0
        self.position = 0
        """The place in the log up to which everything is recorded."""

    def record(self, entry: Entry) -> None:
        """Add an entry behind all others."""
        self.position = entry.position
        self._now_us = max(self._now_us, entry.event.at_us)
        if entry.event.at_us != self._now_us:
            entry = replace(entry, event=replace(entry.event, at_us=self._now_us))
        self._kept.append(entry)
        server = self._servers.get(entry.kind)
        if server is not None:
            server.record(entry.event)
        if entry.kind is EntryKind.FRAUD and _ORDERED in self._servers:
            self._servers[_ORDERED].record(replace(entry.event, confirms_fraud=True))
        self._links.record(entry)
        if entry.region is not None and entry.event.customer is not None:
            self._places[entry.event.customer] = (entry.region, self._now_us)
        while self._kept[0].event.at_us < self._now_us - LONGEST_US:
            self._forget(self._kept.popleft())

    def look(self, event: OrderEvent, *, engine: str) -> Seen:
        """What was counted before an order, with the phone and the card that its customer is known by."""
        known: dict[str, Value] = {}
        for kind in (_ENTERED, _SIGNED):
            known |= self._features(kind, event)
        card = event.card or _text(known.get("signed_last_card"))
        filled = event if card == event.card else replace(event, card=card)
        features = self._features(_ORDERED, filled) | known | (self._features(_SIGNED, filled) if card else {})
        own = replace(filled, contact=_text(known.get("entered_last_contact")) or event.contact)
        for kind in self._servers:
            if kind not in {_ORDERED, _ENTERED, _SIGNED}:
                features |= self._features(kind, own)
        region, at_us = self._places.get(event.customer or "", (None, None))
        return Seen(
            engine=engine, features=features, ring=self._links.ring(filled), last_region=region, last_at_us=at_us
        )

    def kept(self) -> tuple[Entry, ...]:
        """The entries it holds, each at the instant it counts at."""
        return tuple(self._kept)

    def digest(self) -> str:
        """A hash of everything that a look could ever see: two states with one digest answer alike."""
        told = hashlib.sha256()
        for fact in self._facts():
            told.update(msgspec.msgpack.encode(fact))
        return told.hexdigest()

    def _facts(self) -> Iterator[tuple[object, ...]]:
        since = self._now_us - LONGEST_US
        yield ("log", self.position, self._now_us)
        for kind in sorted(self._servers):
            yield (kind.value,)
            yield from self._servers[kind].facts(since_us=since)
        yield from self._links.facts(since_us=self._now_us - LINK_US)
        yield from (("place", *one) for one in sorted(self._places.items()) if one[1][1] >= since)

    def _features(self, kind: EntryKind, event: OrderEvent) -> dict[str, Value]:
        server = self._servers.get(kind)
        return {} if server is None else server.features(event)

    def _forget(self, entry: Entry) -> None:
        self._links.forget(entry, until_us=self._now_us - LONGEST_US)
        customer = entry.event.customer
        if customer is not None and self._places.get(customer, ("", self._now_us))[1] < self._now_us - LONGEST_US:
            del self._places[customer]


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None
