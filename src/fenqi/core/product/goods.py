"""What kind of goods a purchase is of."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any


class GoodsCategory(StrEnum):
    """The categories that a merchant can name; a limit can be dedicated to each of them but other goods."""

    PHONE = "phone"
    COMPUTER = "computer"
    APPLIANCE = "appliance"
    FURNITURE = "furniture"
    TRAVEL = "travel"
    OTHER = "other"
    """Not named, or not the same for all of the goods."""


def category_of(goods: Iterable[Mapping[str, Any]]) -> GoodsCategory:
    """The category that all goods of an order have; other goods if they differ or one has none."""
    named = {GoodsCategory(good.get("category") or GoodsCategory.OTHER) for good in goods}
    return named.pop() if len(named) == 1 else GoodsCategory.OTHER
