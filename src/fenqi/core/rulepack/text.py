"""Texts put before people: versioned templates in two languages, and what rendering one gives."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from jinja2 import StrictUndefined, Template, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from fenqi.core.refusal import Broken, Kind, Refusal

LANGUAGES = ("zh-CN", "en")
"""The first is the one that binds."""


class TextUnknown(Refusal):
    """No text has this name, version and language."""

    code: ClassVar[str] = "text_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class TextValueMissing(Broken):
    """A template asks for a value that it was not given: a gap must never reach a borrower."""


@dataclass(frozen=True)
class Text:
    """One version of a text in one language; `body` is a template."""

    name: str
    version: int
    language: str
    media_type: str
    body: str


@dataclass(frozen=True)
class Rendered:
    """A text as somebody saw it; the hash is of exactly these bytes."""

    name: str
    version: int
    language: str
    media_type: str
    content: bytes
    sha256: str


class Texts:
    """Every version of every text."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self._texts = {(text.name, text.version, text.language): text for text in texts}

    def all(self) -> tuple[Text, ...]:
        """Every text, ordered by name, version and language."""
        return tuple(self._texts[key] for key in sorted(self._texts))

    def latest(self, name: str, *, language: str) -> Text:
        """The newest version.

        Raises: TextUnknown.
        """
        versions = [version for known, version, spoken in self._texts if (known, spoken) == (name, language)]
        return self.find(name, version=max(versions, default=0), language=language)

    def find(self, name: str, *, version: int, language: str) -> Text:
        """One version, for as long as anybody may have signed it.

        Raises: TextUnknown.
        """
        text = self._texts.get((name, version, language))
        if text is None:
            raise TextUnknown(
                f"there is no text {name}, version {version}, in {language}", allowed=", ".join(LANGUAGES)
            )
        return text


def render(text: Text, values: Mapping[str, object]) -> Rendered:
    """Fill a text in; in HTML every value is escaped.

    Raises: TextValueMissing.
    """
    try:
        filled = _template(text.body, html=text.media_type == "text/html").render(values)
    except UndefinedError as error:
        raise TextValueMissing(f"text {text.name}, version {text.version}, {text.language}: {error}") from error
    content = filled.encode()
    return Rendered(
        name=text.name,
        version=text.version,
        language=text.language,
        media_type=text.media_type,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )


@lru_cache(maxsize=256)
def _template(body: str, *, html: bool) -> Template:
    environment = ImmutableSandboxedEnvironment(
        autoescape=html, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    return environment.from_string(body)
