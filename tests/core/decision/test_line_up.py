"""Who decides on whom follows from the approved uses, for every instant."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from fenqi.core.decision.line_up import (
    ChampionNotRetired,
    LineUp,
    Role,
    Share,
    ShareMissing,
    ShareTooLarge,
    Use,
    line_ups,
    place_of,
    require_use,
)
from fenqi.core.refusal import Refusal

START = datetime(2026, 11, 1, tzinfo=UTC)
CUSTOMERS = [UUID(int=number) for number in range(20_000)]


def use(version: str, role: Role, *, day: int = 0, share: int = 0, salt: str = "s") -> Use:
    from_at = START + timedelta(days=day)
    return Use(use_id=UUID(int=day), version=version, role=role, share_permille=share, salt=salt, from_at=from_at)


def test_a_version_has_one_role_and_a_new_champion_takes_the_place_of_the_old():
    steps = line_ups(
        [
            use("a", Role.CHAMPION),
            use("b", Role.CHALLENGER, day=2, share=100),
            use("b", Role.CHAMPION, day=3, salt="t"),
            use("a", Role.CHALLENGER, day=4, share=50),
            use("a", Role.RETIRED, day=5),
        ]
    )
    assert [line_up for _, line_up in steps] == [
        LineUp(champion="a", salt="s"),
        LineUp(champion="a", salt="s", challengers=(Share("b", 100),)),
        LineUp(champion="b", salt="t"),
        LineUp(champion="b", salt="t", challengers=(Share("a", 50),)),
        LineUp(champion="b", salt="t"),
    ]


def test_a_challenger_decides_on_its_share_and_always_on_the_same_customers():
    line_up = LineUp(champion="a", salt="s", challengers=(Share("b", 100), Share("c", 50)))
    chosen = [line_up.chosen(customer)[0] for customer in CUSTOMERS]
    assert chosen == [line_up.chosen(customer)[0] for customer in CUSTOMERS]
    assert 1_800 < chosen.count("b") < 2_200
    assert 850 < chosen.count("c") < 1_150
    larger = LineUp(champion="a", salt="s", challengers=(Share("b", 200),))
    assert all(larger.chosen(one)[0] == "b" for one, was in zip(CUSTOMERS, chosen, strict=True) if was == "b")


def test_another_salt_deals_the_customers_anew():
    both = sum(place_of(one, salt="s") < 100 and place_of(one, salt="t") < 100 for one in CUSTOMERS)
    assert 120 < both < 280


@pytest.mark.parametrize(
    ("version", "role", "share", "refusal"),
    [
        ("a", Role.RETIRED, 0, ChampionNotRetired),
        ("c", Role.CHALLENGER, 301, ShareTooLarge),
        ("c", Role.CHALLENGER, 0, ShareMissing),
        ("c", Role.RETIRED, 10, ShareMissing),
    ],
)
def test_what_the_line_up_does_not_bear_is_refused(
    version: str, role: Role, share: int, refusal: type[Refusal]
) -> None:
    present = LineUp(champion="a", salt="s", challengers=(Share("b", 200),))
    with pytest.raises(refusal):
        require_use(present, version=version, role=role, share_permille=share)
    require_use(present, version="b", role=Role.CHALLENGER, share_permille=500)
