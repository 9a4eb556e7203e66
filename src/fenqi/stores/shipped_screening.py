"""The screening's policies that ship as files: strategies/screening/<name>.json."""

from functools import cache

from fenqi.core.decision.screening_strategy import ScreeningStrategy, read_screening
from fenqi.stores.shipped import PROJECT


@cache
def load_screening(name: str = "demo") -> ScreeningStrategy:
    """Read a policy that ships.

    Raises: ScreeningMalformed.
    """
    return read_screening((PROJECT / "strategies" / "screening" / f"{name}.json").read_bytes())
