"""What a server has counted: asked for in few trips, and put together as the embedded engine does."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fenqi.core.decision.signal import Seen
from fenqi.core.velocity.definition import LONGEST_US, SECOND_US
from fenqi.core.velocity.distance import kilometres, kilometres_per_hour
from fenqi.core.velocity.entry import EntryKind
from fenqi.core.velocity.event import OrderEvent
from fenqi.core.velocity.link import DEGREE_MAX, LINK_US
from fenqi.core.velocity.own import own
from fenqi.core.velocity.ratio import Value, ratio
from fenqi.velocity.link import Value as Shared
from fenqi.velocity.link import strong
from fenqi.velocity.plan import KeyPlan
from fenqi.velocity.remote.found import FoundGraph
from fenqi.velocity.remote.layout import (
    FRAUD,
    FROZEN,
    HELD,
    IN_FRAUD,
    KINDS,
    REGION,
    REGION_AT,
    USERS,
    Layout,
    group_of,
    peers_of,
)

_FACTS, _SCORE, _MET, _FIELDS = 1, 2, 3, 4
_ORDERED, _ENTERED, _SIGNED = EntryKind.ORDERED, EntryKind.ENTERED, EntryKind.SIGNED
_USERS_MOST = DEGREE_MAX + 2
"""One more than a value may have beside who asks: more need not be known."""

Question = tuple[Any, ...]
Ask = Callable[[Sequence[Question]], Awaitable[Sequence[Any]]]
"""Questions to the server, each by kind, group and more; answers in their order."""


@dataclass(frozen=True, kw_only=True)
class LogTime:
    """The latest instant that the log has seen, in all and by kind of entry."""

    now_us: int = 0
    by_kind: Mapping[str, int]


class Reading:
    """One order that is looked at: what was asked and answered so far."""

    def __init__(self, layout: Layout, ask: Ask, *, time: LogTime) -> None:
        self._layout = layout
        self._ask = ask
        self._time = time
        self._known: dict[Question, Any] = {}

    async def look(self, event: OrderEvent, *, engine: str) -> Seen:
        """What was counted before an order, as `Streams.look` says it."""
        kinds = [kind for kind in self._layout.plans if kind not in {_ORDERED, _ENTERED, _SIGNED}]
        place = (
            () if event.customer is None else ((_FIELDS, group_of("customer", event.customer), (REGION, REGION_AT)),)
        )
        everything = (_ENTERED, _SIGNED, _ORDERED, *kinds)
        await self._learn([*place, *self._wanted(everything, event), *_ties_of(event, customer=event.customer)])
        known = self._features(_ENTERED, event) | self._features(_SIGNED, event)
        card = event.card or _text(known.get("signed_last_card"))
        filled = event if card == event.card else replace(event, card=card)
        own_event = replace(filled, contact=_text(known.get("entered_last_contact")) or event.contact)
        graph = FoundGraph()
        self._take(graph, filled)
        wanted = [*self._wanted((_ORDERED, _SIGNED), filled), *self._wanted(kinds, own_event)]
        await self._learn([*wanted, *_ties_of(filled), *_users_of(graph.reach(filled), since=_since(filled))])
        features = self._features(_ORDERED, filled) | known | (self._features(_SIGNED, filled) if card else {})
        for kind in kinds:
            features |= self._features(kind, own_event)
        region, at_us = self._place(place)
        ring = await self._ring(graph, filled)
        return Seen(engine=engine, features=features, ring=ring, last_region=region, last_at_us=at_us)

    async def _learn(self, questions: Iterable[Question]) -> None:
        wanted = [one for one in dict.fromkeys(questions) if one not in self._known]
        if wanted:
            self._known |= zip(wanted, await self._ask(wanted), strict=True)

    def _wanted(self, kinds: Iterable[EntryKind], event: OrderEvent) -> list[Question]:
        found: list[Question] = []
        for kind in kinds:
            for plan in self._layout.plans.get(kind, ()):
                if (value := getattr(event, plan.key)) is not None:
                    found.append(self._facts(kind, plan, value, now=self._now(kind, event)))
                    found += [one for one in _meetings(kind, plan, value, event) if one[3]]
        return found

    def _now(self, kind: EntryKind, event: OrderEvent) -> int:
        return max(event.at_us, self._time.by_kind.get(kind, 0))

    def _facts(self, kind: EntryKind, plan: KeyPlan, value: str, *, now: int) -> Question:
        letter = KINDS[kind]
        names = tuple(f"{letter}:{one.of}" for one in plan.last if one.kind == "last")
        placed = (f"{letter}w",) if plan.travels else ()
        sinces = tuple(now - window for window in plan.windows)
        peers = tuple((peers_of(letter, of), now - window) for _, of, window in plan.distinct if of in _KEYS)
        frauds = tuple((f"{letter}f", now - window) for _, window in plan.frauds)
        return (_FACTS, group_of(plan.key, value), letter, (*names, *placed), sinces, peers, frauds)

    def _features(self, kind: EntryKind, event: OrderEvent) -> dict[str, Value]:
        definition = self._layout.definitions.get(kind)
        if definition is None:
            return {}
        values: dict[str, Value] = dict.fromkeys(definition.names)
        now = self._now(kind, event)
        for plan in self._layout.plans[kind]:
            if (value := getattr(event, plan.key)) is not None:
                answer = self._known[self._facts(kind, plan, value, now=now)]
                _fill(values, plan, answer, event, now=now)
                for (name, _), question in zip(plan.both, _meetings(kind, plan, value, event), strict=True):
                    values[name] = _seconds_since(self._known.get(question), now=now)
        for feature in definition.own:
            values[feature.name] = own(feature, at_us=event.at_us, amount_minor=event.amount_minor)
        for feature in definition.ratios:
            values[feature.name] = ratio(feature, values)
        return values

    def _place(self, place: Sequence[Question]) -> tuple[str | None, int | None]:
        region, at = self._known[place[0]] if place else (None, None)
        at_us = _whole(at)
        if at_us is None or at_us < self._time.now_us - LONGEST_US:
            return None, None
        return region, at_us

    async def _ring(self, graph: FoundGraph, event: OrderEvent) -> Any:
        """A ring is followed as far as is known, and what it lacked is asked for, until it lacks nothing."""
        since = _since(event)
        while True:
            self._take(graph, event)
            ring = graph.ring(event)
            lacking = [
                *_users_of(graph.values_lacking, since=since),
                *(_held_of(customer, since=since) for customer in graph.customers_lacking),
                *((_FIELDS, group_of("customer", one), (FROZEN, FRAUD)) for one in ring.customers),
            ]
            if all(one in self._known for one in lacking):
                return ring
            await self._learn(lacking)

    def _take(self, graph: FoundGraph, event: OrderEvent) -> None:
        """Everything known of ties goes into the graph."""
        for question, answer in self._known.items():
            if question[0] == _MET:
                key, _, value = question[1][:-1].partition(":")
                if question[2] == USERS:
                    graph.take_users((key, value), _pairs(answer))
                else:
                    graph.take_held(value, _pairs(answer))
            elif question[0] == _FIELDS and question[2] == (FROZEN, FRAUD):
                graph.take_marks(question[1].partition(":")[2][:-1], *(_whole(one) for one in answer))
            elif question[0] == _FIELDS and question[2] == (IN_FRAUD,) and answer[0]:
                key, _, value = question[1][:-1].partition(":")
                graph.take_fraud((key, value), int(answer[0]))


_KEYS = frozenset(("customer", "device", "ip", "address", "merchant", "card", "contact"))


def _since(event: OrderEvent) -> int:
    return event.at_us - LINK_US


def _ties_of(event: OrderEvent, *, customer: str | None = None) -> list[Question]:
    """What a ring begins with: who used the values of an order, whether in a fraud, and what its customer holds."""
    values = strong(event)
    found = [(_FIELDS, group_of(*value), (IN_FRAUD,)) for value in values]
    found += _users_of(values, since=_since(event))
    return [*found, _held_of(customer, since=_since(event))] if customer else found


def _users_of(values: Iterable[Shared], *, since: int) -> list[Question]:
    return [(_MET, group_of(*value), USERS, since, _USERS_MOST) for value in values]


def _held_of(customer: str, *, since: int) -> Question:
    return (_MET, group_of("customer", customer), HELD, since, -1)


def _meetings(kind: EntryKind, plan: KeyPlan, value: str, event: OrderEvent) -> list[Question]:
    letter, group = KINDS[kind], group_of(plan.key, value)
    return [(_SCORE, group, peers_of(letter, of), getattr(event, of) or "") for _, of in plan.both if of in _KEYS]


def _fill(values: dict[str, Value], plan: KeyPlan, answer: Any, event: OrderEvent, *, now: int) -> None:
    if not answer:
        names = (*plan.counts, *plan.sums, *plan.distinct, *plan.frauds)
        values.update((name, 0) for name, *_ in names)
        return
    (_, number, total, last_at, _, *facts), firsts, peers, frauds = answer
    before = [_before(first, number=_whole(number) or 0, total=_whole(total) or 0) for first in firsts]
    for name, place in plan.counts:
        values[name] = before[place][0] if before else 0
    for name, place in plan.sums:
        values[name] = before[place][1] if before else 0
    values.update((name, count) for (name, *_), count in zip(plan.distinct, peers, strict=True))
    for place, (name, _) in enumerate(plan.frauds):
        values[name] = frauds[place] if frauds else 0
    _fill_last(values, plan, _whole(last_at), facts, event, now=now)


def _before(first: Any, *, number: int, total: int) -> tuple[int, int]:
    """How many attempts there were from the first of a window on, and their sum."""
    if not first:
        return 0, 0
    earlier_number, _, earlier_total = first.partition(":")
    return number - int(earlier_number), total - int(earlier_total)


def _fill_last(
    values: dict[str, Value], plan: KeyPlan, last_at: int | None, facts: list[Any], event: OrderEvent, *, now: int
) -> None:
    told = iter(facts)
    for feature in plan.last:
        fact = next(told) if feature.kind == "last" else None
        if last_at is None or now - last_at > feature.window_us:
            continue
        if feature.kind == "time_since":
            values[feature.name] = (now - last_at) // SECOND_US
        else:
            values[feature.name] = int(fact) if fact and feature.of == "amount_minor" else fact or None
    placed = next(told, None)
    if not placed or event.place is None:
        return
    at_us, north, east = map(int, placed.split())
    for feature in plan.travels:
        if now - at_us <= feature.window_us:
            km = kilometres((north, east), event.place)
            values[feature.name] = km if feature.kind == "distance" else kilometres_per_hour(km, took_us=now - at_us)


def _seconds_since(score: Any, *, now: int) -> int | None:
    at_us = _whole(score)
    return None if at_us is None or now - at_us > LONGEST_US else (now - at_us) // SECOND_US


def _whole(text: Any) -> int | None:
    return int(text) if text else None


def _pairs(flat: Sequence[str]) -> dict[str, int]:
    return {one: int(at) for one, at in zip(flat[::2], flat[1::2], strict=True)}


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None
