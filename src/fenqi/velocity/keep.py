"""The live state on disk: its entries, so that a restart reads the tail of the log and not the log."""

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

import msgspec

from fenqi.core.refusal import Kind, Refusal
from fenqi.core.velocity.definition import Definition
from fenqi.core.velocity.entry import Entry, EntryKind
from fenqi.velocity.stream import Streams

_HASH_BYTES = 32


class KeptForeign(Refusal):
    """What was kept is damaged, or is of other features; the log has to be read from its start."""

    code: ClassVar[str] = "kept_foreign"
    kind: ClassVar[Kind] = Kind.CONFLICT


class Kept(msgspec.Struct, array_like=True):
    """A state at one instant: cheap to take, written by whoever has the time."""

    definitions: bytes
    position: int
    entries: tuple[Entry, ...]


def kept_of(streams: Streams) -> Kept:
    """A state as it is now."""
    return Kept(_hash_of(streams.definitions), streams.position, streams.kept())


def save_kept(kept: Kept, path: Path) -> None:
    """Write a state; a crash in the middle leaves the one before."""
    body = msgspec.msgpack.encode(kept)
    being_written = path.with_suffix(".new")
    with being_written.open("wb") as file:
        file.write(sha256(body).digest() + body)
        file.flush()
        os.fsync(file.fileno())
    being_written.replace(path)


def load_streams(path: Path, *, definitions: Mapping[EntryKind, Definition]) -> Streams:
    """A state as it was written; its `position` says where in the log to go on.

    Raises: KeptForeign.
    """
    whole = path.read_bytes()
    body = whole[_HASH_BYTES:]
    if sha256(body).digest() != whole[:_HASH_BYTES]:
        raise KeptForeign(f"{path.name} is damaged", allowed="the bytes that were written")
    kept = msgspec.msgpack.decode(body, type=Kept)
    if kept.definitions != _hash_of(definitions):
        raise KeptForeign(f"{path.name} is of other features", allowed="the definition in force")
    streams = Streams(definitions)
    for entry in kept.entries:
        streams.record(entry)
    streams.position = kept.position
    return streams


def _hash_of(definitions: Mapping[EntryKind, Definition]) -> bytes:
    return sha256(msgspec.json.encode(sorted(definitions.items()))).digest()
