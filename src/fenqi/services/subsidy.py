"""The interest that somebody pays in the borrower's place, and how it is earned."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from fenqi.core.loan.subsidy import amortised
from fenqi.core.product.catalogue import Product
from fenqi.core.product.fee import subsidy_of, subsidy_rows
from fenqi.core.product.terms import Terms


@dataclass(frozen=True)
class SubsidyPart:
    """What one instalment's due day earns."""

    due_on: date
    amount_minor: int


@dataclass(frozen=True)
class Subsidy:
    """A loan's subsidy: by whom, in which parts, and what of it went back.

    A part that goes back is taken from the parts not yet earned, the last first.
    """

    payer_id: UUID | None = None
    total_minor: int = 0
    returned_minor: int = 0
    parts: tuple[SubsidyPart, ...] = ()

    def to_record(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "payer_id": None if self.payer_id is None else str(self.payer_id),
            "total_minor": self.total_minor,
            "returned_minor": self.returned_minor,
            "parts": [[part.due_on.isoformat(), part.amount_minor] for part in self.parts],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Subsidy":
        """As it was kept."""
        payer_id = record.get("payer_id")
        return cls(
            payer_id=None if payer_id is None else UUID(payer_id),
            total_minor=record.get("total_minor", 0),
            returned_minor=record.get("returned_minor", 0),
            parts=tuple(SubsidyPart(date.fromisoformat(due_on), amount) for due_on, amount in record.get("parts", ())),
        )


NO_SUBSIDY = Subsidy()


def subsidy_of_plan(product: Product, terms: Terms, *, payer_id: UUID, principal_minor: int, start_on: date) -> Subsidy:
    """What a product's payer owes for a plan drawn on a day, each part earned on an instalment's due day."""
    rows = subsidy_rows(terms, rate_per_year=product.rate_per_year, principal_minor=principal_minor, start_on=start_on)
    return Subsidy(
        payer_id=payer_id,
        total_minor=subsidy_of(rows),
        parts=tuple(SubsidyPart(row.due_on, row.subsidy_minor) for row in rows),
    )


def earned_minor(subsidy: Subsidy, *, on: date) -> int:
    """What of a subsidy is earned on a day: the parts of the instalments that have fallen due."""
    return sum(part.amount_minor for part in subsidy.parts if part.due_on <= on)


def give_back(subsidy: Subsidy, *, amount_minor: int) -> Subsidy:
    """Return a part of what is not yet earned; the parts that are left are what can still be earned."""
    left = amount_minor
    parts: list[SubsidyPart] = []
    for part in reversed(subsidy.parts):
        taken = min(left, part.amount_minor)
        left -= taken
        parts.append(replace(part, amount_minor=part.amount_minor - taken))
    return replace(subsidy, returned_minor=subsidy.returned_minor + amount_minor, parts=tuple(reversed(parts)))


def settle_early(subsidy: Subsidy, *, from_on: date, on: date) -> Subsidy:
    """What is left of a subsidy once nothing is owed any more: earned to the day, and the rest given back.

    Of the running instalment's part the share of its days that have passed is earned; `from_on` is the day of the
    draw-down, on which the first one began.
    """
    begun = [from_on, *(part.due_on for part in subsidy.parts)]
    used = [_used_minor(part, from_on=start, on=on) for part, start in zip(subsidy.parts, begun, strict=False)]
    kept = tuple(SubsidyPart(min(part.due_on, on), minor) for part, minor in zip(subsidy.parts, used, strict=True))
    unused = sum(part.amount_minor for part in subsidy.parts) - sum(used)
    return replace(subsidy, returned_minor=subsidy.returned_minor + unused, parts=kept)


def _used_minor(part: SubsidyPart, *, from_on: date, on: date) -> int:
    days = max((part.due_on - from_on).days, 1)
    return amortised(part.amount_minor, min(max((on - from_on).days, 0), days), days)
