"""What an entry of the log changes in the server: for each group that it touches, one thing to do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from fenqi.core.velocity.entry import Entry, EntryKind
from fenqi.core.velocity.event import OrderEvent
from fenqi.velocity.link import strong
from fenqi.velocity.plan import KeyPlan
from fenqi.velocity.remote.layout import (
    FRAUD,
    FROZEN,
    HELD,
    IN_FRAUD,
    KEPT_US,
    KINDS,
    REGION,
    REGION_AT,
    USERS,
    Layout,
    group_of,
    peers_of,
)


@dataclass
class _Change:
    """What becomes of a group; everything that one entry does to it is one, as it is applied once or not at all."""

    put: list[Any] = field(default_factory=list[Any])
    unset: list[str] = field(default_factory=list[str])
    met: list[str] = field(default_factory=list[str])
    count: tuple[str, int] | None = None


def changes_of(layout: Layout, entry: Entry) -> Iterator[tuple[str, list[Any]]]:
    """Each group that an entry touches, and what is sent for it; the entry's instant is the one it counts at."""
    changes: defaultdict[str, _Change] = defaultdict(_Change)
    for plan, group in _groups(layout.plans.get(entry.kind, ()), entry.event):
        _count(changes[group], plan, entry.event, letter=KINDS[entry.kind])
    if entry.kind is EntryKind.FRAUD:
        for plan, group in _groups(layout.plans.get(EntryKind.ORDERED, ()), entry.event):
            _tell_fraud(changes[group], plan, entry, letter=KINDS[EntryKind.ORDERED])
    if entry.event.customer is not None:
        _tie(changes[group_of("customer", entry.event.customer)], entry)
        for value in strong(entry.event):
            used = changes[group_of(*value)]
            used.met += [USERS, entry.event.customer]
            used.put += [IN_FRAUD, entry.event.at_us] if entry.kind is EntryKind.FRAUD else []
    at_us = entry.event.at_us
    for group, one in changes.items():
        yield group, [entry.position, at_us, at_us - KEPT_US, group, one.put, one.unset, one.met, one.count or False]


def _groups(plans: Iterable[KeyPlan], event: OrderEvent) -> Iterator[tuple[KeyPlan, str]]:
    for plan in plans:
        if (value := getattr(event, plan.key)) is not None:
            yield plan, group_of(plan.key, value)


def _tell_fraud(change: _Change, plan: KeyPlan, entry: Entry, *, letter: str) -> None:
    if plan.frauds:
        change.put += [f"{letter}f", 1]
        change.met += [f"{letter}f", str(entry.position)]


def _count(change: _Change, plan: KeyPlan, event: OrderEvent, *, letter: str) -> None:
    change.put += [f"{letter}l", event.at_us]
    for peer in plan.peers:
        if (met := getattr(event, peer)) is not None:
            change.met += [peers_of(letter, peer), met]
    for feature in plan.last:
        if feature.kind == "last":
            value = getattr(event, feature.of or "")
            if value is None:
                change.unset.append(f"{letter}:{feature.of}")
            else:
                change.put += [f"{letter}:{feature.of}", value]
    if plan.travels and event.place is not None:
        north, east = event.place
        change.put += [f"{letter}w", f"{event.at_us} {north} {east}"]
    if plan.windows:
        change.count = (letter, event.amount_minor)


def _tie(change: _Change, entry: Entry) -> None:
    event = entry.event
    for key, value in strong(event):
        change.met += [HELD, f"{key} {value}"]
    match entry.kind:
        case EntryKind.FROZEN:
            change.put += [FROZEN, event.at_us]
        case EntryKind.RELEASED:
            change.unset.append(FROZEN)
        case EntryKind.FRAUD:
            change.unset.append(FROZEN)
            change.put += [FRAUD, event.at_us]
        case _:
            pass
    if entry.region is not None:
        change.put += [REGION, entry.region, REGION_AT, event.at_us]
