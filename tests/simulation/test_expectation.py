"""The long way of reckoning agrees with figures that others have worked out."""

from decimal import Decimal

from fenqi.simulation.expectation import discount, equal_instalments, irr_percent, late_charge


def test_equal_instalments_add_up_to_the_principal():
    rows = equal_instalments(1_000_000, rate_per_year=Decimal("0.24"), count=12)

    assert [principal + interest for principal, interest in rows] == [94_560] * 11 + [94_555]
    assert sum(principal for principal, _ in rows) == 1_000_000


def test_without_interest_the_last_instalment_takes_the_rest():
    rows = equal_instalments(599_900, rate_per_year=Decimal(0), count=12)

    assert rows == ((49_992, 0),) * 11 + ((49_988, 0),)


def test_rounding_half_up_can_pass_a_ceiling_of_24_percent():
    """10,000 over 12 at 24 % costs 24.00006 % a year."""
    rows = equal_instalments(1_000_000, rate_per_year=Decimal("0.24"), count=12)

    irr = irr_percent(1_000_000, tuple(sum(row) for row in rows))

    assert round(irr, 5) == Decimal("24.00006")


def test_a_late_charge_is_rounded_once():
    assert late_charge(47_000, per_day=Decimal("0.00045"), days=10) == 212


def test_a_discount_goes_to_the_nearest_cent():
    assert discount(599_900, rate=Decimal("0.006")) == 3_599
