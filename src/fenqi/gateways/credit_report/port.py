"""Who takes the file with what a bureau is told of loans."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from fenqi.core.loan.credit_record import CreditRecord


@dataclass(frozen=True)
class ReportedLine:
    """A record with whom it is about.

    Units: minor.
    """

    name: str
    id_number: str
    record: CreditRecord


@dataclass(frozen=True)
class CreditFile:
    """What is handed over at once; two files of the same `file_id` are one."""

    file_id: UUID
    made_on: date
    lender: str
    lines: tuple[ReportedLine, ...]


@dataclass(frozen=True)
class RejectedLine:
    """A record that the bureau did not take, and what it says against it."""

    loan_id: UUID
    month_on: date
    version: int
    why: str


@dataclass(frozen=True)
class Receipt:
    """What became of a file at the bureau: rejected as a whole, if it says why; else taken but for some records."""

    reference: str
    why: str = ""
    rejected: tuple[RejectedLine, ...] = ()


class CreditReporting(Protocol):
    """The way to a licensed credit bureau."""

    name: str
    is_stand_in: bool

    async def submit(self, file: CreditFile) -> Receipt:
        """Hand a file over; the bureau looks every record over and answers at once.

        Raises: Unavailable.
        """
        ...

    async def find(self, file_id: UUID) -> Receipt | None:
        """What became of a file, if the bureau has seen it.

        Raises: Unavailable.
        """
        ...
