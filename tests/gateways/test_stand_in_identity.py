"""The stand-in three-element check says what it is, and can say every answer."""

import asyncio
from datetime import UTC, datetime

import pytest

from fenqi.gateways.identity.port import Match, ThreeElementCheck
from fenqi.gateways.identity.stand_in import StandInIdentity

AT = datetime(2026, 11, 1, tzinfo=UTC)


def check(mobile: str) -> ThreeElementCheck:
    return asyncio.run(
        StandInIdentity().check_three_elements(name="王小明", id_number="360426199101010071", mobile=mobile, at=AT)
    )


@pytest.mark.parametrize(
    ("mobile", "match"),
    [
        ("13912345678", Match.MATCH),
        ("13912340001", Match.MISMATCH),
        ("13912340002", Match.NOT_FOUND),
        ("13912340003", Match.INDETERMINATE),
    ],
)
def test_answers_by_the_last_digits_and_calls_itself_a_stand_in(mobile: str, match: Match):
    answer = check(mobile)
    assert answer.match is match
    assert answer.stand_in
    assert "替身" in answer.provider
    assert answer == check(mobile)
