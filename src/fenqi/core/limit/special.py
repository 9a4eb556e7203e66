"""Limits beside the fixed one: temporary ones end on a day, dedicated ones are for one merchant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal

DAYS_MAX = 366


class SpecialKind(StrEnum):
    """What kind of limit stands beside the fixed one."""

    TEMPORARY = "temporary"
    """For anything, until a day."""
    DEDICATED = "dedicated"
    """For one merchant's goods, until a day."""


class SpecialMalformed(Refusal):
    """A temporary limit has no merchant, a dedicated one has; both have an amount and end within a year."""

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


def require_special(special: Special, *, on: date, step_minor: int) -> None:
    """Refuse a special limit that names what its kind has not, or has ended before it begins.

    Raises: SpecialMalformed.
    """
    is_dedicated = special.kind is SpecialKind.DEDICATED
    if is_dedicated != (special.merchant_id is not None):
        raise SpecialMalformed("a dedicated limit is for one merchant, a temporary one for none", allowed="one of both")
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


def reserved_minor(dedicated: Iterable[Special], used_minor: Mapping[UUID, int], *, merchant_id: UUID | None) -> int:
    """What of the line is kept for other merchants: dedicated limits, less what is used of each there.

    Units: `used_minor` is what is owed and held at each merchant.
    """
    kept = dict[UUID, int]()
    for each in dedicated:
        if each.merchant_id is not None and each.merchant_id != merchant_id:
            kept[each.merchant_id] = kept.get(each.merchant_id, 0) + each.amount_minor
    return sum(max(amount - used_minor.get(at, 0), 0) for at, amount in kept.items())
