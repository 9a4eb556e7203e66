"""What the rule pack says of borrowers in difficulty on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fenqi.core.collection.relief import ReliefMenu, read_menu
from fenqi.core.rulepack.pack import RulePack

_NAMES = ("answer_days", "acceptance_days", "observation", "months_max", "relief")


@dataclass(frozen=True)
class HardshipLaw:
    """The values in force, and who says so."""

    answer_days: int
    """Working days until somebody has to have answered."""
    acceptance_days: int
    observed_days: int
    observed_periods: int
    menu: ReliefMenu
    cited: Mapping[str, str]


def hardship_law(pack: RulePack, *, on: date, lender_type: str) -> HardshipLaw:
    """The rules of a day.

    Raises: RuleNotInForce.
    """
    found = {name: pack.value(f"hardship.{name}", on=on, lender_type=lender_type) for name in _NAMES}
    observation: Mapping[str, Any] = found["observation"].value
    return HardshipLaw(
        answer_days=found["answer_days"].value,
        acceptance_days=found["acceptance_days"].value,
        observed_days=observation["days"],
        observed_periods=observation["periods"],
        menu=read_menu(found["relief"].value, months_max=found["months_max"].value),
        cited={name: value.cited for name, value in found.items()},
    )
