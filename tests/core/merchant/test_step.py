"""What comes next at a checkout, from wherever it was left."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from fenqi.core.merchant.purchase import Purchase, PurchaseState
from fenqi.core.merchant.step import Step, next_step

NOW = datetime(2026, 9, 1, tzinfo=UTC)
SHOPPER = UUID(int=1)
PURCHASE = Purchase(
    checkout_id=UUID(int=2),
    merchant_id=UUID(int=3),
    amount_minor=599_900,
    currency="CNY",
    expires_at=NOW + timedelta(hours=2),
    state=PurchaseState.IDENTIFIED,
    customer_id=SHOPPER,
)


def step(purchase: Purchase, *, consents_missing: bool = False, at: datetime = NOW) -> Step:
    return next_step(purchase, customer_id=SHOPPER, consents_missing=consents_missing, at=at)


def test_somebody_who_has_not_said_who_they_are_says_so_first():
    assert step(replace(PURCHASE, state=PurchaseState.CREATED, customer_id=None)) is Step.IDENTIFY


def test_consents_come_before_the_application():
    assert step(PURCHASE, consents_missing=True) is Step.CONSENT
    assert step(PURCHASE) is Step.APPLY


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (PurchaseState.APPROVED, Step.CHOOSE),
        (PurchaseState.PLANNED, Step.CHOOSE),
        (PurchaseState.REFERRED, Step.WAIT),
        (PurchaseState.DISCLOSED, Step.READ),
        (PurchaseState.DECLINED, Step.DECLINED),
        (PurchaseState.AUTHORISED, Step.DONE),
        (PurchaseState.CAPTURED, Step.DONE),
        (PurchaseState.VOIDED, Step.OVER),
        (PurchaseState.EXPIRED, Step.OVER),
    ],
)
def test_every_state_has_its_step(state: PurchaseState, expected: Step):
    assert step(replace(PURCHASE, state=state)) is expected


def test_a_checkout_whose_time_has_passed_is_over_though_nobody_has_said_so_yet():
    assert step(PURCHASE, at=PURCHASE.expires_at) is Step.OVER


def test_what_was_signed_stays_done_after_its_time():
    assert step(replace(PURCHASE, state=PurchaseState.AUTHORISED), at=PURCHASE.expires_at) is Step.DONE
