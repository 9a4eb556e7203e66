"""The warning strategies that ship: `strategies/warning/<number>.json`; the newest judges, all of them replay."""

from functools import cache

from fenqi.core.refusal import Broken
from fenqi.core.warning.strategy import WarningStrategy, read_warning_strategy
from fenqi.stores.shipped import PROJECT

_FOLDER = PROJECT / "strategies" / "warning"


@cache
def warning_strategies() -> tuple[WarningStrategy, ...]:
    """Every version that ships, the oldest first.

    Raises: WarningStrategyMalformed; Broken if none ships.
    """
    paths = sorted(_FOLDER.glob("*.json"), key=lambda path: int(path.stem))
    if not paths:
        raise Broken(f"there is no strategy in {_FOLDER}")
    return tuple(read_warning_strategy(path.read_bytes()) for path in paths)
