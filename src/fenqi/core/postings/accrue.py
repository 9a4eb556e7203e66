"""Interest, fees and late charges are earned."""

from types import MappingProxyType

from fenqi.core.ledger.account import Account, AccountKind
from fenqi.core.ledger.entry import Transaction, TransactionKind
from fenqi.core.loan.component import Component
from fenqi.core.loan.state import Flow
from fenqi.core.postings.books import LoanBooks
from fenqi.core.postings.flow import flow_legs, receivable
from fenqi.core.postings.party import Cause, Party, fact

_INCOME = MappingProxyType(
    {
        Component.INTEREST: AccountKind.INTEREST_INCOME,
        Component.FEE: AccountKind.FEE_INCOME,
        Component.PENALTY: AccountKind.PENALTY_INCOME,
    }
)


def accrue(party: Party, before: LoanBooks, after: LoanBooks, *, cause: Cause) -> Transaction | None:
    """What was earned since; principal is never earned, so the fold counts none."""
    legs = flow_legs(party, before, after, flow=Flow.EARNED, debit=receivable, credit=_income)
    return fact(party, TransactionKind.ACCRUE, legs, cause=cause)


def _income(party: Party, component: Component) -> Account:
    return party.of_lender(_INCOME.get(component, AccountKind.SUSPENSE))
