"""The discount at which a merchant is paid."""

from fenqi.core.ledger.account import AccountKind
from fenqi.core.ledger.entry import Transaction, TransactionKind
from fenqi.core.postings.books import LoanBooks
from fenqi.core.postings.party import Cause, Party, fact, legs_moving


def charge_merchant(party: Party, before: LoanBooks, after: LoanBooks, *, cause: Cause) -> Transaction | None:
    """What was charged since, or given back with a refund."""
    income = party.of_lender(AccountKind.MERCHANT_FEE_INCOME)
    legs = legs_moving(party.merchant_payable, income, after.discount_minor - before.discount_minor)
    return fact(party, TransactionKind.CHARGE_MERCHANT, legs, cause=cause)
