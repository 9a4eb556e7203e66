"""Invented people: a name, an identity number with a right check digit, a phone. Nobody real."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from fenqi.core.identity.id_number import check_digit

_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国"
_REGIONS = ("110105", "310115", "440305", "330106", "320102", "510104", "420106", "610113")
_UNANSWERED_TO = 900
"""Places 15 to 17 of an identity number from here on make the stand-in bureau behave oddly."""
_YOUNGEST_BORN_ON = date(2004, 12, 31)
_BIRTH_SPAN_DAYS = 35 * 365
_PLAIN_ENDING_FROM = 1000
"""The last four digits of a phone below this make stand-ins behave oddly."""


@dataclass(frozen=True)
class Person:
    """Who the demo sends to the checkout."""

    name: str
    id_number: str
    mobile: str


def invent(number: int, *, seed: int) -> Person:
    """The same person for the same number and seed; different numbers have different phones and identities."""
    digest = hashlib.sha256(f"{seed}:person:{number}".encode()).digest()
    name = _FAMILY[digest[0] % len(_FAMILY)] + _GIVEN[digest[1] % len(_GIVEN)] + _GIVEN[digest[2] % len(_GIVEN)]
    birth_on = _YOUNGEST_BORN_ON - timedelta(days=int.from_bytes(digest[3:6], "big") % _BIRTH_SPAN_DAYS)
    region = _REGIONS[number // _UNANSWERED_TO % len(_REGIONS)]
    first_17 = f"{region}{birth_on:%Y%m%d}{number % _UNANSWERED_TO:03}"
    prefix, ending = divmod(number, 9_000)
    mobile = f"139{prefix:04}{_PLAIN_ENDING_FROM + ending:04}"
    return Person(name=name, id_number=first_17 + check_digit(first_17), mobile=mobile)
