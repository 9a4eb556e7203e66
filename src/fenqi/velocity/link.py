"""Who shared what with whom, kept live: a search of two hops takes some microseconds."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TypeVar

from fenqi.core.velocity.entry import Entry, EntryKind
from fenqi.core.velocity.event import Key, OrderEvent
from fenqi.core.velocity.link import CUSTOMERS_MAX, DEGREE_MAX, LINK_US, NO_RING, STRONG, Ring, Tie

Value = tuple[Key, str]
_HOPS = 2
Near = TypeVar("Near")
Far = TypeVar("Far")


class LinkGraph:
    """Customers and the strong keys they used, each with the instant it was used last; a fold of the log."""

    def __init__(self) -> None:
        self._values: dict[str, dict[Value, int]] = {}
        self._customers: dict[Value, dict[str, int]] = {}
        self._frozen: dict[str, int] = {}
        self._fraud: dict[str, int] = {}
        self._fraud_values: dict[Value, int] = {}

    def record(self, entry: Entry) -> None:
        """Tie the customer of an entry to its keys, and remember what people found."""
        event = entry.event
        if event.customer is None:
            return
        for value in strong(event):
            self._values.setdefault(event.customer, {})[value] = event.at_us
            self._customers.setdefault(value, {})[event.customer] = event.at_us
        match entry.kind:
            case EntryKind.FROZEN:
                self._frozen[event.customer] = event.at_us
            case EntryKind.RELEASED:
                self._frozen.pop(event.customer, None)
            case EntryKind.FRAUD:
                self._frozen.pop(event.customer, None)
                self._fraud[event.customer] = event.at_us
                self._fraud_values |= dict.fromkeys(strong(event), event.at_us)
            case _:
                pass

    def forget(self, entry: Entry, *, until_us: int) -> None:
        """Let go of what an entry that leaves the log tied, unless it was tied again since."""
        customer = entry.event.customer
        if customer is None:
            return
        for marks in (self._frozen, self._fraud):
            if marks.get(customer, until_us) < until_us:
                del marks[customer]
        for value in strong(entry.event):
            if self._fraud_values.get(value, until_us) < until_us:
                del self._fraud_values[value]
            _untie(self._values, customer, value, until_us)
            _untie(self._customers, value, customer, until_us)

    def ring(self, event: OrderEvent) -> Ring:
        """Everybody within two hops of an order over ties that still hold, nearest first."""
        since = event.at_us - LINK_US
        start = dict.fromkeys(strong(event))
        if event.customer is not None:
            start |= dict.fromkeys(value for value, at in self._values.get(event.customer, {}).items() if at >= since)
        used = {value for value in strong(event) if self._fraud_values.get(value, 0) >= since}
        fraud_keys: frozenset[Key] = frozenset(key for key in STRONG if any(key == one for one, _ in used))
        if not any(self._is_shared(value, event.customer) for value in start):
            return Ring(fraud_keys=fraud_keys) if fraud_keys else NO_RING
        return self._searched(event.customer, start, since=since, fraud_keys=fraud_keys)

    def facts(self, *, since_us: int) -> Iterator[tuple[object, ...]]:
        """Everything that it holds and that still holds, in an order of its own: what two equal graphs agree on."""
        for customer in sorted(self._values):
            for value, at in sorted(self._values[customer].items()):
                if at >= since_us:
                    yield ("tie", customer, *value, at)
        for name, marks in (("frozen", self._frozen), ("fraud", self._fraud)):
            yield from ((name, customer, at) for customer, at in sorted(marks.items()) if at >= since_us)
        yield from (("key", *value, at) for value, at in sorted(self._fraud_values.items()) if at >= since_us)

    def _is_shared(self, value: Value, customer: str | None) -> bool:
        users = self._customers.get(value)
        return users is not None and (len(users) > 1 or customer not in users)

    def _searched(self, origin: str | None, start: Iterable[Value], *, since: int, fraud_keys: frozenset[Key]) -> Ring:
        hops_of: dict[str, int] = {}
        ties: list[Tie] = []
        waiting: deque[tuple[Value, int]] = deque((value, 1) for value in sorted(start))
        seen = set(start)
        is_cut = False
        while waiting:
            value, hops = waiting.popleft()
            users = self._users(value, origin, since=since)
            if len(users) > DEGREE_MAX:
                is_cut = True
                continue
            if hops > 1 and len(users) == 1:  # who leads there is the only one who uses it
                continue
            for customer in users:
                if customer not in hops_of and len(hops_of) == CUSTOMERS_MAX:
                    is_cut = True
                    continue
                ties.append(Tie(customer=customer, key=value[0], value=value[1], hops=hops))
                if customer in hops_of:
                    continue
                hops_of[customer] = hops
                if hops < _HOPS:
                    following = [one for one in self._held(customer, since=since) if one not in seen]
                    seen.update(following)
                    waiting.extend((one, hops + 1) for one in following)
        return Ring(
            customers=tuple(hops_of),
            ties=tuple(ties),
            frozen=frozenset(one for one in hops_of if self._frozen.get(one, 0) >= since),
            fraud=frozenset(one for one in hops_of if self._fraud.get(one, 0) >= since),
            fraud_keys=fraud_keys,
            is_cut=is_cut,
        )

    def _users(self, value: Value, origin: str | None, *, since: int) -> list[str]:
        used = self._customers.get(value, {})
        return sorted(one for one, at in used.items() if at >= since and one != origin)

    def _held(self, customer: str, *, since: int) -> list[Value]:
        return sorted(value for value, at in self._values.get(customer, {}).items() if at >= since)


def strong(event: OrderEvent) -> list[Value]:
    """What of an event ties people."""
    return [(key, value) for key in STRONG if (value := getattr(event, key)) is not None]


def _untie(ties: dict[Near, dict[Far, int]], near: Near, far: Far, until_us: int) -> None:
    held = ties.get(near)
    if held is None or held.get(far, until_us) >= until_us:
        return
    del held[far]
    if not held:
        del ties[near]
