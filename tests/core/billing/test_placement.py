"""One payment over several loans: who gets what, by which rule."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.billing.placement import Claim, LoansRepeated, Part, PlacementRule, due_minor, place

ON = date(2026, 9, 15)
FIRST, SECOND = UUID(int=1), UUID(int=2)


def claim(loan_id: UUID, *dues: tuple[int, int], rate: str = "0.12", month: int = 9) -> Claim:
    """Dues by day of September, and a loan that they close."""
    days = tuple((date(2026, month, day), minor) for day, minor in dues)
    return Claim(loan_id, days, sum(minor for _, minor in days), Decimal(rate))


TWO = (claim(FIRST, (1, 100), (20, 100), rate="0.10"), claim(SECOND, (5, 50), (25, 500), rate="0.20"))
WORKED = {
    PlacementRule.OLDEST_DUE: {120: [(FIRST, 100), (SECOND, 20)], 250: [(FIRST, 200), (SECOND, 50)]},
    PlacementRule.DEAREST_FIRST: {120: [(FIRST, 100), (SECOND, 20)], 250: [(FIRST, 100), (SECOND, 150)]},
    PlacementRule.AS_CHOSEN: {120: [(FIRST, 120)], 250: [(FIRST, 200), (SECOND, 50)]},
}


@pytest.mark.parametrize("rule", PlacementRule)
@pytest.mark.parametrize("amount_minor", [120, 250])
def test_each_rule_places_in_its_own_order(rule: PlacementRule, amount_minor: int):
    placed = place(amount_minor, TWO, rule=rule, on=ON)

    assert [(part.loan_id, part.amount_minor) for part in placed.parts] == WORKED[rule][amount_minor]
    assert placed.left_minor == 0


def test_the_borrower_decides_which_loan_comes_first():
    placed = place(120, TWO[::-1], rule=PlacementRule.AS_CHOSEN, on=ON)

    assert placed.parts == (Part(SECOND, 120, pays_off=False),)


def test_a_part_that_closes_its_loan_says_so_and_what_no_loan_takes_is_left():
    placed = place(1_000, TWO, rule=PlacementRule.OLDEST_DUE, on=ON)

    assert placed.parts == (Part(FIRST, 200, pays_off=True), Part(SECOND, 550, pays_off=True))
    assert placed.left_minor == 250


def test_what_is_due_by_a_day_counts_over_all_loans():
    assert due_minor(TWO, until_on=date(2026, 9, 20)) == 250


def test_a_loan_named_twice_is_refused():
    with pytest.raises(LoansRepeated):
        place(1, (TWO[0], TWO[0]), rule=PlacementRule.AS_CHOSEN, on=ON)


CLAIMS = st.lists(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 900)), max_size=5), min_size=1, max_size=4).map(
    lambda loans: [claim(UUID(int=number), *dues) for number, dues in enumerate(loans, 1)]
)


@given(amount_minor=st.integers(0, 10_000), claims=CLAIMS, rule=st.sampled_from(PlacementRule))
def test_all_money_is_placed_or_left_and_no_loan_gets_more_than_closes_it(
    amount_minor: int, claims: list[Claim], rule: PlacementRule
):
    placed = place(amount_minor, claims, rule=rule, on=ON)

    payoff = {each.loan_id: each.payoff_minor for each in claims}
    assert sum(part.amount_minor for part in placed.parts) + placed.left_minor == amount_minor
    assert all(0 < part.amount_minor <= payoff[part.loan_id] for part in placed.parts)
    assert placed.left_minor == max(0, amount_minor - sum(payoff.values()))
