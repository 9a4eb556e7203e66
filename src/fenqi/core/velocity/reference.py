"""What every feature comes to, worked out plainly: the judge of all faster engines."""

from collections.abc import Sequence

from fenqi.core.velocity.definition import SECOND_US, Definition, Feature
from fenqi.core.velocity.distance import kilometres, kilometres_per_hour
from fenqi.core.velocity.event import OrderEvent
from fenqi.core.velocity.own import own
from fenqi.core.velocity.ratio import Value, ratio

Met = list[tuple[int, OrderEvent]]
"""Events under one value of a key within a window, each with the instant it counts at."""


def log_times(events: Sequence[OrderEvent]) -> tuple[int, ...]:
    """When each event counts as having happened: the latest instant that the log has seen by then.

    Truth is the order of the log; an event that arrives late is not lost, and nothing counted before it changes.
    """
    times: list[int] = []
    for event in events:
        times.append(max(event.at_us, times[-1]) if times else event.at_us)
    return tuple(times)


def evaluate(definition: Definition, before: Sequence[OrderEvent], event: OrderEvent) -> dict[str, Value]:
    """Every feature of an event, over the events logged before it, in log order.

    A window reaches back to, and includes, the instant that lies its length before. A feature whose key the event does
    not have is missing.
    """
    *times, now = log_times((*before, event))
    values: dict[str, Value] = {}
    for feature in definition.gathered:
        value = getattr(event, feature.gathered_by)
        met = [
            (at, one)
            for at, one in zip(times, before, strict=True)
            if at >= now - feature.window_us
            and getattr(one, feature.gathered_by) == value
            and one.confirms_fraud == (feature.kind == "frauds")
        ]
        values[feature.name] = None if value is None else _of(feature, met, event, now=now)
    for feature in definition.own:
        values[feature.name] = own(feature, at_us=event.at_us, amount_minor=event.amount_minor)
    for feature in definition.ratios:
        values[feature.name] = ratio(feature, values)
    return values


def _of(feature: Feature, met: Met, event: OrderEvent, *, now: int) -> Value:
    match feature.kind:
        case "count" | "frauds":
            return len(met)
        case "sum":
            return sum(one.amount_minor for _, one in met)
        case "distinct":
            return len({getattr(one, feature.of or "") for _, one in met} - {None})
        case "last":
            return getattr(met[-1][1], feature.of or "") if met else None
        case "distance" | "speed":
            return _travelled(feature, met, event, now=now)
        case _:
            return _since(feature, met, event, now=now)


def _since(feature: Feature, met: Met, event: OrderEvent, *, now: int) -> int | None:
    if feature.of is not None:
        peer = getattr(event, feature.of)
        met = [(at, one) for at, one in met if peer is not None and getattr(one, feature.of) == peer]
    return (now - met[-1][0]) // SECOND_US if met else None


def _travelled(feature: Feature, met: Met, event: OrderEvent, *, now: int) -> int | None:
    placed = [(at, one.place) for at, one in met if one.place is not None]
    if not placed or event.place is None:
        return None
    at, place = placed[-1]
    distance_km = kilometres(place, event.place)
    return distance_km if feature.kind == "distance" else kilometres_per_hour(distance_km, took_us=now - at)
