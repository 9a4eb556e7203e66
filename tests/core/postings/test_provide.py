"""Allowance and suspended income are brought to what is asked, and never a cent besides."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.ledger.account import CHART, AccountKind, Side
from fenqi.core.postings.party import Cause
from fenqi.core.postings.provide import TARGETS, Stripe, provide

STRIPE = Stripe(7, "CNY")
CAUSE = Cause(cause_id=UUID(int=1), effective_on=date(2026, 12, 31), value_on=date(2026, 12, 31))
sums = st.dictionaries(st.sampled_from(TARGETS), st.integers(0, 10**12))


@given(sums, sums)
def test_balances_go_from_what_they_are_to_what_they_are_to_be(
    before: dict[AccountKind, int], after: dict[AccountKind, int]
):
    had = dict(before)
    for transaction in provide(STRIPE, before=before, after=after, cause=CAUSE):
        for leg in transaction.legs:
            for account, minor in ((leg.debit, leg.amount_minor), (leg.credit, -leg.amount_minor)):
                sign = 1 if CHART[account.kind].normal_side is Side.DEBIT else -1
                had[account.kind] = had.get(account.kind, 0) + sign * minor
    for kind in TARGETS:
        assert had.get(kind, 0) == after.get(kind, 0)
    moved = sum(after.values()) - sum(before.values())
    spent = had.get(AccountKind.IMPAIRMENT_EXPENSE, 0) + had.get(AccountKind.INCOME_NOT_ACCRUED, 0)
    assert spent == moved


def test_nothing_is_posted_where_nothing_changed():
    same = {AccountKind.ALLOWANCE_STAGE_1: 5, AccountKind.SUSPENDED_INCOME: 9}
    assert provide(STRIPE, before=same, after=dict(same), cause=CAUSE) == ()
