"""The line: the least of three ceilings."""

from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.decision.limit import Bound, Limit, limit_of

MONEY = st.integers(0, 50_000_000)


def line(*, score: int = 1_000_000, law: int = 20_000_000, affordable: int = 2_000_000, exposure: int = 0) -> Limit:
    return limit_of(
        by_score_minor=score, by_law_minor=law, affordable_minor=affordable, exposure_minor=exposure, step_minor=10_000
    )


def test_the_least_ceiling_sets_the_line_and_is_named():
    assert (line().granted_minor, line().bound_by) == (1_000_000, Bound.SCORE)
    assert line(score=30_000_000, affordable=30_000_000).bound_by is Bound.LAW
    assert line(affordable=456_789).granted_minor == 450_000


def test_what_is_owed_already_counts_against_the_line():
    owing = line(exposure=400_000)
    assert (owing.granted_minor, owing.available_minor) == (1_000_000, 600_000)


def test_new_room_from_income_is_on_top_of_what_is_owed():
    assert line(affordable=100_000, exposure=400_000).available_minor == 100_000


@given(score=MONEY, law=MONEY, affordable=MONEY, exposure=MONEY)
def test_no_ceiling_is_ever_exceeded(score: int, law: int, affordable: int, exposure: int):
    limit = line(score=score, law=law, affordable=affordable, exposure=exposure)
    assert limit.granted_minor <= min(score, law, exposure + affordable)
    assert 0 <= limit.available_minor <= affordable
    assert limit.available_minor == 0 or exposure + limit.available_minor <= min(score, law)
