"""A merchant or brand pays interest in the borrower's place: received at once, earned over time, the rest returned."""

from fenqi.core.ledger.account import AccountKind
from fenqi.core.ledger.entry import Transaction, TransactionKind
from fenqi.core.postings.books import LoanBooks
from fenqi.core.postings.party import Cause, Party, fact, legs_moving


def subsidise(party: Party, before: LoanBooks, after: LoanBooks, *, cause: Cause) -> Transaction | None:
    """What was received, earned and returned since."""
    unearned = party.of_loan(AccountKind.UNEARNED_SUBSIDY)
    income = party.of_lender(AccountKind.SUBSIDY_INCOME)
    legs = (
        *legs_moving(party.subsidy_source, unearned, after.subsidy_minor - before.subsidy_minor),
        *legs_moving(unearned, income, after.subsidy_earned_minor - before.subsidy_earned_minor),
        *legs_moving(unearned, party.subsidy_source, after.subsidy_returned_minor - before.subsidy_returned_minor),
    )
    return fact(party, TransactionKind.SUBSIDISE, legs, cause=cause)
