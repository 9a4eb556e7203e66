"""A stand-in for the bureau's intake: it looks each record over, and keeps all but whom it is about."""

import fcntl
import hashlib
import os
from pathlib import Path
from uuid import UUID

import msgspec

from fenqi.core.loan.credit_record import AccountState, CreditRecord
from fenqi.gateways.credit_report.port import CreditFile, CreditFileRejected, ReportedLine

PROVIDER = "stand-in 替身"
_LATE_CODES = frozenset("1234567")
_STATES = {"*": AccountState.NORMAL, "N": AccountState.NORMAL, "C": AccountState.CLOSED, "B": AccountState.WRITTEN_OFF}


class Taken(msgspec.Struct, frozen=True):
    """A line of the stand-in's file: a record it took, or at the end of a file that it has the whole of it."""

    file_id: UUID
    reference: str = ""
    record: CreditRecord | None = None
    note: str = PROVIDER


class StandInCreditReporting:
    """Takes what is sound, keeps it, and says that it is nobody; the same file again is the same."""

    name = PROVIDER
    is_stand_in = True

    def __init__(self, *, kept_in: Path) -> None:
        self._kept_in = kept_in

    async def submit(self, file: CreditFile) -> str:
        """Keep a file.

        Raises: CreditFileRejected.
        """
        for line in file.lines:
            _require_sound(line)
        reference = f"stand-in-{hashlib.sha256(file.file_id.bytes).hexdigest()[:16]}"
        lines = [msgspec.json.encode(Taken(file.file_id, record=line.record)) for line in file.lines]
        lines.append(msgspec.json.encode(Taken(file.file_id, reference=reference)))
        descriptor = os.open(self._kept_in, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as kept:
            fcntl.flock(kept, fcntl.LOCK_EX)
            if self._reference_of(file.file_id) is None:
                kept.write(b"\n".join(lines) + b"\n")
        return reference

    async def find(self, file_id: UUID) -> str | None:
        """The reference of a file that was kept."""
        return self._reference_of(file_id)

    def taken(self) -> tuple[Taken, ...]:
        """Every record that was kept, for whoever looks at the stand-in."""
        return tuple(taken for taken in self._lines() if taken.record is not None)

    def _reference_of(self, file_id: UUID) -> str | None:
        return next((taken.reference for taken in self._lines() if taken.file_id == file_id and taken.reference), None)

    def _lines(self) -> list[Taken]:
        if not self._kept_in.exists():
            return []
        return [msgspec.json.decode(line, type=Taken) for line in self._kept_in.read_bytes().splitlines()]


def _require_sound(line: ReportedLine) -> None:
    """Raises: CreditFileRejected."""
    record = line.record
    if not line.name or not line.id_number:
        raise _rejected(record, "nobody is named")
    if record.repayment in _LATE_CODES:
        if record.account_state is not AccountState.OVERDUE or not record.overdue_minor or not record.overdue_count:
            raise _rejected(record, "late, with nothing overdue")
    elif _STATES.get(record.repayment) is not record.account_state:
        raise _rejected(record, f"{record.repayment} is not {record.account_state}")
    if record.account_state is AccountState.CLOSED and record.balance_minor:
        raise _rejected(record, "closed, with a balance")
    aged = record.overdue_31_minor + record.overdue_61_minor + record.overdue_91_minor + record.overdue_181_minor
    if aged > record.overdue_minor or aged > record.balance_minor:
        raise _rejected(record, "more overdue by age than in all")


def _rejected(record: CreditRecord, what: str) -> CreditFileRejected:
    return CreditFileRejected(f"{record.loan_id} for {record.month_on.isoformat()}: {what}", allowed="a sound record")
