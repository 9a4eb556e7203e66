"""Who takes the file with what a bureau is told of loans."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol
from uuid import UUID

from fenqi.core.loan.credit_record import CreditRecord
from fenqi.core.refusal import Kind, Refusal


class CreditFileRejected(Refusal):
    """The bureau does not take the file: a record in it contradicts itself or lacks whom it is about."""

    code: ClassVar[str] = "credit_file_rejected"
    kind: ClassVar[Kind] = Kind.CONFLICT


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


class CreditReporting(Protocol):
    """The way to a licensed credit bureau."""

    name: str
    is_stand_in: bool

    async def submit(self, file: CreditFile) -> str:
        """Hand a file over; the bureau's reference.

        Raises: Unavailable, CreditFileRejected.
        """
        ...

    async def find(self, file_id: UUID) -> str | None:
        """The bureau's reference of a file, if it has it.

        Raises: Unavailable.
        """
        ...
