"""The sum of all postings of a loan is its latest books, whatever way they came about."""

from collections import Counter
from datetime import date
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.ledger.account import Account, AccountKind
from fenqi.core.ledger.entry import Transaction, TransactionKind
from fenqi.core.loan.component import Component
from fenqi.core.loan.state import Flow
from fenqi.core.postings.books import NO_BOOKS, LoanBooks, books_from_record, books_to_record
from fenqi.core.postings.difference import post_difference
from fenqi.core.postings.party import Cause, Party

PARTY = Party(
    loan_id=UUID(int=1),
    customer_id=UUID(int=2),
    merchant_id=UUID(int=3),
    currency="CNY",
    subsidy_payer_id=UUID(int=4),
)
DAY = date(2026, 3, 1)
ONLY_PRINCIPAL = {
    Flow.DRAWN,
    Flow.OVERPAID,
    Flow.OVERPAID_BY_MERCHANT,
    Flow.OVERPAID_BY_LENDER,
    Flow.OVERPAYMENT_USED,
    Flow.OVERPAYMENT_RETURNED,
}
COUNTED = [
    (flow, component)
    for flow in Flow
    for component in Component
    if (flow in ONLY_PRINCIPAL) <= (component is Component.PRINCIPAL)
    and (flow, component) != (Flow.EARNED, Component.PRINCIPAL)
]
amounts = st.integers(0, 1_000_000)
books = st.builds(
    LoanBooks,
    flows=st.dictionaries(st.sampled_from(COUNTED), amounts.filter(bool)),
    discount_minor=amounts,
    subsidy_minor=amounts,
    subsidy_earned_minor=amounts,
    subsidy_returned_minor=amounts,
)


def cause(number: int) -> Cause:
    return Cause(cause_id=UUID(int=number), effective_on=DAY, value_on=DAY)


def balances(transactions: list[Transaction]) -> Counter[Account]:
    sums = Counter[Account]()
    for transaction in transactions:
        for leg in transaction.legs:
            sums[leg.debit] += leg.amount_minor
            sums[leg.credit] -= leg.amount_minor
    return sums


def history(states: list[LoanBooks]) -> list[Transaction]:
    before = NO_BOOKS
    written: list[Transaction] = []
    for number, after in enumerate(states):
        written += post_difference(PARTY, before, after, cause=cause(number))
        before = after
    return written


@settings(max_examples=150, deadline=None)
@given(states=st.lists(books, min_size=1, max_size=5))
def test_any_history_adds_up_to_the_latest_books(states: list[LoanBooks]) -> None:
    found, expected = balances(history(states)), balances(history(states[-1:]))
    assert {account: minor for account, minor in found.items() if minor} == {
        account: minor for account, minor in expected.items() if minor
    }


@settings(max_examples=100, deadline=None)
@given(state=books)
def test_what_the_loan_is_owed_and_owes_can_be_read_from_its_accounts(state: LoanBooks) -> None:
    found = balances(history([state]))

    def total(*flows: Flow, component: Component | None = None) -> int:
        chosen = Component if component is None else (component,)
        return sum(state.count(flow, each) for flow in flows for each in chosen)

    discharged = (Flow.PAID_BY_CUSTOMER, Flow.PAID_BY_MERCHANT, Flow.FORGIVEN, Flow.WRITTEN_OFF)
    for component in Component:
        owed = total(Flow.DRAWN, Flow.EARNED, component=component) - total(*discharged, component=component)
        assert found[PARTY.receivable(component)] == owed
    held = total(Flow.OVERPAID, Flow.OVERPAID_BY_MERCHANT, Flow.OVERPAID_BY_LENDER) - total(
        Flow.OVERPAYMENT_USED, Flow.OVERPAYMENT_RETURNED
    )
    assert -found[PARTY.of_loan(AccountKind.CUSTOMER_OVERPAYMENT)] == held
    received = total(Flow.PAID_BY_CUSTOMER, Flow.RECOVERED, Flow.OVERPAID) - total(
        Flow.OVERPAYMENT_USED, Flow.OVERPAYMENT_RETURNED
    )
    assert found[PARTY.of_lender(AccountKind.CHANNEL_CLEARING)] == received


@settings(max_examples=50, deadline=None)
@given(state=books)
def test_posting_the_same_books_again_posts_nothing(state: LoanBooks) -> None:
    assert post_difference(PARTY, state, state, cause=cause(1)) == ()


@settings(max_examples=50, deadline=None)
@given(state=books)
def test_books_read_back_as_they_were_recorded(state: LoanBooks) -> None:
    assert books_from_record(books_to_record(state)) == state


def test_an_empty_record_is_a_loan_that_has_not_begun() -> None:
    assert books_from_record({}) == NO_BOOKS


def test_every_flow_is_posted() -> None:
    for flow, component in COUNTED:
        after = LoanBooks(flows={(flow, component): 1})
        assert post_difference(PARTY, NO_BOOKS, after, cause=cause(1)), (flow, component)


def test_a_draw_down_captures_the_hold_with_its_first_leg() -> None:
    after = LoanBooks(flows={(Flow.DRAWN, Component.PRINCIPAL): 500}, discount_minor=5)
    drawn, charged = post_difference(PARTY, NO_BOOKS, after, cause=cause(1), captures=UUID(int=9))
    assert (drawn.captures, drawn.legs[0].debit.kind) == (UUID(int=9), AccountKind.CREDIT_LINE)
    assert not drawn.is_forced
    assert charged.kind is TransactionKind.CHARGE_MERCHANT


def test_one_cause_makes_each_transaction_once() -> None:
    after = LoanBooks(flows={(Flow.DRAWN, Component.PRINCIPAL): 500}, discount_minor=5)
    first = post_difference(PARTY, NO_BOOKS, after, cause=cause(1))
    again = post_difference(PARTY, NO_BOOKS, after, cause=cause(1))
    assert [(each.transaction_id, each.payload_hash) for each in first] == [
        (each.transaction_id, each.payload_hash) for each in again
    ]


def test_a_payment_taken_back_takes_the_line_back() -> None:
    paid = LoanBooks(flows={(Flow.PAID_BY_CUSTOMER, Component.PRINCIPAL): 500})
    (taken_back,) = post_difference(PARTY, paid, NO_BOOKS, cause=cause(1))
    assert taken_back.is_forced
    assert balances([taken_back])[PARTY.of_customer(AccountKind.CREDIT_LINE)] == 500
