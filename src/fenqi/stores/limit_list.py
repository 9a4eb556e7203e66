"""The console's list of moves of credit lines."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fenqi.stores.listing import Listing, sorts
from fenqi.stores.query import queries


@dataclass(frozen=True)
class LimitChangeLine:
    """A move in a list; reasons are codes with what their words need."""

    change_id: UUID
    customer_id: UUID
    currency: str
    cause: str
    move: str
    before_minor: int
    after_minor: int
    points: int | None
    rules_version: str
    reasons: list[dict[str, Any]]
    changed_by: str
    happened_on: date
    changed_at: datetime


CHANGES = Listing(
    row=LimitChangeLine,
    query=queries("limit_list")["changes"],
    key="change_id",
    sorts=sorts("changed_at", "after_minor", "points"),
    usual="-changed_at",
)
