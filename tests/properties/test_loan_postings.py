"""Whatever happens to a loan, and in whatever order it becomes known, the ledger ends with the loan's books."""

from collections import Counter
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.ledger.account import AccountKind
from fenqi.core.loan.component import Component
from fenqi.core.loan.replay import replay
from fenqi.core.postings.books import NO_BOOKS, LoanBooks
from fenqi.core.postings.difference import post_difference
from fenqi.core.postings.party import Cause, Party
from loan_history import DAYS, START, histories

PARTY = Party(loan_id=UUID(int=1), customer_id=UUID(int=2), merchant_id=UUID(int=3), currency="CNY")


def posted(agreement, events, days):
    """Post after every event that becomes known, as of a later and later day."""
    before, written = NO_BOOKS, []
    for known, on in enumerate(sorted(days), 1):
        after = LoanBooks(flows=replay(agreement, events[:known], as_of=on).books)
        cause = Cause(cause_id=UUID(int=known), effective_on=on, value_on=events[known - 1].on)
        written += post_difference(PARTY, before, after, cause=cause)
        before = after
    return before, written


def balances(transactions):
    sums = Counter()
    for transaction in transactions:
        for leg in transaction.legs:
            sums[leg.debit] += leg.amount_minor
            sums[leg.credit] -= leg.amount_minor
    return {account: minor for account, minor in sums.items() if minor}


@settings(max_examples=120, deadline=None)
@given(history=histories(), data=st.data())
def test_the_sum_of_all_postings_is_the_books_of_the_latest_state(history, data) -> None:
    agreement, events = history
    days = data.draw(st.lists(DAYS, min_size=len(events), max_size=len(events)))
    latest, written = posted(agreement, events, days)
    cause = Cause(cause_id=UUID(int=999), effective_on=START, value_on=START)
    assert balances(written) == balances(post_difference(PARTY, NO_BOOKS, latest, cause=cause))
    assert post_difference(PARTY, latest, latest, cause=cause) == ()


@settings(max_examples=120, deadline=None)
@given(history=histories(), as_of=DAYS)
def test_the_loans_accounts_say_what_the_fold_says(history, as_of) -> None:
    agreement, events = history
    state = replay(agreement, events, as_of=as_of)
    _, written = posted(agreement, events, [as_of] * len(events))
    found = Counter(balances(written))
    for component in Component:
        assert found[PARTY.receivable(component)] == state.receivable(component)
    assert -found[PARTY.of_loan(AccountKind.CUSTOMER_OVERPAYMENT)] == state.overpaid_minor
