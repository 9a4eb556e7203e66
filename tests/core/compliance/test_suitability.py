"""Who may be served, and in which words."""

import pytest

from fenqi.core.compliance.suitability import (
    InterestFreeClaimFalse,
    MarketingWordBanned,
    StudentNotServed,
    banned_words_in,
    require_lawful_wording,
    require_servable,
)

BANNED = ("秒到账", "低门槛", "No Cost")


def test_a_student_is_refused_only_where_the_ban_holds():
    require_servable(is_student=True, student_ban=False, source="s")
    require_servable(is_student=False, student_ban=True, source="s")
    with pytest.raises(StudentNotServed):
        require_servable(is_student=True, student_ban=True, source="s")


@pytest.mark.parametrize(
    ("text", "found"),
    [("申请 秒 到 账！", ("秒到账",)), ("at NO  cost", ("No Cost",)), ("分期付款，按期还款", ())],
)
def test_finds_banned_words_however_they_are_spaced(text: str, found: tuple[str, ...]):
    assert banned_words_in(text, banned=BANNED) == found


def test_an_advertisement_with_banned_words_is_refused():
    with pytest.raises(MarketingWordBanned, match="低门槛"):
        require_lawful_wording("低门槛分期", banned=BANNED, cost_minor=0, source="s")


def test_only_a_plan_without_any_cost_may_be_called_interest_free():
    require_lawful_wording("12 期免息", banned=BANNED, cost_minor=0, source="s")
    with pytest.raises(InterestFreeClaimFalse):
        require_lawful_wording("12 期免息", banned=BANNED, cost_minor=1, source="s")
