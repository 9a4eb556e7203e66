"""Repeat micro-loans with their earlier loans: will the next one go bad, told by how the ones before it went."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fenqi.learning.contract import DatasetAltered

DAY_SECONDS = 86_400
LAST = 3
"""How many of the latest loans are looked at by themselves."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MicroLoan:
    """One loan; a current one has an outcome and is not closed, an earlier one is closed and has its days of payment.

    Units: money in naira; `first_late_days` from the first due day to the first payment, negative when early.
    """

    customer: str
    number: int
    approved_at: datetime
    amount: float
    due: float
    term_days: int
    is_referred: bool
    closed_at: datetime | None
    first_late_days: int
    went_bad: bool | None

    @property
    def closed_late_days(self) -> int:
        """Days from the end of the term to the day on which it was closed, negative when early."""
        assert self.closed_at is not None
        return (self.closed_at.date() - self.approved_at.date()).days - self.term_days


@dataclass(frozen=True)
class LoanSample:
    """Loans by columns of what was known when each was approved.

    Shapes: one entry a loan in each column; `outcomes` has one too.
    """

    loans: tuple[MicroLoan, ...]
    columns: dict[str, Floats]
    outcomes: NDArray[np.bool_]

    def part(self, keep: Sequence[bool]) -> "LoanSample":
        """Keep the loans that are marked."""
        marks = np.array(keep, dtype=np.bool_)
        loans = tuple(loan for loan, kept in zip(self.loans, keep, strict=True) if kept)
        return LoanSample(loans, {name: column[marks] for name, column in self.columns.items()}, self.outcomes[marks])


def read_loans(current: Path, earlier: Path) -> tuple[MicroLoan, ...]:
    """Read both files, current loans and earlier ones, in the order of approval.

    Raises: DatasetAltered if a row cannot be read.
    """
    try:
        found = [_loan(row) for path in (current, earlier) for row in _rows(path)]
    except (KeyError, ValueError) as error:
        raise DatasetAltered(f"a loan cannot be read: {error}", allowed="the columns of the published files") from error
    return tuple(sorted(found, key=lambda loan: (loan.approved_at, loan.customer, loan.number)))


def sample_loans(loans: Iterable[MicroLoan]) -> LoanSample:
    """Every loan beside what its customer's loans closed before it tell.

    The outcome of a current loan is the publisher's; an earlier loan went bad if it was closed after its term.
    """
    by_customer: dict[str, list[MicroLoan]] = {}
    chosen = tuple(loans)
    rows: list[dict[str, float]] = []
    for loan in chosen:
        past = by_customer.setdefault(loan.customer, [])
        closed = [one for one in past if one.closed_at is not None and one.closed_at <= loan.approved_at]
        rows.append(_features(loan, closed))
        past.append(loan)
    columns = {name: np.array([row.get(name, np.nan) for row in rows]) for name in max(rows, key=len)}
    return LoanSample(chosen, columns, np.array([_went_bad(loan) for loan in chosen], dtype=np.bool_))


def _went_bad(loan: MicroLoan) -> bool:
    return loan.closed_late_days > 0 if loan.went_bad is None else loan.went_bad


def _features(loan: MicroLoan, closed: list[MicroLoan]) -> dict[str, float]:
    own = {
        "loan_number": float(loan.number),
        "amount": loan.amount,
        "term_days": float(loan.term_days),
        "cost_share": loan.due / loan.amount - 1,
        "is_referred": float(loan.is_referred),
        "loans_closed": float(len(closed)),
    }
    if not closed:
        return own
    last = closed[-1]
    firsts = np.array([one.first_late_days for one in closed], dtype=float)
    ends = np.array([one.closed_late_days for one in closed], dtype=float)
    known_days = (loan.approved_at - closed[0].approved_at).days
    return {
        **own,
        **_late("first_payment", firsts),
        **_late("closing", ends),
        "closed_days_ago": (loan.approved_at - max(_closed(one) for one in closed)).total_seconds() / DAY_SECONDS,
        "known_days": float(known_days),
        "loans_a_day": len(closed) / max(known_days, 1),
        "amount_of_last": loan.amount / last.amount,
        "amount_of_highest": loan.amount / max(one.amount for one in closed),
        "last_term_days": float(last.term_days),
        "last_term_used": (_closed(last) - last.approved_at).days / last.term_days,
        "terms_used": float(np.mean([(_closed(one) - one.approved_at).days / one.term_days for one in closed])),
    }


def _late(name: str, days: Floats) -> dict[str, float]:
    return {
        f"{name}_late_days_last": float(days[-1]),
        f"{name}_late_days_last_{LAST}": float(days[-LAST:].mean()),
        f"{name}_late_days_mean": float(days.mean()),
        f"{name}_late_days_highest": float(days.max()),
        f"{name}_late_days_spread": float(days.std()),
        f"{name}_late_share": float((days > 0).mean()),
    }


def _closed(loan: MicroLoan) -> datetime:
    assert loan.closed_at is not None
    return loan.closed_at


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _loan(row: dict[str, str]) -> MicroLoan:
    is_closed = "closeddate" in row
    first = (_instant(row["firstrepaiddate"]).date() - _instant(row["firstduedate"]).date()).days if is_closed else 0
    return MicroLoan(
        customer=row["customerid"],
        number=int(row["loannumber"]),
        approved_at=_instant(row["approveddate"]),
        amount=float(row["loanamount"]),
        due=float(row["totaldue"]),
        term_days=int(row["termdays"]),
        is_referred=bool(row["referredby"]),
        closed_at=_instant(row["closeddate"]) if is_closed else None,
        first_late_days=first,
        went_bad=None if is_closed else row["good_bad_flag"] == "Bad",
    )


def _instant(text: str) -> datetime:
    """An instant of the files, which name no zone: read as UTC, since only the time between two of them counts."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
