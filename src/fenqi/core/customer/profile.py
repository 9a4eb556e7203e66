"""Who the customer is: the real name, its form and its mask, and the age on a day."""

import re
import unicodedata
from datetime import date
from typing import ClassVar

from fenqi.core.refusal import Refusal

NAME_LENGTH_MAX = 50
_FORM = re.compile(r"[^\W\d_]+(?:[·. '\-][^\W\d_]+)*\.?")
_MIDDLE_DOTS = str.maketrans({"•": "·", "・": "·", "‧": "·", "․": "·"})


class NameMalformed(Refusal):
    """The text cannot be the name on an identity document."""

    code: ClassVar[str] = "name_malformed"


def read_name(text: str) -> str:
    """The name as on the identity document: composed characters, one kind of middle dot, single blanks.

    Raises: NameMalformed.
    """
    name = " ".join(unicodedata.normalize("NFC", text).translate(_MIDDLE_DOTS).split())
    if not 2 <= len(name) <= NAME_LENGTH_MAX or _FORM.fullmatch(name) is None:
        raise NameMalformed(
            "this is not a name as it stands on an identity document",
            allowed=f"2 to {NAME_LENGTH_MAX} letters or characters, joined by a middle dot, blank or hyphen",
        )
    return name


def mask_name(name: str) -> str:
    """Only the last character is shown."""
    return "*" * (len(name) - 1) + name[-1:] if len(name) > 1 else "*" * len(name)


def age_years(born_on: date, *, on: date) -> int:
    """Completed years of life; who was born on 29 February completes one on 1 March of a common year."""
    before_birthday = (on.month, on.day) < (born_on.month, born_on.day)
    return on.year - born_on.year - before_birthday
