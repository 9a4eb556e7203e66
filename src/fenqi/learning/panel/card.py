"""The card panel: what each account's status was in each month, and what its holder had applied with."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fenqi.learning.contract import DatasetAltered

UNSEEN, NO_LOAN, CLOSED, LATE_30 = -3, -2, -1, 1
"""No row for the month; nothing borrowed in it; closed; from 1 on 30 days late or more, each step 30 days."""
STATUSES = ("0", "1", "2", "3", "4", "5", "C", "X")
"""As the file spells them: 0 is up to 29 days late, 5 at least 150 or written off, C closed, X no loan."""
FIRST_MONTH = -60
MONTHS = 1 - FIRST_MONTH
_NUMBERS = ("cnt_", "amt_", "days_")
"""How the names of columns begin that are numbers; all others are words."""

Statuses = NDArray[np.int8]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Applications:
    """What was known at application; words as the rank of their spelling, NaN where unknown.

    Shapes: `values` (accounts, columns).
    """

    names: tuple[str, ...]
    values: Floats


@dataclass(frozen=True)
class CardPanel:
    """Accounts by month, the oldest month first; `borrowers` numbers who holds an account.

    Accounts are held by the same borrower if their applications agree in everything; one without an application has a
    borrower of its own.

    Shapes: `statuses` (accounts, MONTHS); the others one entry an account.
    """

    accounts: NDArray[np.int64]
    statuses: Statuses
    borrowers: NDArray[np.int64]
    applications: Applications

    def month(self, month: int) -> Statuses:
        """The status of every account in a month, the last one of the panel being 0."""
        return self.statuses[:, month - FIRST_MONTH]

    def months(self, begin: int, end: int) -> Statuses:
        """The statuses from one month up to, and without, another."""
        return self.statuses[:, begin - FIRST_MONTH : end - FIRST_MONTH]


def read_panel(credit_record: Path, application_record: Path) -> CardPanel:
    """Read both zipped files.

    Raises: DatasetAltered if they are not the tables of the panel.
    """
    return panel_of(unpacked(credit_record), unpacked(application_record))


def panel_of(credit_record: bytes, application_record: bytes) -> CardPanel:
    """Build the panel from both tables as CSV; of two applications for an account the first counts.

    Raises: DatasetAltered if a row has a month or a status that the panel does not know.
    """
    accounts, statuses = read_statuses(credit_record)
    place_of = {str(account).encode(): place for place, account in enumerate(accounts.tolist())}
    head, *lines = application_record.splitlines()
    found: dict[int, list[str]] = {}
    for line in lines:
        place = place_of.get(line[: line.find(b",")])
        if place is not None and place not in found:
            found[place] = line.decode().split(",")[1:]
    names = tuple(head.decode().lower().split(",")[1:])
    return CardPanel(
        accounts, statuses, _borrowers(found, count=len(accounts)), _applications(names, found, count=len(accounts))
    )


def read_statuses(credit_record: bytes) -> tuple[NDArray[np.int64], Statuses]:
    """The accounts of the credit record, by number, and their statuses by month.

    Raises: DatasetAltered.
    """
    for spelling, code in ((b"X", NO_LOAN), (b"C", CLOSED)):
        credit_record = credit_record.replace(b"," + spelling, f",{code}".encode())
    lines = credit_record.splitlines()[1:]
    try:
        table = np.loadtxt(lines, delimiter=",", dtype=np.int64, ndmin=2) if lines else np.empty((0, 3), dtype=np.int64)
    except ValueError as error:
        raise DatasetAltered(f"a row cannot be read: {error}", allowed="an account, a month, a status") from error
    if table.shape[1] != 3:
        raise DatasetAltered(f"rows have {table.shape[1]} columns", allowed="an account, a month, a status")
    _hold_range(table[:, 1], FIRST_MONTH, 0, what="month")
    _hold_range(table[:, 2], NO_LOAN, 5, what="status")
    accounts, places = np.unique(table[:, 0], return_inverse=True)
    statuses = np.full((len(accounts), MONTHS), UNSEEN, dtype=np.int8)
    statuses[places, table[:, 1] - FIRST_MONTH] = table[:, 2]
    return accounts, statuses


def _hold_range(values: NDArray[np.int64], lowest: int, highest: int, *, what: str) -> None:
    wrong = values[(values < lowest) | (values > highest)]
    if len(wrong):
        raise DatasetAltered(f"a row has the {what} {wrong[0]}", allowed=f"{lowest} to {highest}")


def unpacked(path: Path) -> bytes:
    """The one file inside a zip file.

    Raises: DatasetAltered if it is no zip file.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            return packed.read(packed.namelist()[0])
    except zipfile.BadZipFile as error:
        raise DatasetAltered(f"{path} is not a zip file", allowed="the file as it is published") from error


def _borrowers(found: dict[int, list[str]], *, count: int) -> NDArray[np.int64]:
    numbers: dict[tuple[str, ...], int] = {}
    borrowers = np.arange(count, count * 2)
    for place, line in found.items():
        borrowers[place] = numbers.setdefault(tuple(line), len(numbers))
    return borrowers


def _applications(names: tuple[str, ...], found: dict[int, list[str]], *, count: int) -> Applications:
    values = np.full((count, len(names)), np.nan)
    places = list(found)
    for column, name in enumerate(names):
        texts = [found[place][column] for place in places]
        values[places, column] = _column(texts, is_number=name.startswith(_NUMBERS))
    return Applications(names, values)


def _column(texts: Sequence[str], *, is_number: bool) -> Floats:
    if is_number:
        return np.array([float(text) if text else np.nan for text in texts])
    ranks = {text: float(rank) for rank, text in enumerate(sorted({text for text in texts if text}))}
    return np.array([ranks.get(text, np.nan) for text in texts])
