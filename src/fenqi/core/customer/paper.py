"""What a customer may hand in to prove something: pictures and PDF, told by their first bytes."""

import base64
from dataclasses import dataclass
from typing import ClassVar

from fenqi.core.refusal import Kind, Refusal

BYTES_MAX = 700_000
PAPERS_MAX = 10
"""For one request or complaint."""
_BEGINS = {"application/pdf": b"%PDF-", "image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


class PaperUnreadable(Refusal):
    """It is no picture and no PDF, or not what it says it is."""

    code: ClassVar[str] = "paper_unreadable"


class PaperTooLarge(Refusal):
    """The paper is larger than we keep."""

    code: ClassVar[str] = "paper_too_large"
    kind: ClassVar[Kind] = Kind.TOO_LARGE


class PapersTooMany(Refusal):
    """As many papers as can be handed in are there."""

    code: ClassVar[str] = "papers_too_many"
    kind: ClassVar[Kind] = Kind.TOO_MANY


@dataclass(frozen=True)
class ReadPaper:
    """A paper whose bytes are of the kind that it says."""

    name: str
    media_type: str
    content: bytes


def read_paper(*, name: str, media_type: str, content_base64: str) -> ReadPaper:
    """A paper as it came in a request.

    Raises: PaperUnreadable, PaperTooLarge.
    """
    begins = _BEGINS.get(media_type)
    if begins is None:
        raise PaperUnreadable(f"a paper of type {media_type}", allowed=", ".join(sorted(_BEGINS)))
    try:
        content = base64.b64decode(content_base64, validate=True)
    except ValueError as unreadable:
        raise PaperUnreadable("the content is no base64", allowed="base64 of the file") from unreadable
    if len(content) > BYTES_MAX:
        raise PaperTooLarge(f"{len(content)} bytes", allowed=f"at most {BYTES_MAX} bytes")
    if not content.startswith(begins):
        raise PaperUnreadable(f"the bytes are not those of {media_type}", allowed=", ".join(sorted(_BEGINS)))
    return ReadPaper(name, media_type, content)
