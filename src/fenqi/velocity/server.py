"""The feature server: what every feature of an order comes to, in well under a millisecond."""

from collections import deque
from collections.abc import Iterator

from fenqi.core.velocity.definition import LONGEST_US, SECOND_US, Definition, Feature
from fenqi.core.velocity.distance import kilometres, kilometres_per_hour
from fenqi.core.velocity.event import KEYS, Key, OrderEvent
from fenqi.core.velocity.own import own
from fenqi.core.velocity.ratio import Value, quotient
from fenqi.velocity.history import History
from fenqi.velocity.plan import KeyPlan


class FeatureServer:
    """All events of the longest window, in memory, by every key; one writer.

    Its state is a fold of those events in log order and of nothing else, so that whoever records them again has it
    again. Memory grows with the events of the longest window and shrinks as they leave it.
    """

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._plans = tuple(_Counted(definition, key) for key in KEYS)
        self._nothing: dict[str, Value] = dict.fromkeys(definition.names)
        self._ratios = tuple((one.name, one.over or "", one.under or "") for one in definition.ratios)
        self._kept: deque[tuple[int, OrderEvent]] = deque()
        self._recorded = 0
        self._now_us: int | None = None

    @property
    def recorded(self) -> int:
        """How many events of the log it has seen: where to go on after a restart."""
        return self._recorded

    def features(self, event: OrderEvent) -> dict[str, Value]:
        """Every feature of an event, over what was recorded before it."""
        now = self._at(event)
        values = self._nothing.copy()
        for plan in self._plans:
            plan.fill(values, event, now=now)
        for feature in self._definition.own:
            values[feature.name] = own(feature, at_us=event.at_us, amount_minor=event.amount_minor)
        for name, over, under in self._ratios:
            values[name] = quotient(values[over], values[under])
        return values

    def record(self, event: OrderEvent) -> None:
        """Add an event behind all others, and forget those that no window reaches any more."""
        now = self._at(event)
        self._kept.append((now, event))
        self._recorded, self._now_us = self._recorded + 1, now
        for plan in self._plans:
            plan.record(event, at_us=now)
        until = now - LONGEST_US
        while self._kept[0][0] < until:
            _, gone = self._kept.popleft()
            for plan in self._plans:
                plan.drop_first(gone, until_us=until)

    def kept(self) -> tuple[tuple[int, OrderEvent], ...]:
        """The events it holds, each with the instant it counts at: the whole state, as a snapshot keeps it."""
        return tuple(self._kept)

    def resume(self, kept: tuple[tuple[int, OrderEvent], ...], *, recorded: int) -> None:
        """Take up a state that was kept; the log goes on after `recorded` events."""
        for at_us, event in kept:
            self._kept.append((at_us, event))
            for plan in self._plans:
                plan.record(event, at_us=at_us)
        self._recorded, self._now_us = recorded, kept[-1][0] if kept else None

    def facts(self, *, since_us: int) -> Iterator[tuple[object, ...]]:
        """Everything that a window from an instant on can see, in an order of its own: two equal states agree on it."""
        for plan in self._plans:
            yield from plan.facts(since_us=since_us)

    def _at(self, event: OrderEvent) -> int:
        return event.at_us if self._now_us is None else max(event.at_us, self._now_us)


class _Counted:
    """The features of one key, and what is kept under each of its values."""

    def __init__(self, definition: Definition, key: Key) -> None:
        plan = KeyPlan(definition, key)
        self._key: Key = key
        self._windows, self._counts, self._sums, self._distinct = plan.windows, plan.counts, plan.sums, plan.distinct
        self._last, self._both, self._frauds, self._travels = plan.last, plan.both, plan.frauds, plan.travels
        self._peers, self._used = plan.peers, plan.used
        self._none: dict[str, Value] = dict.fromkeys(
            (name for name, *_ in (*plan.counts, *plan.sums, *plan.distinct, *plan.frauds)), 0
        )
        """What is counted under a value that was never met."""
        self._histories: dict[str, History] = {}

    def record(self, event: OrderEvent, *, at_us: int) -> None:
        value = getattr(event, self._key)
        if value is None or not self._used:
            return
        history = self._histories.get(value)
        if history is None:
            history = self._histories[value] = History()
        history.record(event, self._peers, at_us=at_us)

    def drop_first(self, event: OrderEvent, *, until_us: int) -> None:
        value = getattr(event, self._key)
        if value is not None and self._used and self._histories[value].drop_first(event, until_us=until_us):
            del self._histories[value]

    def fill(self, values: dict[str, Value], event: OrderEvent, *, now: int) -> None:
        value = getattr(event, self._key)
        if value is None:
            return
        history = self._histories.get(value)
        values.update(self._none)
        if history is None:
            return
        firsts = history.firsts(now, self._windows)
        count, amounts = len(history.times), history.amounts
        total, peers = amounts[-1], history.peers
        for name, place in self._counts:
            values[name] = count - firsts[place]
        for name, place in self._sums:
            values[name] = total - amounts[firsts[place]]
        for name, peer, window in self._distinct:
            if (met := peers.get(peer)) is not None:
                values[name] = met.since(now - window)
        self._fill_lasts(values, event, history, now=now)

    def _fill_lasts(self, values: dict[str, Value], event: OrderEvent, history: History, *, now: int) -> None:
        peers = history.peers
        for feature in self._last:
            values[feature.name] = _last(feature, history, now=now)
        for name, peer in self._both:
            if (met := peers.get(peer)) is not None:
                values[name] = _since(met.seen.get(getattr(event, peer)), now=now)
        if history.frauds:
            for name, window in self._frauds:
                values[name] = history.frauds_since(now - window)
        for feature in self._travels:
            values[feature.name] = _travelled(feature, history, event, now=now)

    def facts(self, *, since_us: int) -> Iterator[tuple[object, ...]]:
        for value in sorted(self._histories):
            yield (self._key, value, *self._histories[value].facts(since_us=since_us))


def _last(feature: Feature, history: History, *, now: int) -> Value:
    at_us = history.times[-1] if history.times else None
    if at_us is None or now - at_us > feature.window_us:
        return None
    if feature.kind == "time_since":
        return (now - at_us) // SECOND_US
    return getattr(history.last, feature.of or "")


def _since(at_us: int | None, *, now: int) -> int | None:
    return None if at_us is None or now - at_us > LONGEST_US else (now - at_us) // SECOND_US


def _travelled(feature: Feature, history: History, event: OrderEvent, *, now: int) -> int | None:
    place = event.place
    if history.placed is None or place is None:
        return None
    at_us, before = history.placed
    if now - at_us > feature.window_us:
        return None
    distance_km = kilometres(before, place)
    return distance_km if feature.kind == "distance" else kilometres_per_hour(distance_km, took_us=now - at_us)
