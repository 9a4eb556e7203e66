"""A world's orders screened one after the other, by the rules and the model of the product: what each would come to.

Nobody acts on what is found: the world goes on as if every order had been let through, so that each screening stands
by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from fenqi.core.decision.screening import conclude
from fenqi.core.decision.screening_strategy import ScreeningAction, ScreeningStrategy
from fenqi.core.decision.signal import Order as ScreenedOrder
from fenqi.core.decision.signal import Seen, Signal, signals_of
from fenqi.core.decision.trees import Booster
from fenqi.core.velocity.access import narrowed
from fenqi.core.velocity.entry import Entry, EntryKind
from fenqi.core.velocity.event import OrderEvent
from fenqi.simulation.fraud.sample import WorldSample
from fenqi.simulation.fraud.town import TOWNS
from fenqi.simulation.fraud.truth import Order, Scheme
from fenqi.velocity.stream import Streams

MODEL_SCORE, MODEL_MISSING = "model_score_permille", "model_is_missing"
REGIONS = {
    "beijing": "110000", "shanghai": "310000", "guangzhou": "440100", "shenzhen": "440300", "chengdu": "510100",
    "wuhan": "420100", "xian": "610100", "hangzhou": "330100", "nanjing": "320100", "shenyang": "210100",
    "kunming": "530100", "urumqi": "650100", "lanzhou": "620100", "xiamen": "350200", "jinan": "370100",
    "harbin": "230100",
}  # fmt: skip
"""The division that each town of the world lies in."""


class Judge(StrEnum):
    """Who judges."""

    RULES = "rules"
    """The shipped rules, without a model's score."""
    MODEL = "model"
    """The rules that ask for the model's score, and no other."""
    BOTH = "both"
    """All of them together, as an order meets them."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An order with its truth and the action of each judge."""

    scheme: Scheme | None
    actions: dict[Judge, ScreeningAction]


def judged_orders(sample: WorldSample, booster: Booster, strategy: ScreeningStrategy) -> Iterator[Judged]:
    """Screen every order of a sample in its place in the log, with the live engine that also counts online."""
    margins = booster.margins(sample.orders.features)
    points = {int(place): booster.scale.permille(float(one)) for place, one in zip(sample.places, margins, strict=True)}
    streams = Streams(narrowed(strategy.signals))
    position = 0
    for place, order in enumerate(sample.log):
        if place in points:
            seen = streams.look(order.event, engine="world")
            yield Judged(order.scheme, _actions(order.event, seen, points[place], strategy))
        for kind in _kinds(order):
            position += 1
            streams.record(Entry(position=position, kind=kind, event=order.event, region=region_of(order.event)))


def region_of(event: OrderEvent) -> str | None:
    """The division of the town nearest to where an order came from."""
    if event.place is None:
        return None
    north, east = event.place
    return REGIONS[min(TOWNS, key=lambda name: abs(TOWNS[name][0] - north) + abs(TOWNS[name][1] - east))]


def _kinds(order: Order) -> tuple[EntryKind, ...]:
    """How an order stands in the log: applied for and signed, or found to be fraud."""
    return (EntryKind.FRAUD,) if order.event.confirms_fraud else (EntryKind.ORDERED, EntryKind.SIGNED)


def _actions(event: OrderEvent, seen: Seen, points: int, strategy: ScreeningStrategy) -> dict[Judge, ScreeningAction]:
    order = ScreenedOrder(event=event, region=region_of(event))
    seen_by_rules = signals_of(order, seen, names=strategy.signals - {MODEL_SCORE, MODEL_MISSING})
    said_by_model: dict[str, Signal] = {MODEL_SCORE: points, MODEL_MISSING: 0}
    judged = {
        Judge.RULES: seen_by_rules,
        Judge.MODEL: said_by_model,
        Judge.BOTH: seen_by_rules | said_by_model,
    }
    return {
        judge: conclude(signals, keys={}, engine=seen.engine, strategy=strategy).action
        for judge, signals in judged.items()
    }
