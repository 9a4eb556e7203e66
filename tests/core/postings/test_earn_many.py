"""Earnings in columns are the transactions that are made one by one."""

from datetime import date
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.ledger.account import bucket_of
from fenqi.core.ledger.entry import NUMBER_OF_KIND, Transaction
from fenqi.core.loan.component import Component
from fenqi.core.loan.state import Flow
from fenqi.core.postings.books import NO_BOOKS, LoanBooks
from fenqi.core.postings.difference import post_difference
from fenqi.core.postings.earn_many import EarnedDay, EarnedOf, earn_many
from fenqi.core.postings.party import Party
from fenqi.services.earn_day import cause_of

DAY = date(2026, 6, 15)
amounts = st.integers(-3_000, 3_000_000) | st.just(0)
loans = st.tuples(st.uuids(), st.uuids(), st.sampled_from(["CNY", "USD"]), amounts, amounts, amounts, amounts)


def one_by_one(loan: tuple[UUID, UUID, str, int, int, int, int]) -> tuple[Transaction, ...]:
    loan_id, customer_id, currency, *minors, subsidy = loan
    party = Party(loan_id=loan_id, customer_id=customer_id, merchant_id=UUID(int=9), currency=currency)
    parts = zip((Component.INTEREST, Component.FEE, Component.PENALTY), minors, strict=True)
    after = LoanBooks(
        flows={(Flow.EARNED, component): minor for component, minor in parts}, subsidy_earned_minor=subsidy
    )
    return post_difference(party, NO_BOOKS, after, cause=cause_of(loan_id, day=DAY))


def in_columns(made: EarnedDay) -> dict[UUID, tuple[object, ...]]:
    """Each transaction by its id, with what the columns say of it and of its legs."""
    legs: dict[tuple[int, int], list[tuple[object, ...]]] = {}
    for b, slot, _, first, debit, credit, minor, ledger in made.legs:
        assert made.lane[slot - 1] == b
        legs.setdefault((b, first), []).append((UUID(bytes=debit), UUID(bytes=credit), minor, ledger))
    found = {}
    for b, slot, place, count, kind, identity, content, loan_id, _ in made.transactions:
        assert (made.lane[slot - 1], len(legs[b, place])) == (b, count)
        found[UUID(bytes=identity)] = (b, kind, UUID(bytes=content), UUID(bytes=loan_id), tuple(legs[b, place]))
    return found


@settings(max_examples=100, deadline=None)
@given(many=st.lists(loans, max_size=8, unique_by=lambda loan: loan[0]))
def test_are_the_transactions_of_each_loan(many: list[tuple[UUID, UUID, str, int, int, int, int]]) -> None:
    expected = [transaction for loan in many for transaction in one_by_one(loan)]
    made = earn_many([EarnedOf(bucket_of(loan[1]), loan[0].bytes, *loan[2:]) for loan in many], day=DAY)
    assert in_columns(made) == {
        each.transaction_id: (
            each.bucket,
            NUMBER_OF_KIND[each.kind],
            each.payload_hash,
            each.loan_id,
            tuple(
                (leg.debit.account_id, leg.credit.account_id, leg.amount_minor, leg.debit.ledger) for leg in each.legs
            ),
        )
        for each in expected
    }
    assert {UUID(bytes=one[-1]) for one in made.transactions} == {each.reference for each in expected}
    assert made.leg_counts == [sum(leg[0] == b for leg in made.legs) for b in made.lane]
    assert (
        sum(one[5] for one in made.accounts) == sum(one[6] for one in made.accounts) == sum(leg[6] for leg in made.legs)
    )
    named = {
        (account.bucket, account.account_id)
        for each in expected
        for leg in each.legs
        for account in (leg.debit, leg.credit)
    }
    assert [(one[0], UUID(bytes=one[1])) for one in made.accounts] == sorted(named)


def test_give_a_place_to_every_leg_of_a_bucket() -> None:
    made = earn_many([EarnedOf(3, UUID(int=number).bytes, "CNY", 5, 0, number % 2) for number in range(7)], day=DAY)
    assert (made.lane, [leg[2] for leg in made.legs]) == ([3], list(range(1, 11)))
