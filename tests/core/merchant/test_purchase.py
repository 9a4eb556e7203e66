"""A purchase: its steps in order, one capture, refunds within it, and who may touch it when."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.merchant.capture import (
    AmountAboveAuthorised,
    NotCaptured,
    RefundAboveCaptured,
    capture,
    refund,
    void,
)
from fenqi.core.merchant.checkout import (
    AmountAbovePurchase,
    CheckoutNotExpired,
    authorise,
    choose_plan,
    create,
    decide,
    disclose,
    expire,
    identify,
    reconsider,
)
from fenqi.core.merchant.purchase import (
    AlreadyAuthorised,
    AlreadyCaptured,
    AmountNotPositive,
    AuthorisationExpired,
    CheckoutDeclined,
    CheckoutExpired,
    CheckoutNotYours,
    CheckoutStepOutOfOrder,
    CheckoutUnknown,
    CheckoutVoided,
    Purchase,
    PurchaseState,
    require_merchant,
)
from fenqi.core.refusal import Refusal

CREATED_AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
EXPIRES_AT = CREATED_AT + timedelta(minutes=30)
UNTIL = CREATED_AT + timedelta(days=7)
AT = CREATED_AT + timedelta(minutes=5)
MERCHANT, CUSTOMER, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.fixture
def created() -> Purchase:
    return create(
        checkout_id=UUID(int=9),
        merchant_id=MERCHANT,
        amount_minor=599_900,
        currency="CNY",
        created_at=CREATED_AT,
        expires_at=EXPIRES_AT,
    )


@pytest.fixture
def disclosed(created: Purchase) -> Purchase:
    identified = identify(created, customer_id=CUSTOMER, at=AT)
    approved = decide(identified, outcome=PurchaseState.APPROVED, at=AT)
    return disclose(choose_plan(approved, at=AT), at=AT)


@pytest.fixture
def authorised(disclosed: Purchase) -> Purchase:
    return authorise(disclosed, authorised_minor=599_900, until=UNTIL, at=AT)


@pytest.fixture
def captured(authorised: Purchase) -> Purchase:
    return capture(authorised, at=AT)


def test_goes_from_the_order_to_the_capture(captured: Purchase):
    assert (captured.state, captured.captured_minor, captured.voided_minor) == (PurchaseState.CAPTURED, 599_900, 0)


def test_a_capture_of_a_part_voids_the_rest(authorised: Purchase):
    part = capture(authorised, amount_minor=500_000, at=AT)
    assert (part.captured_minor, part.voided_minor, part.capturable_minor) == (500_000, 99_900, 0)


def test_there_is_no_second_capture(authorised: Purchase):
    part = capture(authorised, amount_minor=1, at=AT)
    with pytest.raises(AlreadyCaptured):
        capture(part, amount_minor=1, at=AT)


def test_captures_at_most_what_was_authorised(authorised: Purchase):
    with pytest.raises(AmountAboveAuthorised) as refused:
        capture(authorised, amount_minor=599_901, at=AT)
    assert refused.value.allowed == "at most 599900 minor units of CNY"


@pytest.mark.parametrize("amount_minor", [0, -1])
def test_captures_and_refunds_a_positive_amount(authorised: Purchase, captured: Purchase, amount_minor: int):
    with pytest.raises(AmountNotPositive):
        capture(authorised, amount_minor=amount_minor, at=AT)
    with pytest.raises(AmountNotPositive):
        refund(captured, amount_minor=amount_minor)


def test_authorises_at_most_the_price(disclosed: Purchase):
    with pytest.raises(AmountAbovePurchase):
        authorise(disclosed, authorised_minor=599_901, until=UNTIL, at=AT)
    assert authorise(disclosed, authorised_minor=499_900, until=UNTIL, at=AT).capturable_minor == 499_900


def test_the_authorisation_ends_on_its_instant(authorised: Purchase):
    assert capture(authorised, at=UNTIL - timedelta(microseconds=1)).captured_minor == 599_900
    with pytest.raises(AuthorisationExpired):
        capture(authorised, at=UNTIL)


def test_an_expired_checkout_takes_no_step(created: Purchase, disclosed: Purchase):
    with pytest.raises(CheckoutExpired):
        identify(created, customer_id=CUSTOMER, at=EXPIRES_AT)
    with pytest.raises(CheckoutExpired):
        authorise(disclosed, authorised_minor=1, until=UNTIL, at=EXPIRES_AT)


def test_expires_only_when_its_time_is_over(created: Purchase, authorised: Purchase, captured: Purchase):
    with pytest.raises(CheckoutNotExpired):
        expire(created, at=AT)
    assert expire(created, at=EXPIRES_AT).state is PurchaseState.EXPIRED
    assert expire(authorised, at=UNTIL).voided_minor == 599_900
    with pytest.raises(AlreadyCaptured):
        expire(captured, at=UNTIL)


def test_a_void_frees_everything_and_ends_it(created: Purchase, authorised: Purchase, captured: Purchase):
    voided = void(authorised, at=AT)
    assert voided.voided_minor == 599_900
    assert void(created, at=AT).state is PurchaseState.VOIDED
    with pytest.raises(CheckoutVoided):
        capture(voided, at=AT)
    with pytest.raises(AlreadyCaptured):
        void(captured, at=AT)


def test_nothing_is_refunded_before_a_capture(authorised: Purchase):
    with pytest.raises(NotCaptured):
        refund(authorised, amount_minor=1)


def test_refunds_at_most_what_is_left_of_the_capture(captured: Purchase):
    once = refund(captured, amount_minor=500_000)
    with pytest.raises(RefundAboveCaptured) as refused:
        refund(once, amount_minor=99_901)
    assert refused.value.allowed == "at most 99900 minor units of CNY"
    assert refund(once, amount_minor=99_900).refundable_minor == 0


def test_another_customer_cannot_take_it_up(created: Purchase):
    identified = identify(created, customer_id=CUSTOMER, at=AT)
    assert identify(identified, customer_id=CUSTOMER, at=AT) == identified
    with pytest.raises(CheckoutNotYours):
        identify(identified, customer_id=OTHER, at=AT)


def test_another_merchants_checkout_is_as_unknown_as_none(created: Purchase):
    assert require_merchant(created, merchant_id=MERCHANT) == created
    for nothing in (created, None):
        with pytest.raises(CheckoutUnknown) as refused:
            require_merchant(nothing, merchant_id=OTHER)
        assert refused.value.what == "no such checkout"


def test_a_referred_purchase_is_decided_again_and_a_declined_one_is_over(created: Purchase):
    identified = identify(created, customer_id=CUSTOMER, at=AT)
    referred = decide(identified, outcome=PurchaseState.REFERRED, at=AT)
    assert decide(referred, outcome=PurchaseState.APPROVED, at=AT).state is PurchaseState.APPROVED
    declined = decide(referred, outcome=PurchaseState.DECLINED, at=AT)
    with pytest.raises(CheckoutDeclined):
        choose_plan(declined, at=AT)


def test_what_was_declined_waits_for_a_person_whom_the_applicant_asked_for(created: Purchase, captured: Purchase):
    identified = identify(created, customer_id=CUSTOMER, at=AT)
    declined = decide(identified, outcome=PurchaseState.DECLINED, at=AT)
    after_its_time, until = EXPIRES_AT + timedelta(days=1), EXPIRES_AT + timedelta(days=3)

    referred = reconsider(declined, until=until)

    assert decide(referred, outcome=PurchaseState.APPROVED, at=after_its_time).state is PurchaseState.APPROVED
    assert reconsider(captured, until=until) is captured


def test_choosing_another_plan_needs_another_disclosure(disclosed: Purchase):
    with pytest.raises(CheckoutStepOutOfOrder):
        authorise(choose_plan(disclosed, at=AT), authorised_minor=1, until=UNTIL, at=AT)


def test_what_is_signed_is_not_planned_again(authorised: Purchase):
    with pytest.raises(AlreadyAuthorised):
        choose_plan(authorised, at=AT)


def test_a_purchase_of_nothing_or_of_no_duration_is_refused():
    ask = {"checkout_id": UUID(int=9), "merchant_id": MERCHANT, "currency": "CNY", "created_at": CREATED_AT}
    with pytest.raises(AmountNotPositive):
        create(amount_minor=0, expires_at=EXPIRES_AT, **ask)
    with pytest.raises(CheckoutExpired):
        create(amount_minor=1, expires_at=CREATED_AT, **ask)


AMOUNTS = st.integers(-1, 1_200)
STEPS = st.one_of(
    st.tuples(st.just("identify"), st.sampled_from([CUSTOMER, OTHER])),
    st.tuples(st.just("decide"), st.sampled_from([PurchaseState.APPROVED, PurchaseState.REFERRED])),
    st.tuples(st.sampled_from(["choose_plan", "disclose", "void", "expire"]), st.none()),
    st.tuples(st.sampled_from(["authorise", "capture", "refund"]), AMOUNTS),
)


def step(purchase: Purchase, name: str, value: object, at: datetime) -> Purchase:
    acts = {
        "identify": lambda: identify(purchase, customer_id=value, at=at),
        "decide": lambda: decide(purchase, outcome=value, at=at),
        "choose_plan": lambda: choose_plan(purchase, at=at),
        "disclose": lambda: disclose(purchase, at=at),
        "authorise": lambda: authorise(purchase, authorised_minor=value, until=UNTIL, at=at),
        "capture": lambda: capture(purchase, amount_minor=value, at=at),
        "void": lambda: void(purchase, at=at),
        "expire": lambda: expire(purchase, at=at),
        "refund": lambda: refund(purchase, amount_minor=value),
    }
    return acts[name]()


@settings(max_examples=200)
@given(
    st.integers(0, 5),
    st.lists(st.tuples(STEPS, st.sampled_from([AT, EXPIRES_AT, UNTIL])), max_size=12),
)
def test_no_order_of_steps_captures_or_refunds_too_much(head_start: int, steps: list):
    purchase = create(
        checkout_id=UUID(int=9),
        merchant_id=MERCHANT,
        amount_minor=1_000,
        currency="CNY",
        created_at=CREATED_AT,
        expires_at=EXPIRES_AT,
    )
    usual = [
        ("identify", CUSTOMER),
        ("decide", PurchaseState.APPROVED),
        ("choose_plan", None),
        ("disclose", None),
        ("authorise", 900),
    ]
    capture_count = 0
    for (name, value), at in [(one, AT) for one in usual[:head_start]] + steps:
        before = purchase
        try:
            purchase = step(purchase, name, value, at)
        except Refusal:
            continue
        capture_count += name == "capture"
        assert 0 <= purchase.refunded_minor <= purchase.captured_minor
        assert purchase.captured_minor <= purchase.authorised_minor <= purchase.amount_minor
        assert purchase.voided_minor + purchase.captured_minor + purchase.capturable_minor == purchase.authorised_minor
        assert before.captured_minor in (0, purchase.captured_minor)
    assert capture_count <= 1
