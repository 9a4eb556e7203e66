"""The merchant's idempotency key: one key, one payload, one reply."""

import re
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal

KEY_LENGTH_MAX = 128
_KEY = re.compile(r"[\x21-\x7e]{1,128}")


@dataclass(frozen=True)
class KeyScope:
    """Where a key counts: two merchants, or two endpoints, may use the same one for different things."""

    merchant_id: UUID
    endpoint: str
    key: str


@dataclass(frozen=True)
class Reply:
    """What was answered the first time, to be answered again byte for byte."""

    status: int
    body: bytes


@dataclass(frozen=True)
class KeyUse:
    """A key's first use: the hash of its payload, and its reply once there is one."""

    scope: KeyScope
    payload_hash: bytes
    reply: Reply | None = None


class IdempotencyKeyMissing(Refusal):
    """A command that moves money was sent without a key."""

    code: ClassVar[str] = "idempotency_key_missing"


class IdempotencyKeyMalformed(Refusal):
    """The key is too long or has characters that no key has."""

    code: ClassVar[str] = "idempotency_key_malformed"


class IdempotencyKeyReused(Refusal):
    """The same key came with another payload."""

    code: ClassVar[str] = "idempotency_key_reused"
    kind: ClassVar[Kind] = Kind.CONFLICT


class IdempotencyInProgress(Refusal):
    """The first request with this key has not been answered yet."""

    code: ClassVar[str] = "idempotency_in_progress"
    kind: ClassVar[Kind] = Kind.CONFLICT


def scope_of(key: str | None, *, merchant_id: UUID, endpoint: str) -> KeyScope:
    """The scope of a key as it came in the header.

    Raises: IdempotencyKeyMissing, IdempotencyKeyMalformed.
    """
    allowed = f"1 to {KEY_LENGTH_MAX} visible ASCII characters"
    if not key:
        raise IdempotencyKeyMissing("the Idempotency-Key header is missing", allowed=allowed)
    if not _KEY.fullmatch(key):
        raise IdempotencyKeyMalformed("the Idempotency-Key cannot be read", allowed=allowed)
    return KeyScope(merchant_id=merchant_id, endpoint=endpoint, key=key)


def reply_to_repeat(first: KeyUse | None, *, payload_hash: bytes) -> Reply | None:
    """The stored reply if this is a repetition, nothing if it is the first request with its key.

    Raises: IdempotencyKeyReused, also while the first is in progress; IdempotencyInProgress.
    """
    if first is None:
        return None
    if first.payload_hash != payload_hash:
        raise IdempotencyKeyReused("this key came with another payload", allowed="the same payload, or a new key")
    if first.reply is None:
        raise IdempotencyInProgress("the first request with this key is still at work", allowed="ask again shortly")
    return first.reply
