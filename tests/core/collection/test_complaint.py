"""A complaint's course: what time makes of it, who may answer, what it needs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from fenqi.core.collection.complaint import (
    AnswerOwnComplaint,
    AnswerOwnProposal,
    Complaint,
    ComplaintCause,
    ComplaintChannel,
    ComplaintExtended,
    ComplaintIncomplete,
    ComplaintLevel,
    ComplaintNotAnswered,
    ComplaintOutcome,
    ComplaintOver,
    ComplaintState,
    Finding,
    Redress,
    require_complete,
)
from fenqi.core.collection.complaint_course import (
    acknowledge,
    answer,
    close,
    extend,
    propose,
    require_other_person,
    require_second,
    watched,
    withdraw,
)

AT = datetime(2026, 9, 1, 2, tzinfo=UTC)
DAY = timedelta(days=1)
NEW = Complaint(
    b=1,
    complaint_id=UUID(int=1),
    customer_id=UUID(int=2),
    channel=ComplaintChannel.APP,
    cause=ComplaintCause.COST,
    state=ComplaintState.RECEIVED,
    level=ComplaintLevel.AGENT,
    received_by="customer",
    received_at=AT,
    acknowledge_due_at=AT + 2 * DAY,
    answer_due_at=AT + 16 * DAY,
)
SORRY = Finding(outcome=ComplaintOutcome.UPHELD, answer="sorry", redress=Redress.GOODWILL, redress_minor=100)


@pytest.mark.parametrize(
    ("days", "is_taken", "happened"),
    [
        (1, False, ()),
        (2, False, ("acknowledge_missed", "escalated_late")),
        (2, True, ()),
        (12, True, ("escalated_late",)),
        (16, True, ("answer_missed", "escalated_late")),
        (16, False, ("acknowledge_missed", "answer_missed", "escalated_late")),
    ],
)
def test_a_deadline_missed_or_near_is_flagged_once(days: int, is_taken: bool, happened: tuple[str, ...]) -> None:
    complaint = acknowledge(NEW, by="ann", at=AT) if is_taken else NEW

    after, what = watched(complaint, at=AT + days * DAY)

    assert what == happened
    assert watched(after, at=AT + days * DAY) == (after, ())


def test_an_answer_is_closed_by_time_and_takes_nothing_more() -> None:
    answered = answer(NEW, SORRY, by="ann", at=AT, settle_by=AT + 30 * DAY)

    closed, _ = watched(answered, at=AT + 30 * DAY)

    assert (closed.state, closed.is_satisfied) == (ComplaintState.CLOSED, None)
    for late in (answered, closed):
        with pytest.raises(ComplaintOver):
            answer(late, SORRY, by="ann", at=AT, settle_by=AT)
    with pytest.raises(ComplaintNotAnswered):
        close(NEW, by="ann", at=AT)


def test_more_time_is_given_once() -> None:
    longer = extend(NEW, days=15)

    assert longer.answer_due_at == AT + 31 * DAY
    with pytest.raises(ComplaintExtended):
        extend(longer, days=15)


def test_nobody_is_their_own_second_person_or_second_look() -> None:
    waiting = propose(NEW, SORRY, by="ann", at=AT)

    assert require_second(waiting, by="bob") == SORRY
    with pytest.raises(AnswerOwnProposal):
        require_second(waiting, by="ann")
    with pytest.raises(AnswerOwnComplaint):
        require_other_person(NEW, answer(waiting, SORRY, by="bob", at=AT, settle_by=AT), by="ann")


def test_what_was_only_proposed_does_not_outlive_a_withdrawal() -> None:
    gone = withdraw(propose(NEW, SORRY, by="ann", at=AT), by="customer", at=AT)

    assert (gone.outcome, gone.redress_minor) == (None, 0)


@pytest.mark.parametrize(
    "lacking",
    [
        replace(NEW, cause=ComplaintCause.GOODS, disputed_minor=100),
        replace(NEW, cause=ComplaintCause.GOODS, loan_id=UUID(int=3)),
        replace(NEW, disputed_minor=100),
        replace(NEW, cause=ComplaintCause.DECISION),
        replace(NEW, channel=ComplaintChannel.REGULATOR),
    ],
)
def test_a_complaint_says_what_it_is_about(lacking: Complaint) -> None:
    with pytest.raises(ComplaintIncomplete):
        require_complete(lacking)


@pytest.mark.parametrize(("redress", "minor"), [(Redress.NONE, 1), (Redress.GOODWILL, 0), (Redress.REFUND, -1)])
def test_a_redress_and_its_amount_go_together(redress: Redress, minor: int) -> None:
    with pytest.raises(ComplaintIncomplete):
        Finding(outcome=ComplaintOutcome.UPHELD, answer="sorry", redress=redress, redress_minor=minor)
