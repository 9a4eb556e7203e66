"""The mainland mobile number: reading and mask."""

import re
from typing import ClassVar

from fenqi.core.refusal import Refusal

_SEPARATORS = re.compile(r"[\s\-]")
_FORM = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")


class MobileMalformed(Refusal):
    """The text is no mainland mobile number."""

    code: ClassVar[str] = "mobile_malformed"


def read_mobile(text: str) -> str:
    """The eleven digits of a mainland mobile number, without country code, blanks and hyphens.

    Raises: MobileMalformed.
    """
    match = _FORM.fullmatch(_SEPARATORS.sub("", text)) if text.isascii() else None
    if match is None:
        raise MobileMalformed(
            "this is not a mainland mobile number", allowed="11 digits from 13… to 19…, with or without +86"
        )
    return match.group(1)


def mask_mobile(mobile: str) -> str:
    """First three and last four digits: enough for its owner to recognise it."""
    return f"{mobile[:3]}****{mobile[-4:]}" if len(mobile) == 11 else "*" * len(mobile)
