"""Limits beside the fixed one: temporary ones end on a day, dedicated ones are for one merchant or kind of goods."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import ClassVar
from uuid import UUID

from fenqi.core.product.goods import GoodsCategory
from fenqi.core.refusal import Kind, Refusal

DAYS_MAX = 366


class SpecialKind(StrEnum):
    """What kind of limit stands beside the fixed one."""

    TEMPORARY = "temporary"
    """For anything, until a day."""
    DEDICATED = "dedicated"
    """For one merchant's goods or one category of goods, until a day."""


class SpecialMalformed(Refusal):
    """A temporary limit is for anything, a dedicated one for a merchant or a named category; both end within a year."""

    code: ClassVar[str] = "limit_special_malformed"


class SpecialBeyond(Refusal):
    """Fixed and special limits together would pass what the law or the customer's income allows."""

    code: ClassVar[str] = "limit_special_beyond"
    kind: ClassVar[Kind] = Kind.RULE


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """A limit in force in [from_on, until_on), beside the fixed one."""

    special_id: UUID
    kind: SpecialKind
    amount_minor: int
    from_on: date
    until_on: date
    merchant_id: UUID | None = None
    goods_category: GoodsCategory | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line is spent: at which merchant, on which goods."""

    merchant_id: UUID
    goods_category: GoodsCategory


@dataclass(frozen=True, slots=True)
class Used:
    """What is owed of purchases at a place. Units: minor."""

    place: Place
    used_minor: int


def require_special(special: Special, *, on: date, step_minor: int) -> None:
    """Refuse a special limit that names what its kind has not, or has ended before it begins.

    Raises: SpecialMalformed.
    """
    is_dedicated = special.kind is SpecialKind.DEDICATED
    named = (special.merchant_id is not None) + (special.goods_category is not None)
    if named != int(is_dedicated):
        raise SpecialMalformed(
            f"a {special.kind} limit for {named} of merchant and category",
            allowed="a dedicated limit names one merchant or one category of goods, a temporary one neither",
        )
    if special.goods_category is GoodsCategory.OTHER:
        raise SpecialMalformed(
            "other goods are no category to dedicate a limit to",
            allowed=", ".join(each for each in GoodsCategory if each is not GoodsCategory.OTHER),
        )
    if special.amount_minor <= 0 or special.amount_minor % step_minor:
        raise SpecialMalformed(f"{special.amount_minor} of {step_minor}", allowed="whole steps, at least one")
    if not special.from_on < special.until_on or special.from_on < on:
        raise SpecialMalformed("it is over before it begins, or has begun", allowed=f"{on.isoformat()} or later")
    if (special.until_on - on).days > DAYS_MAX:
        raise SpecialMalformed("it lasts too long", allowed=f"at most {DAYS_MAX} days")


def require_within(*, fixed_minor: int, special_minor: int, law_minor: int, burden_minor: int) -> None:
    """Refuse limits that are more together than law and income allow.

    Raises: SpecialBeyond.
    """
    most = min(law_minor, burden_minor)
    if fixed_minor + special_minor > most:
        room_minor = max(most - fixed_minor, 0)
        raise SpecialBeyond(f"{special_minor} beside the fixed limit", allowed=f"at most {room_minor}")


def reserved_minor(dedicated: Iterable[Special], used: Iterable[Used], *, place: Place) -> int:
    """What of the line is kept for other places: dedicated limits, less what is used of each.

    Purchases use the limits that they suit so that as little as possible stays kept: a merchant's limit goes first to
    purchases whose goods have none. In which order they were made or are named does not count.
    """
    left = Counter[UUID | GoodsCategory]()
    for each in dedicated:
        pool = each.merchant_id or each.goods_category
        if pool is not None and pool not in {place.merchant_id, place.goods_category}:
            left[pool] += each.amount_minor
    return left.total() - _usable(left, tuple(used))


def _usable(left: Counter[UUID | GoodsCategory], used: Sequence[Used]) -> int:
    """The most that purchases can use of limits: the least cut between them.

    A cut takes some categories' limits whole, and of the others everything that was bought; of each merchant what its
    limit or its remaining purchases come to, whichever is less.
    """
    categories = [category for category in GoodsCategory if left[category]]
    return min(
        (
            _cut(left, used, frozenset(whole))
            for n in range(len(categories) + 1)
            for whole in combinations(categories, n)
        ),
    )


def _cut(left: Counter[UUID | GoodsCategory], used: Sequence[Used], whole: frozenset[GoodsCategory]) -> int:
    cut = sum(left[category] for category in whole)
    at_merchant = Counter[UUID]()
    for purchase in used:
        category = purchase.place.goods_category
        if left[category] and category not in whole:
            cut += purchase.used_minor
        else:
            at_merchant[purchase.place.merchant_id] += purchase.used_minor
    return cut + sum(min(left[merchant_id], minor) for merchant_id, minor in at_merchant.items())
