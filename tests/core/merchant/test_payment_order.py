"""What the channel's words make of an order, in whatever order and however often they come."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.merchant.payment_order import (
    ORDER_NOT_FOUND,
    Act,
    Answer,
    Notice,
    NoticeDiffers,
    NoticeOutOfOrder,
    NoticeReplayed,
    Outcome,
    Payment,
    PaymentAmountInvalid,
    PaymentContradicted,
    PaymentKind,
    PaymentOrder,
    PaymentState,
    PaymentTextInvalid,
    answered,
    masked,
    next_act,
    notified,
    requested,
)
from fenqi.core.refusal import Refusal

ORDER = PaymentOrder(
    order_id=UUID(int=7),
    kind=PaymentKind.DEBIT,
    amount_minor=52_000,
    currency="CNY",
    account_token="tok_ok_6222",
    reference="loan 1",
    requested_at=datetime(2026, 11, 1, 2, 0, tzinfo=UTC),
    requested_on=date(2026, 11, 1),
)


def answer(outcome: Outcome, code: str = "ok") -> Answer:
    return Answer(outcome, "REF1", code=code, message="", settled_on=None, channel="c", is_stand_in=True)


def notice(outcome: Outcome, notice_id: str = "n1", amount_minor: int = 52_000) -> Notice:
    return Notice(notice_id, order_id=UUID(int=7), amount_minor=amount_minor, currency="CNY", answer=answer(outcome))


def test_an_unknown_order_is_concluded_by_a_notice():
    unknown = answered(requested(ORDER), answer(Outcome.UNKNOWN))
    assert unknown.state is PaymentState.UNKNOWN
    assert notified(unknown, notice(Outcome.SUCCEEDED)).state is PaymentState.SUCCEEDED


def test_the_same_notice_is_heard_once():
    heard = notified(requested(ORDER), notice(Outcome.SUCCEEDED))
    with pytest.raises(NoticeReplayed):
        notified(heard, notice(Outcome.SUCCEEDED))


def test_a_failure_after_success_is_out_of_order():
    succeeded = answered(requested(ORDER), answer(Outcome.SUCCEEDED))
    for late in (Outcome.FAILED, Outcome.UNKNOWN):
        with pytest.raises(NoticeOutOfOrder):
            notified(succeeded, notice(late))


def test_a_notice_over_another_amount_is_refused():
    with pytest.raises(NoticeDiffers):
        notified(requested(ORDER), notice(Outcome.SUCCEEDED, amount_minor=5_200))


def test_an_answer_that_contradicts_is_refused_and_one_that_knows_less_is_ignored():
    failed = answered(requested(ORDER), answer(Outcome.FAILED))
    with pytest.raises(PaymentContradicted):
        answered(failed, answer(Outcome.SUCCEEDED))
    assert answered(failed, answer(Outcome.UNKNOWN)) == failed


def test_nothing_is_sent_again_unless_the_channel_never_saw_it():
    sent = requested(ORDER)
    assert next_act(sent, last_answer=None) is Act.ASK
    assert next_act(sent, last_answer=answer(Outcome.UNKNOWN)) is Act.ASK
    assert next_act(sent, last_answer=answer(Outcome.UNKNOWN, ORDER_NOT_FOUND)) is Act.SEND
    assert next_act(answered(sent, answer(Outcome.FAILED)), last_answer=None) is Act.NOTHING


def test_a_payment_of_nothing_is_refused():
    with pytest.raises(PaymentAmountInvalid):
        PaymentOrder(**{**vars(ORDER), "amount_minor": 0})


def test_a_reference_with_a_line_break_is_refused():
    with pytest.raises(PaymentTextInvalid):
        PaymentOrder(**{**vars(ORDER), "reference": "loan\n1"})


def test_an_account_is_shown_by_its_end():
    assert masked("tok_ok_6222") == "****6222"


OUTCOMES = st.sampled_from(list(Outcome))
WORDS = st.lists(
    st.one_of(st.builds(answer, OUTCOMES), st.builds(notice, OUTCOMES, st.sampled_from(["n1", "n2", "n3"]))),
    max_size=10,
)


@settings(max_examples=200)
@given(WORDS)
def test_the_first_conclusion_stands_whatever_comes_after(words: list[Answer | Notice]):
    payment = requested(ORDER)
    concluded: Payment | None = None
    heard: set[str] = set()
    for word in words:
        try:
            payment = answered(payment, word) if isinstance(word, Answer) else notified(payment, word)
        except Refusal:
            continue
        if isinstance(word, Notice):
            assert word.notice_id not in heard
            heard.add(word.notice_id)
        concluded = concluded or (payment if payment.is_concluded else None)
        assert concluded is None or payment.state is concluded.state
