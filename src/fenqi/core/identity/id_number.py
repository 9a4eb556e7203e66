"""The 18-place identity number: form, region, birth date, check digit, age, mask."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from fenqi.core.customer.profile import age_years
from fenqi.core.refusal import Kind, Refusal

_FORM = re.compile(r"[1-9][0-9]{16}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_FOREIGNER = "9"
_EARLIEST_BIRTH_YEAR = 1900
_SOURCE = "GB 11643-1999"
_SOURCE_FOREIGNER = "外国人永久居留身份证(2023 版)号码规则"

PROVINCES: dict[str, str] = {
    "11": "北京市",
    "12": "天津市",
    "13": "河北省",
    "14": "山西省",
    "15": "内蒙古自治区",
    "21": "辽宁省",
    "22": "吉林省",
    "23": "黑龙江省",
    "31": "上海市",
    "32": "江苏省",
    "33": "浙江省",
    "34": "安徽省",
    "35": "福建省",
    "36": "江西省",
    "37": "山东省",
    "41": "河南省",
    "42": "湖北省",
    "43": "湖南省",
    "44": "广东省",
    "45": "广西壮族自治区",
    "46": "海南省",
    "50": "重庆市",
    "51": "四川省",
    "52": "贵州省",
    "53": "云南省",
    "54": "西藏自治区",
    "61": "陕西省",
    "62": "甘肃省",
    "63": "青海省",
    "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区",
    "71": "台湾省",
    "81": "香港特别行政区",
    "82": "澳门特别行政区",
    "83": "台湾居民居住证",
}
"""First two digits of the region code (GB/T 2260); 81–83 are also those of the residence permits."""


class Holder(StrEnum):
    """Whom the document behind the number was issued to."""

    CITIZEN = "citizen"
    """Resident identity card."""
    COMPATRIOT = "compatriot"
    """Residence permit of a resident of Hong Kong, Macao or Taiwan (81–83)."""
    FOREIGNER = "foreigner"
    """Foreign permanent resident's identity card, first digit 9."""


class IdNumberMalformed(Refusal):
    """The text is not 17 digits and a check digit."""

    code: ClassVar[str] = "id_number_malformed"


class IdNumberRegionUnknown(Refusal):
    """No province has these digits."""

    code: ClassVar[str] = "id_number_region_unknown"


class IdNumberBirthDateImpossible(Refusal):
    """The digits 7–14 are no day on which a living person was born."""

    code: ClassVar[str] = "id_number_birth_date_impossible"


class IdNumberCheckDigitWrong(Refusal):
    """The last place does not follow from the others: a slip of the pen or an invented number."""

    code: ClassVar[str] = "id_number_check_digit_wrong"


class Underage(Refusal):
    """The person has no full civil capacity yet."""

    code: ClassVar[str] = "underage"
    kind: ClassVar[Kind] = Kind.RULE


@dataclass(frozen=True)
class IdNumber:
    """A number that has passed every check that needs no registry; sex is deliberately not read out of it."""

    number: str
    holder: Holder
    region: str
    born_on: date


def read_id_number(text: str, *, on: date) -> IdNumber:
    """Check an identity number and read what it says.

    A foreigner's number is 9, province of issue, country (three digits), birth date, sequence, check digit.

    Raises: IdNumberMalformed, IdNumberRegionUnknown, IdNumberBirthDateImpossible, IdNumberCheckDigitWrong.
    Source: GB 11643-1999 (check digit ISO 7064 MOD 11-2); permanent resident's card of 2023.
    """
    number = text.strip().upper()
    if _FORM.fullmatch(number) is None:
        raise IdNumberMalformed(
            "the identity number is not 18 places long or holds other characters",
            allowed="17 digits and a check digit (0-9 or X), the first not 0",
            source=_SOURCE,
        )
    holder = _holder_of(number)
    region = _region_of(number, holder)
    born_on = _born_on(number, on=on)
    expected = check_digit(number[:17])
    if number[17] != expected:
        raise IdNumberCheckDigitWrong(
            "the check digit does not follow from the first 17 digits",
            allowed="the 18 places as printed on the card",
            source=_SOURCE,
        )

    return IdNumber(number=number, holder=holder, region=region, born_on=born_on)


def check_digit(first_17: str) -> str:
    """The last place of an identity number that begins with these 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11]


def require_adult(born_on: date, *, on: date, years: int) -> None:
    """Refuse whoever has not completed the years on that day.

    Raises: Underage.
    Source: 民法典 art. 17-20.
    """
    if age_years(born_on, on=on) < years:
        raise Underage(
            "the applicant is not of age", allowed=f"{years} years completed on the day", source="民法典 art. 17-20"
        )


def mask_id_number(number: str) -> str:
    """First and last place, the rest hidden: neither region nor birth date can be read."""
    return number[:1] + "*" * (len(number) - 2) + number[-1:] if len(number) > 2 else "*" * len(number)


def _holder_of(number: str) -> Holder:
    if number[0] == _FOREIGNER:
        return Holder.FOREIGNER
    return Holder.COMPATRIOT if number[:2] in {"81", "82", "83"} else Holder.CITIZEN


def _region_of(number: str, holder: Holder) -> str:
    digits = number[1:3] if holder is Holder.FOREIGNER else number[:2]
    region = PROVINCES.get(digits)
    if region is None:
        raise IdNumberRegionUnknown(
            f"no province has the digits {digits}",
            allowed="a province code of GB/T 2260",
            source=_SOURCE_FOREIGNER if holder is Holder.FOREIGNER else _SOURCE,
        )
    return region


def _born_on(number: str, *, on: date) -> date:
    try:
        born_on = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        born_on = None
    if born_on is None or born_on.year < _EARLIEST_BIRTH_YEAR or born_on > on:
        raise IdNumberBirthDateImpossible(
            "the digits 7 to 14 are not a possible birth date",
            allowed=f"a calendar day from {_EARLIEST_BIRTH_YEAR}-01-01 to {on.isoformat()}",
            source=_SOURCE,
        )
    return born_on
