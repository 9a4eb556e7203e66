"""A stand-in for the credit bureau: people from a file, everybody else invented from the identity number."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec

from fenqi.core.decision.features import CreditRecord, MonthlyRecord, Standing
from fenqi.core.refusal import Unavailable
from fenqi.gateways.bureau.port import CreditEnquiry

PROVIDER = "stand-in 替身"
NO_RECORD, LATE_NOW, NO_ANSWER, DEEP_IN_DEBT = "900", "901", "902", "903"
"""Places 15–17 of an identity number that make the stand-in give an unwelcome answer."""

_YUAN = 100


@dataclass(frozen=True)
class KnownPerson:
    """What the stand-in was told to say of one person."""

    record: CreditRecord | None
    debt_minor: int
    monthly_debt_service_minor: int
    monthly_income_minor: int | None


class StandInBureau:
    """Says the same of the same person in the same month; every answer calls itself a stand-in's."""

    name = PROVIDER
    is_stand_in = True

    def __init__(self, *, known_in: Path | None = None) -> None:
        self._known_in = known_in
        self._known: Mapping[str, KnownPerson] = {}
        self._read_as: tuple[int, int] | None = None

    async def enquire(self, *, name: str, id_number: str, purpose: str, at: datetime) -> CreditEnquiry:
        """Answer from the file, else by the identity number.

        Raises: Unavailable for numbers with NO_ANSWER in places 15–17.
        """
        if self._known_in is not None:
            self._read_known(self._known_in)
        if id_number[14:17] == NO_ANSWER:
            raise Unavailable("the stand-in bureau does not answer for this number", retry=True)
        person = self._known.get(id_number) or _invent(id_number, on=at.date())
        told = "\0".join((name, id_number, purpose, at.isoformat())).encode()
        return CreditEnquiry(
            record=person.record,
            debt_minor=person.debt_minor,
            monthly_debt_service_minor=person.monthly_debt_service_minor,
            monthly_income_minor=person.monthly_income_minor,
            provider=PROVIDER,
            stand_in=True,
            reference=f"stand-in-{hashlib.sha256(told).hexdigest()[:16]}",
            observed_at=at,
        )

    def _read_known(self, path: Path) -> None:
        # In the event loop on purpose: asking for a file's age takes microseconds, handing it to a thread takes more.
        if not path.exists():
            return
        stat = path.stat()
        if (stat.st_mtime_ns, stat.st_size) != self._read_as:
            self._known = msgspec.json.decode(path.read_bytes(), type=dict[str, KnownPerson])
            self._read_as = (stat.st_mtime_ns, stat.st_size)


def write_known(path: Path, people: Mapping[str, KnownPerson]) -> None:
    """Tell the stand-in what to say of these identity numbers; a running one takes notice at the next enquiry."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(dict(people)))
    draft.replace(path)


def _invent(id_number: str, *, on: date) -> KnownPerson:
    drawn = hashlib.sha256(id_number.encode()).digest()
    income_minor = (4_000 + drawn[0] * 50) * _YUAN
    place = id_number[14:17]
    debt_share = 9 if place == DEEP_IN_DEBT else drawn[1] % 3
    return KnownPerson(
        record=None if place == NO_RECORD else _invent_record(drawn, on=on, late_now=place == LATE_NOW),
        debt_minor=income_minor * debt_share,
        monthly_debt_service_minor=income_minor * debt_share // 12,
        monthly_income_minor=income_minor,
    )


def _invent_record(drawn: bytes, *, on: date, late_now: bool) -> CreditRecord:
    limit_minor = (5_000 + drawn[2] * 150) * _YUAN
    months = tuple(
        _invent_month(drawn[3 + back], _months_before(on, back), limit_minor, late=late_now and back == 1)
        for back in (3, 2, 1)
    )
    return CreditRecord(limit_minor=limit_minor, months=months)


def _invent_month(drawn: int, month: date, limit_minor: int, *, late: bool) -> MonthlyRecord:
    bill_minor = limit_minor * (drawn % 45) // 100
    revolving = drawn % 7 == 0
    standing = Standing.REVOLVING if revolving else Standing.PAID_IN_FULL if bill_minor else Standing.UNUSED
    return MonthlyRecord(
        month=month,
        bill_minor=bill_minor,
        paid_minor=0 if late else bill_minor // 5 if revolving else bill_minor,
        standing=Standing.LATE if late else standing,
        months_late=1 if late else 0,
    )


def _months_before(on: date, back: int) -> date:
    months = on.year * 12 + on.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
