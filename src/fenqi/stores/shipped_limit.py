"""The rules for credit lines that ship: `strategies/limit/<version>.json`."""

from pathlib import Path

from fenqi.core.refusal import Broken

_FOLDER = Path(__file__).resolve().parents[3] / "strategies" / "limit"


def load_limit_rules() -> bytes:
    """The text of the newest version that ships.

    Raises: Broken if none ships.
    """
    paths = sorted(_FOLDER.glob("*.json"), key=lambda path: int(path.stem))
    if not paths:
        raise Broken(f"there are no rules in {_FOLDER}")
    return paths[-1].read_bytes()
