"""A merchant's API key: made once, shown once, stored as a digest."""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal

PREFIX = "fq_"
RANDOM_BYTES = 32
_KEY = re.compile(r"fq_[A-Za-z0-9_-]{43}")
_AUTHORIZATION = re.compile(r"bearer +(\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class ApiKey:
    """A key as it is stored."""

    api_key_id: UUID
    merchant_id: UUID
    key_hash: bytes
    revoked_at: datetime | None = None


class ApiKeyMissing(Refusal):
    """The request carries no key."""

    code: ClassVar[str] = "api_key_missing"
    kind: ClassVar[Kind] = Kind.UNAUTHENTICATED


class ApiKeyInvalid(Refusal):
    """The key is malformed, unknown or revoked; which of them is not said."""

    code: ClassVar[str] = "api_key_invalid"
    kind: ClassVar[Kind] = Kind.UNAUTHENTICATED


def api_key_of(random: bytes) -> str:
    """The key out of 32 random bytes: a prefix by which a leaked one is recognised, then the bytes in base64url.

    Raises: ValueError if there are not exactly 32.
    """
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"an API key needs {RANDOM_BYTES} random bytes, not {len(random)}")
    return PREFIX + base64.urlsafe_b64encode(random).rstrip(b"=").decode()


def hash_of_api_key(key: str) -> bytes:
    """The digest under which a key is stored and found; unsalted, since 256 random bits cannot be guessed."""
    return hashlib.sha256(key.encode()).digest()


def hint_of_api_key(key: str) -> str:
    """What may be shown of a key afterwards: its prefix and its last four characters."""
    return f"{PREFIX}…{key[-4:]}"


def key_in_authorization(header: str | None) -> str:
    """The key in an Authorization header.

    Raises: ApiKeyMissing if there is no bearer in it; ApiKeyInvalid if it does not look like a key.
    """
    bearer = _AUTHORIZATION.fullmatch((header or "").strip())
    if bearer is None:
        raise ApiKeyMissing("the request carries no API key", allowed="Authorization: Bearer fq_…")
    if not _KEY.fullmatch(bearer[1]):
        raise _invalid()
    return bearer[1]


def require_api_key(stored: ApiKey | None, *, key: str) -> ApiKey:
    """The stored key that was found by the digest of the one presented, compared in constant time.

    Raises: ApiKeyInvalid.
    """
    expected = stored.key_hash if stored else bytes(32)
    is_same = hmac.compare_digest(expected, hash_of_api_key(key))
    if stored is None or not is_same or stored.revoked_at is not None:
        raise _invalid()
    return stored


def _invalid() -> ApiKeyInvalid:
    return ApiKeyInvalid("the API key is not valid", allowed="a key that was issued and not revoked")
