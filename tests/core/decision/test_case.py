"""Cases: who may do what in them, and that no sequence of steps leaves one in two hands."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.decision.case import (
    TAKEN_FOR,
    Case,
    CaseClosed,
    CaseKind,
    CaseNotYours,
    CaseTaken,
    Disposition,
    DispositionDiffers,
    Level,
    Worker,
    close,
    disposition_of,
    escalate,
    expected_loss_minor,
    joined,
    release,
    take,
)
from fenqi.core.refusal import Refusal

AT = datetime(2026, 9, 1, 2, tzinfo=UTC)
ANNE = Worker("anne", frozenset({Level.REVIEWER}))
BERT = Worker("bert", frozenset({Level.REVIEWER}))
LEAD = Worker("lead", frozenset(Level))
CASE = Case(
    b=7,
    case_id=UUID(int=1),
    customer_id=UUID(int=2),
    kind=CaseKind.REFERRED,
    level=Level.REVIEWER,
    opened_at=AT,
    due_at=AT + timedelta(days=1),
    expected_loss_minor=79_427,
)


def test_a_case_is_kept_for_a_quarter_of_an_hour_and_free_again_after_it():
    taken = take(CASE, ANNE, at=AT)
    with pytest.raises(CaseTaken):
        take(taken, BERT, at=AT + TAKEN_FOR - timedelta(seconds=1))
    assert take(taken, BERT, at=AT + TAKEN_FOR).taken_by == "bert"


def test_whoever_has_it_keeps_it_longer():
    assert (
        take(take(CASE, ANNE, at=AT), ANNE, at=AT + timedelta(minutes=10)).holder(at=AT + timedelta(minutes=20))
        == "anne"
    )


def test_only_who_holds_a_case_gives_it_back_or_passes_it_on():
    taken = take(CASE, ANNE, at=AT)
    for step in (release, escalate):
        with pytest.raises(CaseNotYours):
            step(taken, BERT, at=AT)
        with pytest.raises(CaseNotYours):
            step(taken, ANNE, at=AT + TAKEN_FOR)
    assert release(taken, ANNE, at=AT).holder(at=AT) is None


def test_what_was_passed_on_is_the_leads_and_is_not_passed_on_again():
    passed = escalate(take(CASE, ANNE, at=AT), ANNE, at=AT)
    with pytest.raises(CaseNotYours):
        take(passed, ANNE, at=AT)
    with pytest.raises(CaseNotYours):
        escalate(take(passed, LEAD, at=AT), LEAD, at=AT)


def test_another_decision_of_the_customer_joins_with_its_stake_and_the_earlier_end():
    both = joined(CASE, kind=CaseKind.REFERRED, due_at=AT + timedelta(hours=1), loss_minor=573)
    assert (both.due_at, both.expected_loss_minor) == (AT + timedelta(hours=1), 80_000)


def test_who_asked_for_a_person_waits_as_long_as_a_person_may_take():
    asked = joined(CASE, kind=CaseKind.ASKED, due_at=AT + timedelta(days=3), loss_minor=0)
    assert (asked.kind, asked.due_at) == (CaseKind.ASKED, AT + timedelta(days=3))


@pytest.mark.parametrize(("pd_permille", "expected"), [(132, 79_187), (None, 599_900), (0, 0)])
def test_the_stake_is_what_would_be_lost_on_average(pd_permille: int | None, expected: int):
    """599,900 × 0.132 = 79,186.8."""
    assert expected_loss_minor(pd_permille=pd_permille, financed_minor=599_900) == expected


@pytest.mark.parametrize("approved", [True, False])
def test_what_was_found_goes_with_the_answer(approved: bool):
    allowed = {Disposition.SOUND} if approved else {Disposition.UNAFFORDABLE, Disposition.UNPROVEN, Disposition.FRAUD}
    for found in Disposition:
        if found in allowed:
            assert disposition_of(found, approved=approved) is found
        else:
            with pytest.raises(DispositionDiffers):
                disposition_of(found, approved=approved)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["take", "release", "escalate", "close"]),
        st.sampled_from([ANNE, BERT, LEAD]),
        st.integers(0, 40),
    ),
    max_size=30,
)


@given(STEPS)
def test_nobody_loses_a_case_they_hold_to_anybody_else(steps: list[tuple[str, Worker, int]]):
    case, at = CASE, AT
    for step, worker, minutes in steps:
        at += timedelta(minutes=minutes)
        before, is_closed = case.holder(at=at), case.closed_at is not None
        try:
            if step == "close":
                take(case, worker, at=at)
                case = close(case, by=worker.login, disposition=Disposition.FRAUD, at=at)
            else:
                case = {"take": take, "release": release, "escalate": escalate}[step](case, worker, at=at)
        except Refusal:
            continue
        assert not is_closed
        assert before in {None, worker.login}
    if case.closed_at is not None:
        with pytest.raises(CaseClosed):
            take(case, LEAD, at=at)
