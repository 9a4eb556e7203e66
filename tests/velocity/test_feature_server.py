# pyright: basic
"""The feature server and the columnar replay agree with the plain evaluator, before and after a restart."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.velocity.definition import DAY_US, defined
from fenqi.core.velocity.event import KEYS, OrderEvent
from fenqi.core.velocity.reference import evaluate
from fenqi.core.velocity.shipped import shipped_definition
from fenqi.velocity.replay import columns_of, replay_columns
from fenqi.velocity.server import FeatureServer
from fenqi.velocity.snapshot import SnapshotForeign, load_snapshot, save_snapshot

SHIPPED = shipped_definition()
GAPS = st.sampled_from([-5_000_000, 0, 1, 60_000_000, 3_600_000_000, DAY_US, 31 * DAY_US, 91 * DAY_US])
VALUES = st.fixed_dictionaries({key: st.sampled_from([None, "x", "y", "z"]) for key in KEYS})
PLACES = st.sampled_from([{}, {"latitude_centideg": 3990, "longitude_centideg": 11640}]) | st.fixed_dictionaries(
    {"latitude_centideg": st.integers(-9000, 9000), "longitude_centideg": st.integers(-18000, 18000)}
)
TOLD = st.sampled_from([{}, {}, {}, {"confirms_fraud": True}])
REST = st.builds(lambda *parts: {key: value for part in parts for key, value in part.items()}, VALUES, PLACES, TOLD)
STEPS = st.lists(st.tuples(GAPS, st.integers(1, 10**9), REST), min_size=1, max_size=40)


def events_of(steps):
    at, events = 1_700_000_000_000_000, []
    for gap, amount, values in steps:
        at += gap
        events.append(OrderEvent(at_us=at, amount_minor=amount, **values))
    return events


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_server_equals_the_plain_evaluator(steps):
    events, server = events_of(steps), FeatureServer(SHIPPED)
    for place, event in enumerate(events):
        assert server.features(event) == evaluate(SHIPPED, events[:place], event)
        server.record(event)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_columns_equal_the_plain_evaluator(steps):
    events = events_of(steps)
    found = replay_columns(SHIPPED, columns_of(events))
    for place, event in enumerate(events):
        if event.confirms_fraud:
            continue
        expected = evaluate(SHIPPED, events[:place], event)
        for name in found:
            value = found[name][place]
            assert (None if np.isnan(value) else value) == expected[name], name


def invented(count, *, seed):
    lots = random.Random(seed)
    steps = []
    for _ in range(count):
        values = {key: lots.choice([None, *map(str, range(50))]) for key in KEYS}
        steps.append((lots.randrange(3 * 3_600_000_000), lots.randrange(1, 10**7), values))
    return events_of(steps)


def test_goes_on_after_a_restart_as_if_nothing_had_happened(tmp_path):
    events = invented(3000, seed=7)
    whole, first = FeatureServer(SHIPPED), FeatureServer(SHIPPED)
    for event in events:
        whole.record(event)
    for event in events[:2000]:
        first.record(event)
    save_snapshot(first, tmp_path / "snapshot", definition=SHIPPED)
    again = load_snapshot(tmp_path / "snapshot", definition=SHIPPED)
    for event in events[again.recorded :]:
        again.record(event)
    assert again.kept() == whole.kept()
    assert [again.features(event) for event in events[-50:]] == [whole.features(event) for event in events[-50:]]


def test_forgets_what_no_window_reaches():
    server = FeatureServer(SHIPPED)
    for event in invented(5000, seed=8):
        server.record(event)
    held = server.kept()
    assert held[0][0] >= held[-1][0] - 90 * DAY_US
    assert len(held) < 5000


def test_refuses_a_snapshot_that_was_damaged(tmp_path):
    path = tmp_path / "snapshot"
    server = FeatureServer(SHIPPED)
    server.record(OrderEvent(at_us=1, amount_minor=5, device="d"))
    save_snapshot(server, path, definition=SHIPPED)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(SnapshotForeign):
        load_snapshot(path, definition=SHIPPED)


def test_refuses_a_snapshot_of_other_features(tmp_path):
    save_snapshot(FeatureServer(SHIPPED), tmp_path / "snapshot", definition=SHIPPED)
    other = defined([{"name": "a", "kind": "count", "by": "device", "window": "1h"}])
    with pytest.raises(SnapshotForeign):
        load_snapshot(tmp_path / "snapshot", definition=other)
