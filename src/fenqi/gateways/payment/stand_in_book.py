"""The stand-in's own book: append-only lines that outlive any crash of ours, as a bank's would."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

import msgspec

from fenqi.core.merchant.payment_order import Outcome, PaymentOrder
from fenqi.gateways.payment.stand_in_conduct import Conduct

STAND_IN = "替身 stand-in"


class Booked(msgspec.Struct, frozen=True, tag="booked", tag_field="line"):
    """An order that reached the stand-in, and what became of it."""

    order: PaymentOrder
    conduct: Conduct
    channel_reference: str
    note: str = STAND_IN

    @property
    def is_settled(self) -> bool:
        """Whether money moved."""
        return self.conduct.truth is Outcome.SUCCEEDED

    @property
    def settled_on(self) -> date:
        """The day of the file in which it stands, if money moved."""
        return self.order.requested_on + timedelta(days=self.conduct.settles_after_days)


class Lost(msgspec.Struct, frozen=True, tag="lost", tag_field="line"):
    """An order that vanished on its way once."""

    order_id: UUID
    note: str = STAND_IN


class Asked(msgspec.Struct, frozen=True, tag="asked", tag_field="line"):
    """A query about a booked order."""

    order_id: UUID
    note: str = STAND_IN


class Noticed(msgspec.Struct, frozen=True, tag="noticed", tag_field="line"):
    """A notice that was delivered."""

    order_id: UUID
    note: str = STAND_IN


class Conducted(msgspec.Struct, frozen=True, tag="conducted", tag_field="line"):
    """An account's conduct was set, in place of what its token says."""

    account_token: str
    conduct: Conduct
    note: str = STAND_IN


Line: TypeAlias = Booked | Lost | Asked | Noticed | Conducted


class Pages:
    """What the lines written so far amount to."""

    def __init__(self) -> None:
        self.booked: dict[UUID, Booked] = {}
        self.settled_by_day: dict[date, list[Booked]] = {}
        self.refunded_minor: dict[UUID, int] = {}
        self.lost: set[UUID] = set()
        self.asked_count: dict[UUID, int] = {}
        self.noticed: set[UUID] = set()
        self.conducts: dict[str, Conduct] = {}

    def turn(self, line: Line) -> None:
        """Take one more line in."""
        match line:
            case Booked():
                self._book(line)
            case Lost():
                self.lost.add(line.order_id)
            case Asked():
                self.asked_count[line.order_id] = self.asked_count.get(line.order_id, 0) + 1
            case Noticed():
                self.noticed.add(line.order_id)
            case Conducted():
                self.conducts[line.account_token] = line.conduct

    def _book(self, line: Booked) -> None:
        order = line.order
        self.booked[order.order_id] = line
        if not line.is_settled:
            return
        self.settled_by_day.setdefault(line.settled_on, []).append(line)
        if order.original_order_id is not None:
            before = self.refunded_minor.get(order.original_order_id, 0)
            self.refunded_minor[order.original_order_id] = before + order.amount_minor


class Book:
    """The pages, and the file that they are read from; without a path the book lives as long as the process.

    Several processes may share one file: each takes the lock, reads what the others wrote, then writes.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._pages = Pages()
        self._read_bytes = 0
        self._decoder = msgspec.json.Decoder(Line)

    @contextmanager
    def opened(self) -> Generator["Writing", None, None]:
        """The book, up to date and locked against others."""
        if self._path is None:
            yield Writing(self._pages, file=None)
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        writing = Writing(self._pages, file=file)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            self._catch_up(file)
            yield writing
        finally:
            self._read_bytes += writing.written_bytes
            os.close(file)

    def _catch_up(self, file: int) -> None:
        """Read what was written since; a last line cut short by a crash was never answered and is dropped."""
        size = os.fstat(file).st_size
        news = os.pread(file, size - self._read_bytes, self._read_bytes)
        whole = news[: news.rfind(b"\n") + 1]
        if len(whole) < len(news):
            os.ftruncate(file, self._read_bytes + len(whole))
        for line in whole.splitlines():
            self._pages.turn(self._decoder.decode(line))
        self._read_bytes += len(whole)


class Writing:
    """The book while it is open: what it says, and a pen."""

    def __init__(self, pages: Pages, *, file: int | None) -> None:
        self.pages = pages
        self.written_bytes = 0
        self._file = file

    def write(self, line: Line) -> None:
        """Write one line down, then take it in."""
        if self._file is not None:
            text = msgspec.json.encode(line) + b"\n"
            os.write(self._file, text)
            self.written_bytes += len(text)
        self.pages.turn(line)
