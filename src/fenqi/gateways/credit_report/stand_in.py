"""A stand-in for the bureau's intake: it looks each record over, and keeps all but whom it is about."""

import fcntl
import hashlib
import os
from collections import Counter
from pathlib import Path
from uuid import UUID

import msgspec

from fenqi.core.loan.credit_record import AccountState, CreditRecord
from fenqi.gateways.credit_report.port import CreditFile, Receipt, RejectedLine, ReportedLine

PROVIDER = "stand-in 替身"
_LATE_CODES = frozenset("1234567")
_STATES = {"*": AccountState.NORMAL, "N": AccountState.NORMAL, "C": AccountState.CLOSED, "B": AccountState.WRITTEN_OFF}


class Taken(msgspec.Struct, frozen=True):
    """A line of the stand-in's file: a record it took, or at the end of a file what became of it."""

    file_id: UUID
    receipt: Receipt | None = None
    record: CreditRecord | None = None
    note: str = PROVIDER


class StandInCreditReporting:
    """Takes what is sound, keeps it, and says that it is nobody; the same file again is the same."""

    name = PROVIDER
    is_stand_in = True

    def __init__(self, *, kept_in: Path) -> None:
        self._kept_in = kept_in

    async def submit(self, file: CreditFile) -> Receipt:
        """Look a file over, keep what is sound of it, and what was said of it."""
        why = self.fault_of_file(file)
        faults = [(line.record, self.fault_of(line)) for line in file.lines if not why]
        receipt = Receipt(
            reference=f"stand-in-{hashlib.sha256(file.file_id.bytes).hexdigest()[:16]}",
            why=why,
            rejected=tuple(
                RejectedLine(one.loan_id, one.month_on, one.version, fault) for one, fault in faults if fault
            ),
        )
        lines = [msgspec.json.encode(Taken(file.file_id, record=record)) for record, fault in faults if not fault]
        lines.append(msgspec.json.encode(Taken(file.file_id, receipt=receipt)))
        descriptor = os.open(self._kept_in, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as kept:
            fcntl.flock(kept, fcntl.LOCK_EX)
            if self._receipt_of(file.file_id) is None:
                kept.write(b"\n".join(lines) + b"\n")
        return receipt

    async def find(self, file_id: UUID) -> Receipt | None:
        """What became of a file that was seen."""
        return self._receipt_of(file_id)

    def fault_of_file(self, file: CreditFile) -> str:
        """What is wrong with a file as a whole; nothing, if it is sound."""
        accounts = Counter((line.record.loan_id, line.record.month_on) for line in file.lines)
        twice = [account for account, count in accounts.items() if count > 1]
        if not file.lender:
            return "no reporting institution is named"
        return f"{twice[0][0]} stands twice for {twice[0][1].isoformat()}" if twice else ""

    def fault_of(self, line: ReportedLine) -> str:
        """What is wrong with a record; nothing, if it is sound."""
        return _fault_of(line)

    def taken(self) -> tuple[Taken, ...]:
        """Every record that was kept, for whoever looks at the stand-in."""
        return tuple(taken for taken in self._lines() if taken.record is not None)

    def _receipt_of(self, file_id: UUID) -> Receipt | None:
        return next((taken.receipt for taken in self._lines() if taken.file_id == file_id and taken.receipt), None)

    def _lines(self) -> list[Taken]:
        if not self._kept_in.exists():
            return []
        return [msgspec.json.decode(line, type=Taken) for line in self._kept_in.read_bytes().splitlines()]


def _fault_of(line: ReportedLine) -> str:
    record = line.record
    is_late = record.repayment in _LATE_CODES
    is_overdue = record.account_state is AccountState.OVERDUE and record.overdue_minor and record.overdue_count
    aged = record.overdue_31_minor + record.overdue_61_minor + record.overdue_91_minor + record.overdue_181_minor
    faults = {
        "nobody is named": not line.name or not line.id_number,
        "late, with nothing overdue": is_late and not is_overdue,
        f"{record.repayment} is not {record.account_state}": (
            not is_late and _STATES.get(record.repayment) is not record.account_state
        ),
        "closed, with a balance": record.account_state is AccountState.CLOSED and record.balance_minor > 0,
        "more overdue by age than in all": aged > min(record.overdue_minor, record.balance_minor),
    }
    return next((fault for fault, found in faults.items() if found), "")
