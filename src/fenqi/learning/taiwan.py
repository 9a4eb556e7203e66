"""The Taiwan data set's customers, and how one of them reads as a credit record.

Source: I-Cheng Yeh, "Default of Credit Card Clients", UCI Machine Learning Repository, 2009, CC BY 4.0.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from fenqi.core.decision.features import CreditRecord, MonthlyRecord, Standing
from fenqi.learning.contract import hold

SOURCE = "I-Cheng Yeh, Default of Credit Card Clients, UCI Machine Learning Repository, 2009, doi:10.24432/C55S3H"
LICENCE = "CC BY 4.0"

FEN_PER_DOLLAR = 25
"""The named scale: NT$ 4 are read as ¥1, about the rate of 2005, so that every amount is a whole number of fen."""

YEARS_LATER = 20
"""The months of 2005 are played as the same months of 2025."""

APRIL, MAY, JUNE, JULY, AUGUST, SEPTEMBER = range(6)


@dataclass(frozen=True, slots=True)
class Customer:
    """One row: amounts in NT$, months from April to September 2005, and whether October was a default."""

    number: int
    limit: int
    statuses: tuple[int, ...]
    bills: tuple[int, ...]
    payments: tuple[int, ...]
    defaulted_in_october: bool

    @property
    def is_bad(self) -> bool:
        """The outcome: two months late in July, August or September, or default in October."""
        return self.defaulted_in_october or max(self.statuses[JULY:]) >= 2

    @property
    def is_held_out(self) -> bool:
        """Whether the row belongs to the 30 % that training never touches: SHA-256 of the number's digits, mod 10."""
        digest = hashlib.sha256(str(self.number).encode("ascii")).digest()
        return int.from_bytes(digest, "big") % 10 < 3

    @property
    def record(self) -> CreditRecord:
        """The customer's April to June as a bureau would report it, the scale applied; the rest is the future."""
        return CreditRecord(
            limit_minor=self.limit * FEN_PER_DOLLAR,
            months=tuple(
                MonthlyRecord(
                    month=month_of(index),
                    bill_minor=self.bills[index] * FEN_PER_DOLLAR,
                    paid_minor=self.payments[index] * FEN_PER_DOLLAR,
                    standing=standing_of(self.statuses[index]),
                    months_late=max(self.statuses[index], 0),
                )
                for index in (APRIL, MAY, JUNE)
            ),
        )


def month_of(index: int) -> date:
    """Name a month of the data, April being 0, by its first day in the year in which it is played."""
    return date(2005 + YEARS_LATER + (3 + index) // 12, (3 + index) % 12 + 1, 1)


def standing_of(status: int) -> Standing:
    """Read a repayment status: -2 no use, -1 paid in full, 0 revolving, from 1 on that many months late."""
    if status > 0:
        return Standing.LATE
    return {-2: Standing.UNUSED, -1: Standing.PAID_IN_FULL, 0: Standing.REVOLVING}[status]


def read(content: bytes) -> tuple[Customer, ...]:
    """Read a file of the data set, in the file's order.

    Raises: DatasetAltered, naming the first clause of the contract that does not hold.
    """
    return tuple(_customer(row) for row in hold(content))


def _customer(row: tuple[int, ...]) -> Customer:
    number, limit, *rest, outcome = row
    return Customer(
        number=number,
        limit=limit,
        statuses=tuple(rest[:6]),
        bills=tuple(rest[6:12]),
        payments=tuple(rest[12:18]),
        defaulted_in_october=bool(outcome),
    )
