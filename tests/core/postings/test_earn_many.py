"""Earnings in columns are the transactions that are made one by one."""

from datetime import date
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.ledger.account import bucket_of
from fenqi.core.ledger.entry import Transaction
from fenqi.core.postings.earn import Earned, earn
from fenqi.core.postings.earn_many import EarnedDay, EarnedOf, earn_many
from fenqi.core.postings.party import Party
from fenqi.services.earn_day import cause_of

DAY = date(2026, 6, 15)
amounts = st.integers(0, 3_000_000) | st.just(0)
loans = st.tuples(st.uuids(), st.uuids(), st.sampled_from(["CNY", "USD"]), amounts, amounts, amounts)


def one_by_one(loan: tuple[UUID, UUID, str, int, int, int]) -> tuple[Transaction, ...]:
    loan_id, customer_id, currency, interest, fee, penalty = loan
    party = Party(loan_id=loan_id, customer_id=customer_id, merchant_id=UUID(int=9), currency=currency)
    earned = Earned(interest_minor=interest, fee_minor=fee, penalty_minor=penalty)
    return earn(party, earned, cause=cause_of(loan_id, day=DAY))


def in_columns(made: EarnedDay) -> dict[UUID, tuple[object, ...]]:
    """Each transaction by its id, with what a column says of it and of its legs."""
    legs: dict[tuple[int, int], list[tuple[object, ...]]] = {}
    columns = (made.l_bucket, made.l_place_from, made.l_debit, made.l_credit, made.l_amount_minor, made.l_ledger)
    for b, place_from, debit, credit, minor, ledger in zip(*columns, strict=True):
        legs.setdefault((b, place_from), []).append((UUID(bytes=debit), UUID(bytes=credit), minor, ledger))
    heads = (made.t_bucket, made.t_slot, made.t_place, made.t_leg_count, made.t_id, made.t_hash, made.t_loan_id)
    found = {}
    for b, slot, place, count, identity, content, loan_id in zip(*heads, strict=True):
        assert (made.lane[slot - 1], len(legs[b, place])) == (b, count)
        found[UUID(bytes=identity)] = (b, UUID(bytes=content), UUID(bytes=loan_id), tuple(legs[b, place]))
    return found


@settings(max_examples=100, deadline=None)
@given(many=st.lists(loans, max_size=8, unique_by=lambda loan: loan[0]))
def test_are_the_transactions_of_each_loan(many: list[tuple[UUID, UUID, str, int, int, int]]) -> None:
    expected = [transaction for loan in many for transaction in one_by_one(loan)]
    made = earn_many([EarnedOf(bucket_of(loan[1]), loan[0], *loan[2:]) for loan in many], day=DAY)
    assert in_columns(made) == {
        each.transaction_id: (
            each.bucket,
            each.payload_hash,
            each.loan_id,
            tuple(
                (leg.debit.account_id, leg.credit.account_id, leg.amount_minor, leg.debit.ledger) for leg in each.legs
            ),
        )
        for each in expected
    }
    assert {UUID(bytes=one) for one in made.t_reference} == {each.reference for each in expected}
    assert made.leg_counts == [made.l_bucket.count(b) for b in made.lane]
    assert sum(made.a_debit) == sum(made.a_credit) == sum(made.l_amount_minor)
    named = {
        (account.bucket, account.account_id)
        for each in expected
        for leg in each.legs
        for account in (leg.debit, leg.credit)
    }
    assert [*zip(made.a_bucket, (UUID(bytes=one) for one in made.a_id), strict=True)] == sorted(named)


def test_give_a_place_to_every_leg_of_a_bucket() -> None:
    made = earn_many([EarnedOf(3, UUID(int=number), "CNY", 5, 0, number % 2) for number in range(7)], day=DAY)
    assert (made.lane, made.l_place) == ([3], list(range(1, 11)))
