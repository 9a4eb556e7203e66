"""A merchant's money is gathered from every bucket, and nothing stays between them."""

from collections import Counter
from datetime import UTC, date, datetime
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.ledger.account import NOBODY, AccountKind, bucket_of
from fenqi.core.postings.clear_channel import clear_channel
from fenqi.core.postings.party import Cause
from fenqi.core.postings.set_limit import hold_line, set_limit
from fenqi.core.postings.settle_merchant import pay_out, settle_merchant

MERCHANT = UUID(int=77)
HOME = bucket_of(MERCHANT)
CAUSE = Cause(cause_id=UUID(int=5), effective_on=date(2026, 3, 1), value_on=date(2026, 3, 1))


def credit_of(transactions, kind: AccountKind) -> Counter[int]:
    sums = Counter[int]()
    for transaction in transactions:
        for leg in transaction.legs:
            if leg.credit.kind is kind:
                sums[leg.credit.bucket] += leg.amount_minor
            if leg.debit.kind is kind:
                sums[leg.debit.bucket] -= leg.amount_minor
    return sums


@settings(max_examples=100, deadline=None)
@given(owed=st.dictionaries(st.integers(0, 255), st.integers(-10_000, 10_000), max_size=12))
def test_everything_arrives_at_home_and_nothing_stays_between(owed: dict[int, int]) -> None:
    swept = settle_merchant(MERCHANT, currency="CNY", owed_minor=owed, cause=CAUSE)
    assert credit_of(swept, AccountKind.PAYOUT_CLEARING).total() == 0
    payable = credit_of(swept, AccountKind.MERCHANT_PAYABLE)
    for bucket, minor in owed.items():
        if bucket != HOME:
            assert payable[bucket] == -minor
    assert payable[HOME] == sum(minor for bucket, minor in owed.items() if bucket != HOME)
    assert len({transaction.transaction_id for transaction in swept}) == len(swept)


def test_a_payout_leaves_by_the_channel() -> None:
    paid = pay_out(MERCHANT, currency="CNY", amount_minor=900, cause=CAUSE)
    assert paid.bucket == HOME
    assert [(leg.debit.kind, leg.credit.kind, leg.amount_minor) for leg in paid.legs] == [
        (AccountKind.MERCHANT_PAYABLE, AccountKind.CHANNEL_CLEARING, 900)
    ]


def test_what_the_channel_settled_is_at_the_bank() -> None:
    cleared = clear_channel(currency="CNY", settled_minor={1: 50, 2: -20, 3: 0}, cause=CAUSE)
    assert credit_of(cleared, AccountKind.BANK_CASH) == {1: -50, 2: 20}
    assert cleared[0].legs[0].debit.owner == NOBODY


def test_a_limit_changes_by_the_difference_and_may_be_lowered() -> None:
    lowered = set_limit(UUID(int=2), currency="CNY", before_minor=500, after_minor=200, cause=CAUSE)
    assert lowered is not None
    assert lowered.is_forced
    assert [(leg.debit.kind, leg.amount_minor) for leg in lowered.legs] == [(AccountKind.CREDIT_LINE, 300)]
    assert set_limit(UUID(int=2), currency="CNY", before_minor=5, after_minor=5, cause=CAUSE) is None


def test_a_hold_is_on_what_may_still_be_drawn() -> None:
    held = hold_line(
        UUID(int=2),
        currency="CNY",
        amount_minor=300,
        hold_id=UUID(int=8),
        expires_at=datetime(2026, 3, 8, tzinfo=UTC),
        order_id=UUID(int=9),
    )
    assert (held.account.kind, held.bucket) == (AccountKind.CREDIT_LINE, bucket_of(UUID(int=2)))
