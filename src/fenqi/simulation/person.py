"""Invented people: a name, an identity number with a right check digit, a phone. Nobody real."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from fenqi.core.identity.id_number import check_digit

# fmt: off
_FAMILY = {
    "王": "Wang", "李": "Li", "张": "Zhang", "刘": "Liu", "陈": "Chen", "杨": "Yang", "赵": "Zhao", "黄": "Huang",
    "周": "Zhou", "吴": "Wu", "徐": "Xu", "孙": "Sun", "胡": "Hu", "朱": "Zhu", "高": "Gao", "林": "Lin",
    "何": "He", "郭": "Guo", "马": "Ma", "罗": "Luo",
}
_GIVEN = {
    "伟": "wei", "芳": "fang", "娜": "na", "敏": "min", "静": "jing", "丽": "li", "强": "qiang", "磊": "lei",
    "军": "jun", "洋": "yang", "勇": "yong", "艳": "yan", "杰": "jie", "娟": "juan", "涛": "tao", "明": "ming",
    "超": "chao", "秀": "xiu", "霞": "xia", "平": "ping", "刚": "gang", "桂": "gui", "英": "ying", "华": "hua",
    "玉": "yu", "兰": "lan", "红": "hong", "建": "jian", "国": "guo",
}
# fmt: on
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


def spelt(name: str) -> str:
    """An invented name in Latin letters: 张涛洋 is Zhang Taoyang."""
    family, *given = name
    return f"{_FAMILY[family]} {''.join(_GIVEN[character] for character in given).capitalize()}"


def invent(number: int, *, seed: int) -> Person:
    """The same person for the same number and seed; different numbers have different phones and identities."""
    digest = hashlib.sha256(f"{seed}:person:{number}".encode()).digest()
    family, given = tuple(_FAMILY), tuple(_GIVEN)
    name = family[digest[0] % len(family)] + given[digest[1] % len(given)] + given[digest[2] % len(given)]
    birth_on = _YOUNGEST_BORN_ON - timedelta(days=int.from_bytes(digest[3:6], "big") % _BIRTH_SPAN_DAYS)
    region = _REGIONS[number // _UNANSWERED_TO % len(_REGIONS)]
    first_17 = f"{region}{birth_on:%Y%m%d}{number % _UNANSWERED_TO:03}"
    prefix, ending = divmod(number, 9_000)
    mobile = f"139{prefix:04}{_PLAIN_ENDING_FROM + ending:04}"
    return Person(name=name, id_number=first_17 + check_digit(first_17), mobile=mobile)
