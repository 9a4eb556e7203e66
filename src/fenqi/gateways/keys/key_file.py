"""Keys in a file that only its owner may read: envelope AES-GCM and HMAC-SHA256."""

import base64
import contextlib
import hashlib
import hmac
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fenqi.core.refusal import Broken, Kind, Refusal

_KEY_BYTES = 32
_NONCE_BYTES = 12
_WRAPPED_BYTES = _NONCE_BYTES + _KEY_BYTES + 16
_FORMAT = 1


class KeyFileExposed(Refusal):
    """Others than its owner may read the key file."""

    code: ClassVar[str] = "key_file_exposed"
    kind: ClassVar[Kind] = Kind.FORBIDDEN


class SealBroken(Broken):
    """A sealed field was altered, moved to another row, or sealed under a key that is gone."""


@dataclass(frozen=True)
class KeyFile:
    """The keys of one installation; `wrapping` holds every key ever used, so that old rows stay readable."""

    active: int
    wrapping: dict[int, bytes] = field(repr=False)
    index: bytes = field(repr=False)
    code: bytes = field(repr=False)

    async def seal(self, plain: str, *, row: UUID, field: str) -> bytes:
        """Format, number of the wrapping key, wrapped data key, nonce, ciphertext; bound to row and field."""
        head = bytes((_FORMAT, self.active))
        bound = head + row.bytes + field.encode()
        data_key = os.urandom(_KEY_BYTES)
        wrapped = _encrypt(self.wrapping[self.active], data_key, bound)
        return head + wrapped + _encrypt(data_key, plain.encode(), bound)

    async def unseal(self, sealed: bytes, *, row: UUID, field: str) -> str:
        """Raises: SealBroken."""
        head, wrapped, body = sealed[:2], sealed[2 : 2 + _WRAPPED_BYTES], sealed[2 + _WRAPPED_BYTES :]
        if len(head) != 2 or head[0] != _FORMAT or head[1] not in self.wrapping:
            raise SealBroken("a sealed field names a format or key that is not there")
        bound = head + row.bytes + field.encode()
        try:
            data_key = _decrypt(self.wrapping[head[1]], wrapped, bound)
            return _decrypt(data_key, body, bound).decode()
        except (InvalidTag, ValueError) as error:
            raise SealBroken("a sealed field was altered or belongs to another row") from error

    async def blind_index(self, plain: str, *, field: str) -> bytes:
        """HMAC-SHA256 of field and text: without a key, all mobile numbers could be hashed in minutes."""
        return hmac.new(self.index, field.encode() + b"\0" + plain.encode(), hashlib.sha256).digest()

    async def code_key(self) -> bytes:
        """Its own key: a leaked code digest says nothing about an index."""
        return self.code


def open_key_file(path: Path) -> KeyFile:
    """Read the key file, making it with new keys if there is none.

    Raises: KeyFileExposed if group or others may read it.
    """
    if not path.exists():
        _write_new(path)
    return _read(path)


def _write_new(path: Path) -> None:
    """A file with half its keys never stands under the name, and two that start together share one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(_new_keys(), file)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _new_keys() -> dict[str, object]:
    return {"active": 1, "wrapping": {"1": _text(_random())}, "index": _text(_random()), "code": _text(_random())}


def _read(path: Path) -> KeyFile:
    if path.stat().st_mode & 0o077:
        raise KeyFileExposed(f"others may read {path}", allowed="mode 0600")
    stored = json.loads(path.read_text(encoding="ascii"))
    return KeyFile(
        active=int(stored["active"]),
        wrapping={int(number): base64.b64decode(key) for number, key in stored["wrapping"].items()},
        index=base64.b64decode(stored["index"]),
        code=base64.b64decode(stored["code"]),
    )


def _random() -> bytes:
    return os.urandom(_KEY_BYTES)


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode("ascii")


def _encrypt(key: bytes, plain: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound)


def _decrypt(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound)
