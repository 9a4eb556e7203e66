"""The settlement file: CSV rows named by their first column, totals, and a digest of all before it.

file,1,CHANNEL,NOTE,DAY               once; NOTE is empty for a real channel
columns,order_id,kind,…               once
line,ORDER,KIND,MINOR,CURRENCY,…      one a payment
total,CURRENCY,COUNT,DEBIT,REFUND,PAYOUT   one a currency, in the alphabet's order
end,COUNT,SHA256                      once, last
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar
from uuid import UUID

from fenqi.core.merchant.payment_order import PaymentKind
from fenqi.core.merchant.reconciliation import SettledDay, SettledLine
from fenqi.core.refusal import Kind, Refusal

VERSION = "1"
COLUMNS = ("order_id", "kind", "amount_minor", "currency", "channel_reference", "account", "reference")


class SettlementFileCut(Refusal):
    """The file does not end with its last row, or rows of it are missing."""

    code: ClassVar[str] = "settlement_file_cut"


class SettlementFileTampered(Refusal):
    """The digest is not that of the rows before it."""

    code: ClassVar[str] = "settlement_file_tampered"


class SettlementFileUnreadable(Refusal):
    """A row is not what the format says."""

    code: ClassVar[str] = "settlement_file_unreadable"


class SettlementLineDuplicated(Refusal):
    """The same order stands in the file twice."""

    code: ClassVar[str] = "settlement_line_duplicated"
    kind: ClassVar[Kind] = Kind.CONFLICT


class SettlementTotalsDiffer(Refusal):
    """The totals are not those of the lines."""

    code: ClassVar[str] = "settlement_totals_differ"
    kind: ClassVar[Kind] = Kind.CONFLICT


def write_settlement(lines: Iterable[SettledLine], *, settled_on: date, channel: str, note: str) -> bytes:
    """The file of one day.

    Raises: ValueError if a text has control characters, which no reader of CSV agrees about.
    """
    written = tuple(lines)
    if not all(cell.isprintable() for line in written for cell in _cells(line)):
        raise ValueError("a settlement file holds printable characters only")
    rows: list[Sequence[str]] = [("file", VERSION, channel, note, settled_on.isoformat()), ("columns", *COLUMNS)]
    rows.extend(("line", *_cells(line)) for line in written)
    rows.extend(_totals(written))
    content = _csv(rows)
    return content + _csv([("end", str(len(written)), hashlib.sha256(content).hexdigest())])


def parse_settlement(content: bytes) -> SettledDay:
    """Read a file and hold it against its own digest, count and totals.

    Raises: SettlementFileCut, SettlementFileTampered, SettlementFileUnreadable, SettlementLineDuplicated,
    SettlementTotalsDiffer; nothing of such a file is to be used.
    """
    line_count = _require_whole(content)
    rows = _rows(content)
    head = _one(rows, "file", 5)
    if head[1] != VERSION or tuple(_one(rows, "columns", 1 + len(COLUMNS))[1:]) != COLUMNS:
        raise SettlementFileUnreadable("another version of the file", allowed=f"version {VERSION}")
    lines = tuple(_line(row) for row in rows if row[0] == "line")
    if len(lines) != line_count:
        raise SettlementFileCut(f"{len(lines)} lines where {line_count} are announced", allowed="the whole file")
    _require_distinct(lines)
    if [tuple(row) for row in rows if row[0] == "total"] != list(_totals(lines)):
        raise SettlementTotalsDiffer("the totals are not those of the lines", allowed="totals of the lines above")
    try:
        settled_on = date.fromisoformat(head[4])
    except ValueError as error:
        raise SettlementFileUnreadable(f"{head[4]!r} is no day", allowed="YYYY-MM-DD") from error
    digest = hashlib.sha256(content).hexdigest()
    return SettledDay(settled_on, channel=head[2], is_stand_in=bool(head[3]), lines=lines, file_sha256=digest)


def _require_whole(content: bytes) -> int:
    """The number of lines that the last row announces, if that row is there and its digest holds."""
    before, newline, last = content.removesuffix(b"\n").rpartition(b"\n")
    cells = last.decode("utf-8", errors="replace").split(",")
    if not content.endswith(b"\n") or len(cells) != 3 or cells[0] != "end" or not cells[1].isdecimal():
        raise SettlementFileCut("the file does not end with its last row", allowed="the whole file")
    if hashlib.sha256(before + newline).hexdigest() != cells[2]:
        raise SettlementFileTampered("the digest is not that of the rows", allowed=f"sha256 {cells[2]}")
    return int(cells[1])


def _rows(content: bytes) -> list[list[str]]:
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise SettlementFileUnreadable(f"the file is no CSV: {error}", allowed="CSV in UTF-8") from error
    unknown = {row[0] if row else "" for row in rows} - {"file", "columns", "line", "total", "end"}
    if unknown:
        raise SettlementFileUnreadable(f"rows of an unknown name: {sorted(unknown)}", allowed="file, line, total, end")
    return rows


def _one(rows: list[list[str]], name: str, cell_count: int) -> list[str]:
    found = [row for row in rows if row[0] == name]
    if len(found) != 1 or len(found[0]) != cell_count:
        raise SettlementFileUnreadable(f"not one row {name!r} of {cell_count} cells", allowed="exactly one")
    return found[0]


def _line(row: list[str]) -> SettledLine:
    try:
        _, order_id, kind, amount, currency, channel_reference, account, reference = row
        line = SettledLine(
            order_id=UUID(order_id),
            kind=PaymentKind(kind),
            amount_minor=int(amount),
            currency=currency,
            channel_reference=channel_reference,
            account=account,
            reference=reference,
        )
    except ValueError as error:
        raise SettlementFileUnreadable(f"a line cannot be read: {error}", allowed=", ".join(COLUMNS)) from error
    if line.amount_minor <= 0 or tuple(row[1:]) != _cells(line) or not "".join(row).isprintable():
        raise SettlementFileUnreadable("a line is not written as the format says", allowed=", ".join(COLUMNS))
    return line


def _require_distinct(lines: tuple[SettledLine, ...]) -> None:
    seen: set[UUID] = set()
    for line in lines:
        if line.order_id in seen:
            raise SettlementLineDuplicated(f"order {line.order_id} stands there twice", allowed="each order once")
        seen.add(line.order_id)


def _cells(line: SettledLine) -> tuple[str, ...]:
    return (
        str(line.order_id),
        str(line.kind),
        str(line.amount_minor),
        line.currency,
        line.channel_reference,
        line.account,
        line.reference,
    )


def _totals(lines: tuple[SettledLine, ...]) -> Iterable[tuple[str, ...]]:
    for currency in sorted({line.currency for line in lines}):
        own = [line for line in lines if line.currency == currency]
        sums = (str(sum(line.amount_minor for line in own if line.kind is kind)) for kind in PaymentKind)
        yield ("total", currency, str(len(own)), *sums)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
