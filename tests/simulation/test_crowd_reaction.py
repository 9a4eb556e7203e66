"""Some of a crowd are moved by a step: as many as is stated, the same for ever, and in simulated months only."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from fenqi.simulation.behaviour import Conduct, MonthBehaviour, Origin
from fenqi.simulation.crowd_reaction import REACTING_PERCENT, after_reaction, reacts


def months(*conducts: Conduct, origin: Origin = Origin.SIMULATED) -> tuple[MonthBehaviour, ...]:
    return tuple(MonthBehaviour(date(2025, 10 + at, 1), conduct, origin) for at, conduct in enumerate(conducts))


def member(number: int, *, origin: Origin = Origin.SIMULATED, conduct: Conduct = Conduct.MISSES) -> Any:
    behaviour = months(conduct, origin=origin)
    return SimpleNamespace(helped=False, behaviour=behaviour, applicant=SimpleNamespace(number=number))


@pytest.mark.parametrize("action", REACTING_PERCENT)
def test_as_many_react_as_is_stated_and_the_same_again(action: str):
    crowd = [member(number) for number in range(4000)]
    moved = [reacts(each, action, place=0, seed=1) for each in crowd]
    assert sum(moved) / 40 == pytest.approx(REACTING_PERCENT[action], abs=2)
    assert moved == [reacts(each, action, place=0, seed=1) for each in crowd]
    assert moved != [reacts(each, action, place=0, seed=8) for each in crowd]


def test_nobody_reacts_to_what_does_not_speak_to_them_or_in_months_of_the_data():
    crowd = range(500)
    assert not any(reacts(member(each), "freeze_limit", place=0, seed=7) for each in crowd)
    assert not any(reacts(member(each, origin=Origin.TAIWAN), "offer", place=0, seed=7) for each in crowd)
    assert not any(reacts(member(each, conduct=Conduct.PAYS), "offer", place=0, seed=7) for each in crowd)


def test_who_reacts_misses_neither_this_month_nor_the_two_after_it():
    misses, pays, catches_up = Conduct.MISSES, Conduct.PAYS, Conduct.CATCHES_UP
    behaviour = months(misses, misses, catches_up)
    moved = after_reaction(behaviour, place=1)
    assert [month.conduct for month in moved] == [misses, pays, catches_up]
    assert {month.origin for month in moved} == {Origin.SIMULATED}
    assert after_reaction(months(misses, misses, misses), place=0) == months(pays, pays, pays)
