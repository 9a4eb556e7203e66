"""Arrays in PostgreSQL's binary form, made in one pass: the usual way costs several times the posting they carry."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from struct import Struct, pack
from typing import Any, ClassVar
from uuid import UUID

from psycopg import adapters
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format

_HEAD = Struct(">iiiii")
_EMPTY = Struct(">iii")
_LENGTH = Struct(">i")
_ABSENT = _LENGTH.pack(-1)
_UUID_LENGTH = _LENGTH.pack(16)
_EPOCH = date(2000, 1, 1).toordinal()


class Packed:
    """One array, ready for the wire."""

    element_oid: ClassVar[int]
    __slots__ = ("content",)

    def __init__(self, body: bytes, count: int, *, has_absent: bool = False) -> None:
        if count:
            self.content = _HEAD.pack(1, has_absent, self.element_oid, count, 1) + body
        else:
            self.content = _EMPTY.pack(0, 0, self.element_oid)


class Int2s(Packed):
    """smallint[]"""

    element_oid = 21


class Int4s(Packed):
    """integer[]"""

    element_oid = 23


class Int8s(Packed):
    """bigint[]"""

    element_oid = 20


class Booleans(Packed):
    """boolean[]"""

    element_oid = 16


class Dates(Packed):
    """date[]"""

    element_oid = 1082


class Uuids(Packed):
    """uuid[]"""

    element_oid = 2950


class Texts(Packed):
    """text[]"""

    element_oid = 25


def _fixed(code: str, size: int, values: Sequence[int]) -> bytes:
    count = len(values)
    return pack(">" + f"i{code}" * count, *chain.from_iterable(zip((size,) * count, values, strict=True)))


def int2s(values: Sequence[int]) -> Int2s:
    """Whole numbers of 16 bits."""
    return Int2s(_fixed("h", 2, values), len(values))


def int4s(values: Sequence[int]) -> Int4s:
    """Whole numbers of 32 bits."""
    return Int4s(_fixed("i", 4, values), len(values))


def int8s(values: Sequence[int]) -> Int8s:
    """Whole numbers of 64 bits."""
    return Int8s(_fixed("q", 8, values), len(values))


def optional_int8s(values: Sequence[int | None]) -> Int8s:
    """Whole numbers of 64 bits, some of them absent."""
    body = b"".join(_ABSENT if value is None else pack(">iq", 8, value) for value in values)
    return Int8s(body, len(values), has_absent=None in values)


def booleans(values: Sequence[bool]) -> Booleans:
    """Truth values."""
    return Booleans(_fixed("b", 1, values), len(values))


def dates(values: Sequence[date]) -> Dates:
    """Days."""
    return Dates(_fixed("i", 4, [value.toordinal() - _EPOCH for value in values]), len(values))


def optional_dates(values: Sequence[date | None]) -> Dates:
    """Days, some of them absent."""
    body = b"".join(_ABSENT if value is None else pack(">ii", 4, value.toordinal() - _EPOCH) for value in values)
    return Dates(body, len(values), has_absent=None in values)


def uuids(values: Sequence[UUID]) -> Uuids:
    """Ids."""
    return Uuids(b"".join(chain.from_iterable((_UUID_LENGTH, value.bytes) for value in values)), len(values))


def uuids_of(values: Sequence[bytes]) -> Uuids:
    """Ids that are bytes already."""
    body = _UUID_LENGTH + _UUID_LENGTH.join(values) if values else b""
    return Uuids(body, len(values))


def optional_uuids(values: Sequence[UUID | None]) -> Uuids:
    """Ids, some of them absent."""
    body = b"".join(_ABSENT if value is None else _UUID_LENGTH + value.bytes for value in values)
    return Uuids(body, len(values), has_absent=None in values)


def texts(values: Iterable[str]) -> Texts:
    """Texts."""
    plain = [value.encode() for value in values]
    return Texts(b"".join(_LENGTH.pack(len(value)) + value for value in plain), len(plain))


class _PackedDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Any) -> Buffer:
        return obj.content


def _register(packed: type[Packed], array_oid: int) -> None:
    adapters.register_dumper(packed, type(f"{packed.__name__}Dumper", (_PackedDumper,), {"oid": array_oid}))


for _packed, _array_oid in (
    (Int2s, 1005),
    (Int4s, 1007),
    (Int8s, 1016),
    (Booleans, 1000),
    (Dates, 1182),
    (Uuids, 2951),
    (Texts, 1009),
):
    _register(_packed, _array_oid)
