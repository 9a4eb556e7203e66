"""What applicants want and what the bureau is told of them."""

from fenqi.simulation.applicant import Population, pick
from fenqi.simulation.buying import Good
from fenqi.simulation.means import INCOME_MIN_MINOR, means_of
from fenqi.simulation.person import invent, spelt
from fenqi.simulation.population import generate_customers
from fenqi.simulation.wish import wished_good, wished_offer

APPLICANTS = pick(generate_customers(200, seed=7), Population.GENERATED, count=200, seed=7)
GOODS = tuple(Good(f"phone-{price}", "phone", price * 100) for price in range(2_000, 12_000, 1_000))


def test_the_same_seed_wants_the_same_phone():
    assert [wished_good(one, GOODS, seed=1) for one in APPLICANTS] == [
        wished_good(one, reversed(GOODS), seed=1) for one in APPLICANTS
    ]


def test_nobody_wants_a_phone_beyond_a_third_of_the_card_but_for_the_cheapest():
    cheapest = {good.price_minor for good in GOODS[:3]}

    for one in APPLICANTS:
        price = wished_good(one, GOODS, seed=1).price_minor
        assert price in cheapest or price * 3 <= one.record.limit_minor


def test_takes_the_cheapest_offer_of_a_tenor_no_bullet_while_there_are_parts_and_no_bill_day():
    plans = [(1, 0, "order"), (3, 900, "order"), (3, 0, "order"), (9, 0, "bill"), (12, 3_000, "order")]
    offers = [{"tenor": tenor, "cost_minor": cost, "billing": billing} for tenor, cost, billing in plans]

    taken = [wished_offer(one, offers, seed=1) for one in APPLICANTS]

    assert {offer["tenor"] for offer in taken} == {3, 12}
    assert all(offer["cost_minor"] == 0 for offer in taken if offer["tenor"] == 3)
    assert wished_offer(APPLICANTS[0], offers[:1], seed=1) == offers[0]


def test_existing_debt_never_eats_half_of_an_income():
    for one in APPLICANTS:
        told = means_of(one)
        assert told.monthly_income_minor >= INCOME_MIN_MINOR
        assert told.monthly_debt_service_minor * 2 < told.monthly_income_minor


def test_invented_people_are_all_different_and_can_be_spelt():
    people = [invent(number, seed=3) for number in range(1, 2_001)]

    assert len({person.id_number for person in people}) == len({person.mobile for person in people}) == 2_000
    assert all(len(spelt(person.name).split()) == 2 for person in people)
