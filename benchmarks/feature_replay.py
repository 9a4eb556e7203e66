# pyright: basic
"""How fast the features of a whole log are worked out by columns, on one core, over a million events."""

import time

import numpy as np

from fenqi.cli.benchmark import Benchmark, Case, Measured
from fenqi.cli.console import note
from fenqi.core.refusal import Broken
from fenqi.core.velocity.event import KEYS, OrderEvent
from fenqi.core.velocity.shipped import shipped_definition
from fenqi.velocity.replay import replay_columns
from fenqi.velocity.server import FeatureServer

EVENTS, ROUNDS = 1_000_000, 3
VALUES = {
    "customer": 300_000, "device": 280_000, "ip": 150_000, "address": 250_000,
    "merchant": 500, "card": 350_000, "contact": 400_000,
}  # fmt: skip
COMPARED_EVERY = 97
FRAUDS = 0.01
"""The share of entries that confirm a fraud."""


def invented(*, seed):
    lots = np.random.default_rng(seed)
    columns = {
        "at_us": 1_700_000_000_000_000 + np.cumsum(lots.integers(0, 14_000_000, EVENTS)),
        "amount_minor": lots.integers(100, 1_000_000, EVENTS),
    }
    columns |= {
        "latitude_centideg": lots.integers(2000, 4500, EVENTS),
        "longitude_centideg": lots.integers(9000, 12500, EVENTS),
        "confirms_fraud": (lots.random(EVENTS) < FRAUDS).astype(np.int64),
    }
    return columns | {key: (VALUES[key] * lots.random(EVENTS) ** 1.5).astype(np.int64) for key in KEYS}


def measure():
    definition, columns = shipped_definition(), invented(seed=3)
    replay_columns(definition, {name: column[:1000] for name, column in columns.items()})  # compiles
    best = float("inf")
    for turn in range(ROUNDS):
        began = time.process_time()
        found = replay_columns(definition, columns)
        best = min(best, time.process_time() - began)
        note(f"round {turn + 1} of {ROUNDS}: {EVENTS / best:,.0f} events a CPU-second at best")
    online, compared = _require_agreement(definition, columns, found)
    return Measured(
        value=EVENTS / best,
        rivals={"limit_150000": 150_000.0, "feature_server": online},
        also={"features_count": len(found), "compared": compared},
    )


def _require_agreement(definition, columns, found):
    note("the feature server goes through the same million events")
    plain = {name: column.tolist() for name, column in columns.items()}
    server, seconds, compared = FeatureServer(definition), 0.0, 0
    for place in range(EVENTS):
        event = OrderEvent(
            at_us=plain["at_us"][place],
            amount_minor=plain["amount_minor"][place],
            latitude_centideg=plain["latitude_centideg"][place],
            longitude_centideg=plain["longitude_centideg"][place],
            confirms_fraud=plain["confirms_fraud"][place] == 1,
            **{key: str(plain[key][place]) for key in KEYS},
        )
        began = time.thread_time()
        answers = server.features(event)
        server.record(event)
        seconds += time.thread_time() - began
        if place % COMPARED_EVERY == 0 and not event.confirms_fraud:
            compared += _compare(answers, found, place)
    return EVENTS / seconds, compared


def _compare(answers, found, place):
    for name, column in found.items():
        value = None if np.isnan(column[place]) else column[place]
        if value != answers[name]:
            raise Broken(f"event {place}: the server finds {name} {answers[name]}, the columns {value}")
    return len(found)


BENCHMARK = Benchmark(
    name="feature_replay",
    summary="features of a whole log",
    cases=(
        Case(
            name="feature_replay",
            summary="events a CPU-second, all shipped features that are numbers, equal to the server's",
            unit="events/s",
            rival="limit_150000",
            aim=1.0,
            is_floor=True,
            measure=measure,
        ),
    ),
)
