"""One text for one value: the JSON that is hashed, signed and compared."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeAlias, cast

from fenqi.core.refusal import Refusal

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"


class NotCanonical(Refusal):
    """The value has no single text: a fraction, or something that is no JSON."""

    code: ClassVar[str] = "json_not_canonical"


def canonical_json(value: Json) -> bytes:
    """The value as JSON with sorted keys, no spaces and no escapes beyond the necessary, in UTF-8.

    Fractions are refused rather than printed: money is whole minor units and a rate travels as text.

    Raises: NotCanonical.
    Source: RFC 8785, for the values that both can write.
    """
    _require_canonical(value)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("half of a surrogate pair stands alone in a text", allowed="valid Unicode") from error


def canonical_hash(value: Json) -> bytes:
    """SHA-256 of the value's canonical text."""
    return hashlib.sha256(canonical_json(value)).digest()


def _require_canonical(value: object) -> None:
    if isinstance(value, Mapping):
        for key, part in cast("Mapping[object, object]", value).items():
            if not isinstance(key, str):
                raise NotCanonical("a member's name is no text", allowed="names that are text")
            _require_canonical(part)
    elif isinstance(value, list | tuple):
        for part in cast("list[object]", value):
            _require_canonical(part)
    elif not (value is None or isinstance(value, str | int)):
        raise NotCanonical(
            f"{type(value).__name__} has no canonical text", allowed="text, whole number, true, false, null"
        )
