"""Where a refund goes: worked cases, R1 and R2 of the trade among them, and what must hold of any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.billing.refund import GoesTo, PaidBy, divide_refund, not_returned

A, B, C = "tok_card_a", "tok_card_b", "tok_card_c"
CASES = {
    "R1: the bill is offset, the rest goes back to the last payment first": (
        (12_000, 10_000, [(B, 10_000), (A, 1_400)]),
        (10_000, [(A, 1_400), (B, 600)], 0),
    ),
    "R2: of 3,040 unbilled 3,000 were repaid, so 40 are offset and 2,960 return": (
        (300_000, 4_000, [(A, 300_000)]),
        (4_000, [(A, 296_000)], 0),
    ),
    "a refund below the bill only offsets": ((5_000, 10_000, [(A, 1_400)]), (5_000, [], 0)),
    "a refund as large as the bill leaves nothing to return": ((10_000, 10_000, [(A, 1_400)]), (10_000, [], 0)),
    "nothing owed: everything goes back": ((700, 0, [(A, 300), (B, 500)]), (0, [(B, 500), (A, 200)], 0)),
    "an account that paid twice gets one amount": (
        (900, 0, [(A, 300), (B, 400), (A, 300)]),
        (0, [(A, 500), (B, 400)], 0),
    ),
    "what nobody paid is told, not lost": ((900, 100, [(A, 300)]), (100, [(A, 300)], 500)),
    "a bill never paid and a larger refund": ((900, 500, []), (500, [], 400)),
    "three cards, the oldest not reached": ((500, 0, [(A, 9_000), (B, 200), (C, 300)]), (0, [(C, 300), (B, 200)], 0)),
}
TOKENS = st.sampled_from([A, B, C])
PAYMENTS = st.lists(st.builds(PaidBy, TOKENS, st.integers(1, 10_000)), max_size=8)


@pytest.mark.parametrize("case", CASES)
def test_divides_a_refund_as_the_trade_does(case: str):
    (refund_minor, owed_minor, paid), (offset_minor, returns, left_minor) = CASES[case]

    divided = divide_refund(refund_minor, owed_minor=owed_minor, paid=[PaidBy(*one) for one in paid])

    assert divided.offset_minor == offset_minor
    assert divided.returns == tuple(GoesTo(*one) for one in returns)
    assert divided.left_minor == left_minor


@given(refund_minor=st.integers(0, 50_000), owed_minor=st.integers(0, 50_000), paid=PAYMENTS)
def test_nothing_of_a_refund_is_lost_and_no_account_gets_more_than_it_gave(
    refund_minor: int, owed_minor: int, paid: list[PaidBy]
):
    divided = divide_refund(refund_minor, owed_minor=owed_minor, paid=paid)

    returned = sum(one.amount_minor for one in divided.returns)
    assert divided.offset_minor + returned + divided.left_minor == refund_minor
    for one in divided.returns:
        assert (
            0 < one.amount_minor <= sum(each.amount_minor for each in paid if each.account_token == one.account_token)
        )
    if returned or divided.left_minor:
        assert divided.offset_minor == owed_minor


@given(paid=PAYMENTS, first=st.integers(0, 20_000), second=st.integers(0, 20_000))
def test_two_refunds_return_what_one_would(paid: list[PaidBy], first: int, second: int):
    one = divide_refund(first + second, owed_minor=0, paid=paid)

    part = divide_refund(first, owed_minor=0, paid=paid)
    rest = divide_refund(second, owed_minor=0, paid=not_returned(paid, returned=part.returns))

    assert part.left_minor + rest.left_minor == one.left_minor


def test_what_went_back_before_cannot_go_back_again():
    paid = [PaidBy(A, 300), PaidBy(B, 500), PaidBy(A, 200)]

    assert not_returned(paid, returned=[GoesTo(A, 250)]) == (PaidBy(A, 250), PaidBy(B, 500), PaidBy(A, 0))
