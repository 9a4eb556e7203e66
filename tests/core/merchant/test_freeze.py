"""A frozen purchase: no sequence of steps captures it, signs it or pays it; people let it go on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.merchant.capture import capture, refund, void
from fenqi.core.merchant.checkout import authorise, choose_plan, create, decide, disclose, expire, identify, reconsider
from fenqi.core.merchant.freeze import CheckoutNotFrozen, challenge, freeze, prove, reject, release
from fenqi.core.merchant.purchase import CheckoutFrozen, CheckoutStepOutOfOrder, Purchase, PurchaseState
from fenqi.core.refusal import Refusal

AT = datetime(2026, 9, 1, tzinfo=UTC)
CUSTOMER = UUID(int=1)
LATER = AT + timedelta(hours=24)

STEPS: dict[str, Callable[[Purchase, datetime], Purchase]] = {
    "identify": lambda one, at: identify(one, customer_id=CUSTOMER, at=at),
    "approve": lambda one, at: decide(one, outcome=PurchaseState.APPROVED, at=at),
    "refer": lambda one, at: decide(one, outcome=PurchaseState.REFERRED, at=at),
    "challenge": lambda one, at: challenge(one, at=at),
    "prove": lambda one, at: prove(one, outcome=PurchaseState.APPROVED, at=at),
    "ask_for_person": lambda one, at: reconsider(one, until=at + timedelta(days=3)),
    "choose": lambda one, at: choose_plan(one, at=at),
    "disclose": lambda one, at: disclose(one, at=at),
    "sign": lambda one, at: authorise(one, authorised_minor=one.amount_minor, until=at + timedelta(days=15), at=at),
    "capture": lambda one, at: capture(one, at=at),
    "void": lambda one, at: void(one, at=at),
    "refund": lambda one, at: refund(one, amount_minor=1),
    "expire": lambda one, at: expire(one, at=at),
    "freeze": lambda one, at: freeze(one, until=at + timedelta(hours=24), at=at),
}
"""Everything that anybody but those who release may do."""
UP_TO = ["identify", "approve", "choose", "disclose", "sign"]


def walked(steps: list[str], *, start: Purchase | None = None) -> Purchase:
    purchase = start or create(
        checkout_id=UUID(int=2),
        merchant_id=UUID(int=3),
        amount_minor=100,
        currency="CNY",
        created_at=AT,
        expires_at=LATER,
    )
    for step in steps:
        purchase = STEPS[step](purchase, AT)
    return purchase


@given(before=st.integers(1, len(UP_TO)), after=st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 40))))
def test_no_sequence_of_steps_captures_a_frozen_purchase(before: int, after: list[tuple[str, int]]):
    purchase = walked([*UP_TO[:before], "freeze"])
    at = AT
    for step, hours in after:
        at += timedelta(hours=hours)
        try:
            purchase = STEPS[step](purchase, at)
        except Refusal:
            continue
        assert purchase.state in {PurchaseState.FROZEN, PurchaseState.EXPIRED}
    assert purchase.captured_minor == 0


@pytest.mark.parametrize("step", ["choose", "sign", "capture", "void", "approve", "freeze"])
def test_everybody_is_told_that_people_are_looking(step: str):
    with pytest.raises(CheckoutFrozen):
        walked([*UP_TO, "freeze", step])


def test_what_people_release_goes_on_from_where_it_was():
    frozen = walked([*UP_TO, "freeze"])
    released = release(frozen, to=PurchaseState.AUTHORISED, until=LATER, at=AT)
    assert walked(["capture"], start=released).captured_minor == 100


def test_what_people_reject_is_over():
    rejected = reject(walked([*UP_TO[:2], "freeze"]), at=AT)
    assert rejected.state is PurchaseState.DECLINED
    with pytest.raises(CheckoutNotFrozen):
        release(rejected, to=PurchaseState.APPROVED, until=LATER, at=AT)


def test_it_goes_on_only_from_where_a_purchase_can():
    with pytest.raises(ValueError, match="captured"):
        release(walked([*UP_TO, "freeze"]), to=PurchaseState.CAPTURED, until=LATER, at=AT)


def test_nobody_is_not_frozen():
    with pytest.raises(CheckoutStepOutOfOrder):
        walked(["freeze"])


def test_a_challenged_purchase_waits_for_its_customer_to_show_who_they_are():
    challenged = walked(["identify", "challenge"])
    with pytest.raises(CheckoutStepOutOfOrder):
        walked(["choose"], start=challenged)
    assert prove(challenged, outcome=PurchaseState.REFERRED, at=AT).state is PurchaseState.REFERRED
