"""What keeps personal data unreadable at rest: sealing of fields, blind indexes, digests of codes."""

from typing import Protocol
from uuid import UUID


class Keys(Protocol):
    """Keys never leave the implementation; what is sealed for one row cannot be opened as another's."""

    async def seal(self, plain: str, *, row: UUID, field: str) -> bytes:
        """Encrypt a field of a row; sealing the same text twice gives different bytes."""
        ...

    async def unseal(self, sealed: bytes, *, row: UUID, field: str) -> str:
        """Decrypt a field.

        Raises: SealBroken if the bytes were altered, or moved from another row or field.
        """
        ...

    async def blind_index(self, plain: str, *, field: str) -> bytes:
        """32 bytes under which an equal field can be found without being read; differs from field to field."""
        ...

    async def code_key(self) -> bytes:
        """The key of the digests under which one-time codes are stored."""
        ...
