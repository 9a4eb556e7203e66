"""A line that moved goes before what an application would be granted anew, within law and income."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fenqi.core.decision.facts import Fact, Facts
from fenqi.core.decision.graph_policy import Judged
from fenqi.core.decision.limit import Bound, Limit
from fenqi.core.decision.moved_line import with_moved_line
from fenqi.core.decision.outcome import Outcome
from fenqi.core.decision.reason import REASONS

AT = datetime(2026, 10, 1, tzinfo=UTC)
AMOUNT = REASONS["limit_below_order"]
LIMIT = Limit(
    granted_minor=600_000,
    available_minor=500_000,
    bound_by=Bound.SCORE,
    by_score_minor=600_000,
    by_law_minor=20_000_000,
    by_affordability_minor=1_500_000,
)
DECLINED = Judged(outcome=Outcome.DECLINE, rules=(), limit=LIMIT, declined=(AMOUNT,))
APPROVED = replace(DECLINED, outcome=Outcome.APPROVE, declined=())


def facts(**values: int) -> Facts:
    known = {"order_minor": 800_000, "down_payment_minor": 0, "exposure_minor": 100_000} | values
    return Facts(Fact(name, value, "fenqi", AT) for name, value in known.items())


@pytest.mark.parametrize(
    ("judged", "line_minor", "available_minor", "outcome", "declined"),
    [
        (DECLINED, 1_000_000, 900_000, Outcome.APPROVE, ()),
        (replace(DECLINED, referred=(REASONS["facts_missing"],)), 1_000_000, 900_000, Outcome.REFER, ()),
        (replace(DECLINED, is_score_low=True), 1_000_000, 900_000, Outcome.DECLINE, ()),
        (APPROVED, 850_000, 750_000, Outcome.APPROVE, (AMOUNT,)),
        (DECLINED, 9_000_000, 1_400_000, Outcome.APPROVE, ()),
    ],
)
def test_an_order_has_to_fit_into_the_line_as_it_moved(judged, line_minor, available_minor, outcome, declined):
    found = with_moved_line(judged, facts(line_minor=line_minor))
    assert found.limit is not None
    assert (found.limit.available_minor, found.outcome, found.declined) == (available_minor, outcome, declined)


def test_a_line_as_it_was_granted_changes_nothing():
    assert with_moved_line(DECLINED, facts()) == DECLINED
