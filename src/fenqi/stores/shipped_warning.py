"""The warning strategies that ship: `strategies/warning/<number>.json`, of which the newest is installed."""

from fenqi.core.refusal import Broken
from fenqi.stores.shipped import PROJECT

_FOLDER = PROJECT / "strategies" / "warning"


def load_warning_strategy() -> bytes:
    """The text of the newest version that ships.

    Raises: Broken if none ships.
    """
    paths = sorted(_FOLDER.glob("*.json"), key=lambda path: int(path.stem))
    if not paths:
        raise Broken(f"there is no strategy in {_FOLDER}")
    return paths[-1].read_bytes()
