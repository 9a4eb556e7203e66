"""Legs from the flows of a loan: what a flow counted more, moved between the same two accounts every time."""

from collections.abc import Callable

from fenqi.core.ledger.account import Account, AccountKind
from fenqi.core.ledger.entry import Leg
from fenqi.core.loan.component import Component
from fenqi.core.loan.state import Flow
from fenqi.core.postings.books import LoanBooks
from fenqi.core.postings.party import Party, legs_moving

AccountOf = Callable[[Party, Component], Account]


def channel(party: Party, component: Component) -> Account:
    """Money that the borrower pays or gets passes the payment channel."""
    return party.of_lender(AccountKind.CHANNEL_CLEARING)


def merchant(party: Party, component: Component) -> Account:
    """What the merchant gives or takes is netted with what it is owed."""
    return party.merchant_payable


def goodwill(party: Party, component: Component) -> Account:
    """What the lender gives."""
    return party.of_lender(AccountKind.GOODWILL_EXPENSE)


def overpayment(party: Party, component: Component) -> Account:
    """What is held for the borrower, loan by loan."""
    return party.of_loan(AccountKind.CUSTOMER_OVERPAYMENT)


def receivable(party: Party, component: Component) -> Account:
    """What the borrower owes of the component."""
    return party.receivable(component)


def flow_legs(
    party: Party, before: LoanBooks, after: LoanBooks, *, flow: Flow, debit: AccountOf, credit: AccountOf
) -> tuple[Leg, ...]:
    """One leg for each component of a flow that changed."""
    changes = ((component, _change(before, after, flow, component)) for component in Component)
    return tuple(
        leg
        for component, minor in changes
        if minor
        for leg in legs_moving(debit(party, component), credit(party, component), minor)
    )


def freed_line(party: Party, before: LoanBooks, after: LoanBooks, *, flow: Flow) -> tuple[Leg, ...]:
    """Principal that is discharged may be drawn again."""
    return legs_moving(
        party.of_customer(AccountKind.CREDIT_LINE_DRAWN),
        party.of_customer(AccountKind.CREDIT_LINE),
        _change(before, after, flow, Component.PRINCIPAL),
    )


def _change(before: LoanBooks, after: LoanBooks, flow: Flow, component: Component) -> int:
    return after.count(flow, component) - before.count(flow, component)
