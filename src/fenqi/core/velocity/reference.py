"""What every feature comes to, worked out plainly: the judge of all faster engines."""

from collections.abc import Sequence

from fenqi.core.velocity.definition import SECOND_US, Definition, Feature
from fenqi.core.velocity.event import OrderEvent
from fenqi.core.velocity.ratio import Value, ratio


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
            if at >= now - feature.window_us and getattr(one, feature.gathered_by) == value
        ]
        values[feature.name] = None if value is None else _of(feature, met, now=now)
    for feature in definition.ratios:
        values[feature.name] = ratio(feature, values)
    return values


def _of(feature: Feature, met: list[tuple[int, OrderEvent]], *, now: int) -> Value:
    match feature.kind:
        case "count":
            return len(met)
        case "sum":
            return sum(one.amount_minor for _, one in met)
        case "distinct":
            return len({getattr(one, feature.of or "") for _, one in met} - {None})
        case "last":
            return getattr(met[-1][1], feature.of or "") if met else None
        case _:
            return (now - met[-1][0]) // SECOND_US if met else None
