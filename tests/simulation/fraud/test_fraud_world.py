# pyright: basic
"""The fraud world is the same for the same seed, holds what was asked for, and its schemes are what they say."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.velocity.definition import DAY_US, HOUR_US
from fenqi.core.velocity.distance import kilometres, kilometres_per_hour
from fenqi.simulation.fraud.truth import Scheme
from fenqi.simulation.fraud.world import DAYS_MIN, Size, fraud_world

SMALL = Size(customers=400, days=60)


@pytest.fixture(scope="module")
def world():
    return fraud_world(Size(customers=3000, days=60), seed=5)


def attempts(world, scheme):
    return [order for order in world if order.scheme is scheme and not order.event.confirms_fraud]


def incidents(world, scheme):
    found = defaultdict(list)
    for order in attempts(world, scheme):
        found[order.incident].append(order.event)
    return found.values()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6), days=st.integers(DAYS_MIN, 70), share=st.sampled_from([0.0, 0.002, 0.01]))
def test_is_the_same_for_the_same_seed_in_time_order_and_of_the_size_asked_for(seed, days, share: float):
    size = Size(customers=150, days=days, shares=dict.fromkeys(Scheme, share))
    world = fraud_world(size, seed=seed)
    assert world == fraud_world(size, seed=seed)
    times = [order.event.at_us for order in world]
    assert times == sorted(times)
    assert all(order.event.amount_minor > 0 for order in world)
    counts = Counter(order.scheme for order in world if not order.event.confirms_fraud)
    habitual = sum(order.incident == 0 for order in world)
    assert all(counts[scheme] >= round(share * habitual) for scheme in Scheme)


def test_differs_between_seeds():
    assert fraud_world(SMALL, seed=1) != fraud_world(SMALL, seed=2)


def test_a_scheme_more_changes_nobody_elses_day():
    without = fraud_world(Size(customers=400, days=60, shares={}), seed=3)
    alone = fraud_world(Size(customers=400, days=60, shares={Scheme.VELOCITY: 0.01}), seed=3)
    assert [order for order in alone if order.scheme is None] == list(without)


def test_confirms_only_frauds_and_only_later(world):
    frauds = {(order.incident, order.event.customer, order.event.amount_minor): order for order in world}
    for order in world:
        if order.event.confirms_fraud:
            first = frauds[(order.incident, order.event.customer, order.event.amount_minor)]
            assert order.is_fraud
            assert first.scheme is order.scheme


def test_velocity_orders_in_quick_succession(world):
    for events in incidents(world, Scheme.VELOCITY):
        assert len(events) >= 5
        assert len({event.device for event in events}) == 1
        assert events[-1].at_us - events[0].at_us < len(events) * HOUR_US


def test_shared_puts_many_customers_on_few_devices_within_days(world):
    for events in incidents(world, Scheme.SHARED):
        assert len({event.customer for event in events}) >= 5
        assert len({event.device for event in events}) <= 2
        assert events[-1].at_us - events[0].at_us <= 8 * DAY_US


def test_a_geo_jump_is_faster_than_any_train(world):
    last, speeds = {}, []
    for order in world:
        event = order.event
        if event.confirms_fraud or event.place is None:
            continue
        if order.scheme is Scheme.GEO_JUMP and event.customer in last:
            at_us, place, was_fraud = last[event.customer]
            if not was_fraud:
                speeds.append(kilometres_per_hour(kilometres(place, event.place), took_us=event.at_us - at_us))
        last[event.customer] = event.at_us, event.place, order.is_fraud
    assert len(speeds) > 10
    assert sum(speed > 100 for speed in speeds) > 0.9 * len(speeds)


def test_cash_out_meets_at_one_merchant(world):
    for events in incidents(world, Scheme.CASH_OUT):
        assert len({event.merchant for event in events}) == 1


def test_a_takeover_uses_a_device_that_its_customer_never_had(world):
    known = defaultdict(set)
    for order in world:
        event = order.event
        if order.scheme is Scheme.TAKEOVER:
            assert event.device not in known[event.customer]
        elif order.scheme is None:
            known[event.customer].add(event.device)


def test_a_ring_pays_for_weeks_before_it_busts_out(world):
    of_rings = {order.event.customer for order in attempts(world, Scheme.RING)}
    behaved = [order for order in world if order.event.customer in of_rings and not order.is_fraud]
    busted = {}
    for order in attempts(world, Scheme.RING):
        busted.setdefault(order.event.customer, order.event.at_us)
    assert {order.event.customer for order in behaved} == of_rings
    assert all(order.event.at_us < busted[order.event.customer] for order in behaved)
