"""An event's bytes stay the same, and its attempts grow rarer until it is given up."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.merchant.webhook import RETRY_AFTER_SECONDS, Event, Topic, body_of, next_attempt_at

AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
EVENT = Event(UUID(int=1), Topic.CHECKOUT_CAPTURED, UUID(int=2), occurred_at=AT, content={"captured_minor": 5})


def test_the_body_names_the_event_and_what_happened():
    assert body_of(EVENT) == (
        b'{"content":{"captured_minor":5},"event_id":"00000000-0000-0000-0000-000000000001",'
        b'"merchant_id":"00000000-0000-0000-0000-000000000002","occurred_at":"2026-11-01T02:00:00+00:00",'
        b'"topic":"checkout.captured"}'
    )


def test_an_event_is_given_up_after_the_last_pause():
    assert next_attempt_at(UUID(int=1), attempt_count=len(RETRY_AFTER_SECONDS), last_at=AT) is not None
    assert next_attempt_at(UUID(int=1), attempt_count=len(RETRY_AFTER_SECONDS) + 1, last_at=AT) is None


@given(st.uuids(), st.integers(1, len(RETRY_AFTER_SECONDS)))
def test_a_pause_is_the_schedules_and_at_most_a_tenth_longer(event_id: UUID, attempt_count: int):
    pause = next_attempt_at(event_id, attempt_count=attempt_count, last_at=AT) - AT
    least = timedelta(seconds=RETRY_AFTER_SECONDS[attempt_count - 1])
    assert least <= pause <= least * 1.1
