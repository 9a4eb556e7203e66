"""The collection strategies that ship: `strategies/collection/<version>.json`."""

from functools import cache
from pathlib import Path

from fenqi.core.collection.strategy import CollectionStrategy, read_collection_strategy
from fenqi.core.refusal import Broken

_FOLDER = Path(__file__).resolve().parents[3] / "strategies" / "collection"


@cache
def load_collection_strategy() -> CollectionStrategy:
    """The newest version that ships.

    Raises: CollectionStrategyMalformed; Broken if none ships.
    """
    paths = sorted(_FOLDER.glob("*.json"), key=lambda path: int(path.stem))
    if not paths:
        raise Broken(f"there is no strategy in {_FOLDER}")
    return read_collection_strategy(paths[-1].read_bytes())
