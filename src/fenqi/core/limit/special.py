"""Limits beside the fixed one: temporary ones end on a day, dedicated ones are for one merchant or kind of goods."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
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
    """A temporary limit is for anything, a dedicated one for one merchant or one category; both end within a year."""

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

    A purchase at a merchant that has a limit of its own uses that first, and only what goes beyond it uses the one of
    its category.
    """
    left = dict[UUID | GoodsCategory, int]()
    for each in dedicated:
        pool = each.merchant_id or each.goods_category
        if pool is not None:
            left[pool] = left.get(pool, 0) + each.amount_minor
    for purchase in used:
        owed = purchase.used_minor
        for pool in (purchase.place.merchant_id, purchase.place.goods_category):
            part = min(left.get(pool, 0), owed)
            owed -= part
            if part:
                left[pool] -= part
    return sum(minor for pool, minor in left.items() if pool not in {place.merchant_id, place.goods_category})
