"""What an applicant does month by month."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from fenqi.learning.taiwan import JULY, Customer
from fenqi.simulation.applicant import Population, pick
from fenqi.simulation.behaviour import TRANSITIONS, Conduct, Origin, State, conduct_of, months_behaviour, state_of
from fenqi.simulation.population import generate_customers

CUSTOMER = Customer(
    number=14,
    limit=20_000,
    statuses=(0, 0, 0, 2, 1, 0),
    bills=(1, 2, 3, 4, 5, 6),
    payments=(1, 1, 1, 1, 1, 1),
    defaulted_in_october=False,
)


def behaviour(customer=CUSTOMER, *, months=12, seed=1, population=Population.GENERATED):
    applicant = pick([customer], population, count=1, seed=1)[0]
    return months_behaviour(applicant, months=months, seed=seed)


@pytest.mark.parametrize(
    ("before", "now", "conduct"),
    [
        (0, 0, Conduct.PAYS),
        (-1, -2, Conduct.PAYS),
        (0, 2, Conduct.MISSES),
        (2, 2, Conduct.MISSES),
        (2, 3, Conduct.MISSES),
        (2, 1, Conduct.CATCHES_UP),
        (2, 0, Conduct.PAYS_ALL_ARREARS),
        (1, -1, Conduct.PAYS_ALL_ARREARS),
    ],
)
def test_an_instalment_stays_unpaid_exactly_in_a_late_month_and_a_falling_status_pays_arrears(before, now, conduct):
    assert conduct_of(before, now) is conduct


def test_july_to_september_follow_the_data():
    months = behaviour(months=3)
    assert [month.conduct for month in months] == [Conduct.MISSES, Conduct.CATCHES_UP, Conduct.PAYS_ALL_ARREARS]
    assert [month.month for month in months] == [date(2025, 7, 1), date(2025, 8, 1), date(2025, 9, 1)]


def test_months_after_september_are_marked_as_simulated():
    held_out = next(replace(CUSTOMER, number=number) for number in range(99) if _is_held_out(number))
    origins = [month.origin for month in behaviour(held_out, population=Population.TAIWAN)]
    assert origins == [Origin.TAIWAN] * 3 + [Origin.SIMULATED] * 9


def test_nothing_of_a_generated_customer_is_marked_as_real():
    assert {month.origin for month in behaviour()} == {Origin.SIMULATED}


def test_a_default_in_october_misses_october():
    october = behaviour(replace(CUSTOMER, defaulted_in_october=True), months=4)[3]
    assert (october.month, october.conduct) == (date(2025, 10, 1), Conduct.MISSES)


def test_the_same_seed_plays_the_same_months():
    assert behaviour(months=24) == behaviour(months=24)
    assert behaviour(months=12) == behaviour(months=24)[:12]
    assert len({behaviour(months=24, seed=seed) for seed in range(20)}) > 1


def test_the_chain_is_counted_from_the_customers_that_are_not_held_out(taiwan):
    counts = {october: {state: Counter() for state in State} for october in (False, True)}
    for customer in taiwan:
        if not customer.is_held_out:
            for before, now in pairwise(map(state_of, customer.statuses)):
                counts[customer.defaulted_in_october][before][now] += 1
    assert {
        october: {state: tuple(row[to] for to in State) for state, row in table.items()}
        for october, table in counts.items()
    } == TRANSITIONS


def test_most_who_become_two_months_late_jump_there_in_one_month(taiwan):
    first = [_first_jump(customer.statuses) for customer in taiwan]
    jumps = [jumped for jumped in first if jumped is not None]
    assert sum(jumps) / len(jumps) == pytest.approx(0.61, abs=0.005)


def test_real_applicants_are_those_whom_training_never_saw(taiwan):
    drawn = pick(taiwan, Population.TAIWAN, count=1_000, seed=1)
    assert len({applicant.number for applicant in drawn}) == 1_000
    assert all(_is_held_out(applicant.number) for applicant in drawn)
    assert drawn == pick(taiwan[::-1], Population.TAIWAN, count=1_000, seed=1)


def test_a_generated_population_resembles_the_real_one():
    customers = generate_customers(2_000, seed=9)
    assert 0.25 < sum(customer.is_bad for customer in customers) / 2_000 < 0.42
    assert customers[:50] == generate_customers(50, seed=9)
    assert all(customer.limit >= 10_000 and min(customer.payments) >= 0 for customer in customers)


def _is_held_out(number):
    return replace(CUSTOMER, number=number).is_held_out


def _first_jump(statuses):
    for place in range(JULY, 6):
        if statuses[place] >= 2:
            return statuses[place - 1] <= 0
    return None
