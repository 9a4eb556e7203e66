# pyright: basic
"""How fast the feature server answers and records, beside a limit that a checkout can bear.

The shipped features over an invented log of orders; what the server answers is compared with the columnar replay of
the same events, and a difference is no result.
"""

import gc
import time

import numpy as np

from fenqi.cli.benchmark import Benchmark, Case, Measured
from fenqi.cli.console import note
from fenqi.core.refusal import Broken
from fenqi.core.velocity.event import KEYS, OrderEvent
from fenqi.core.velocity.shipped import shipped_definition
from fenqi.velocity.replay import columns_of, replay_columns
from fenqi.velocity.server import FeatureServer

EVENTS, SPACING_US = 100_000, 400_000
LATENCY_EVENTS, RATE_PER_S = 20_000, 2_000
VALUES = {
    "customer": 30_000, "device": 28_000, "ip": 15_000, "address": 25_000,
    "merchant": 200, "card": 35_000, "contact": 40_000,
}  # fmt: skip
COMPARED_EVERY = 10
FRAUDS = 0.01
"""The share of entries that confirm a fraud."""


def invented(count, *, seed):
    lots = np.random.default_rng(seed)
    at_us = 1_700_000_000_000_000 + np.cumsum(lots.integers(0, 2 * SPACING_US, count))
    amounts = lots.integers(100, 1_000_000, count)
    drawn = {key: (VALUES[key] * lots.random(count) ** 1.5).astype(np.int64) for key in KEYS}
    north, east = lots.integers(2000, 4500, count), lots.integers(9000, 12500, count)
    told = lots.random(count) < FRAUDS
    return [
        OrderEvent(
            at_us=int(at_us[place]),
            amount_minor=int(amounts[place]),
            latitude_centideg=int(north[place]),
            longitude_centideg=int(east[place]),
            confirms_fraud=bool(told[place]),
            **{key: f"{key}{drawn[key][place]}" for key in KEYS},
        )
        for place in range(count)
    ]


def events_per_s():
    definition = shipped_definition()
    events, server, answers = invented(EVENTS, seed=1), FeatureServer(definition), {}
    _collect_seldom()
    began, began_cpu = time.perf_counter(), time.process_time()
    for place, event in enumerate(events):
        found = server.features(event)
        server.record(event)
        if place % COMPARED_EVERY == 0 and not event.confirms_fraud:
            answers[place] = found
    took, took_cpu = time.perf_counter() - began, time.process_time() - began_cpu
    compared = _require_agreement(definition, events, answers)
    return Measured(
        value=EVENTS / took,
        rivals={"limit_15000": 15_000.0},
        also={"events_per_cpu_s": EVENTS / took_cpu, "features_count": len(definition.names), "compared": compared},
    )


def _collect_seldom():
    """As the service does once it has read its state."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


def _require_agreement(definition, events, answers):
    columns = replay_columns(definition, columns_of(events))
    for place, found in answers.items():
        for name, column in columns.items():
            value = None if np.isnan(column[place]) else column[place]
            if value != found[name]:
                raise Broken(f"event {place}: the server finds {name} {found[name]}, the columns {value}")
    return len(answers) * len(columns)


def latency_2000():
    server = FeatureServer(shipped_definition())
    (*before,) = invented(EVENTS + LATENCY_EVENTS, seed=2)
    for event in before[:EVENTS]:
        server.record(event)
    _collect_seldom()
    note(f"{EVENTS:,} events are held; {LATENCY_EVENTS:,} more come at {RATE_PER_S:,} a second")
    took, late = [], []
    began = time.perf_counter()
    for place, event in enumerate(before[EVENTS:]):
        due = began + place / RATE_PER_S
        while (now := time.perf_counter()) < due:
            time.sleep(max(0.0, due - now))
        server.features(event)
        server.record(event)
        done = time.perf_counter()
        took.append(done - now)
        late.append(done - due)
    p50, p99 = np.percentile(took, [50, 99]) * 1e3
    return Measured(
        value=p99,
        rivals={"limit_1_ms": 1.0},
        also={"p50_ms": p50, "p99_since_due_ms": float(np.percentile(late, 99) * 1e3)},
    )


BENCHMARK = Benchmark(
    name="velocity",
    summary="features of orders as they come",
    cases=(
        Case(
            name="events_per_s",
            summary="events a second, each asked about and recorded by one writer in the process",
            unit="events/s",
            rival="limit_15000",
            aim=1.0,
            is_floor=True,
            measure=events_per_s,
        ),
        Case(
            name="latency_2000",
            summary="99th percentile of asking and recording, at 2,000 events a second",
            unit="ms",
            rival="limit_1_ms",
            aim=1.0,
            measure=latency_2000,
        ),
    ),
)
