"""A bill: what one customer has to pay by one day, and what became of it since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID, uuid5

from fenqi.core.loan.component import Parts
from fenqi.core.loan.state import LoanState
from fenqi.core.product.catalogue import BillingMode
from fenqi.core.refusal import Kind, Refusal


class BillUnknown(Refusal):
    """No such bill, or not this customer's: the two are not told apart."""

    code: ClassVar[str] = "bill_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class BillStanding(StrEnum):
    """How a bill stands."""

    OPEN = "open"
    """To be paid by its due day."""
    PAID = "paid"
    """Nothing of it is left."""
    LATE = "late"
    """Its due day is over and something is left."""


@dataclass(frozen=True, kw_only=True)
class BillLine:
    """One instalment on a bill, as it stood when the bill was made."""

    loan_id: UUID
    instalment: int
    due_on: date
    parts: Parts


@dataclass(frozen=True, kw_only=True)
class Bill:
    """What falls due on one day over the loans it covers, and what is overdue from before."""

    bill_id: UUID
    mode: BillingMode
    billed_on: date
    due_on: date
    lines: tuple[BillLine, ...]

    @property
    def new_minor(self) -> int:
        """What falls due on its own day."""
        return sum(line.parts.total for line in self.lines if line.due_on == self.due_on)

    @property
    def carried_minor(self) -> int:
        """What is overdue from before."""
        return sum(line.parts.total for line in self.lines if line.due_on < self.due_on)


@dataclass(frozen=True)
class BilledLoan:
    """A loan as a bill sees it; the bill day is a term of it, or it is billed by itself."""

    loan_id: UUID
    customer_id: UUID
    bill_day: int | None
    state: LoanState

    @property
    def mode(self) -> BillingMode:
        """How it is billed."""
        return BillingMode.ORDER if self.bill_day is None else BillingMode.BILL


def bills_to_make(loans: Iterable[BilledLoan], *, on: date, due_until: date) -> tuple[Bill, ...]:
    """The bills of one customer for every day from today to another, that day included, on which anything falls due.

    Loans in order mode have a bill each; those in bill mode share one. A bill's id follows from whom and which day it
    is for, so that making it twice makes one.
    """
    groups: dict[UUID, list[BilledLoan]] = {}
    for loan in loans:
        groups.setdefault(loan.loan_id if loan.bill_day is None else loan.customer_id, []).append(loan)
    found = [
        _bill(key, group, on=on, due_on=due_on)
        for key, group in groups.items()
        for due_on in sorted({due for loan in group for due in _due_days(loan.state, on, due_until)})
    ]
    return tuple(sorted(found, key=lambda bill: (bill.due_on, bill.bill_id)))


def standing(
    lines: Sequence[BillLine], owed_minor: Mapping[tuple[UUID, int], int], *, payable_until: date, on: date
) -> tuple[BillStanding, int]:
    """How a bill stands on a day, and what is left of it, given what its instalments now owe."""
    left = sum(owed_minor.get((line.loan_id, line.instalment), 0) for line in lines)
    if not left:
        return BillStanding.PAID, 0
    return (BillStanding.LATE if payable_until < on else BillStanding.OPEN), left


def _due_days(state: LoanState, from_on: date, until_on: date) -> set[date]:
    return {row.due_on for row in state.rows if from_on <= row.due_on <= until_on and row.outstanding.total}


def _bill(key: UUID, loans: Sequence[BilledLoan], *, on: date, due_on: date) -> Bill:
    lines = [
        BillLine(loan_id=loan.loan_id, instalment=row.number, due_on=row.due_on, parts=row.outstanding)
        for loan in loans
        for row in loan.state.rows
        if row.outstanding.total and (row.due_on == due_on or row.due_on < min(on, due_on))
    ]
    lines.sort(key=lambda line: (line.due_on, line.loan_id, line.instalment))
    return Bill(
        bill_id=uuid5(key, f"bill:{due_on.isoformat()}"),
        mode=loans[0].mode,
        billed_on=on,
        due_on=due_on,
        lines=tuple(lines),
    )
