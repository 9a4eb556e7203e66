"""The feature server's state on disk, so that a restart replays the tail of the log and not the log."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from fenqi.core.refusal import Kind, Refusal
from fenqi.core.velocity.definition import Definition
from fenqi.core.velocity.event import OrderEvent
from fenqi.velocity.server import FeatureServer

_HASH_BYTES = 32


class SnapshotForeign(Refusal):
    """A snapshot was damaged, or is of other features; the log has to be replayed from its start."""

    code: ClassVar[str] = "snapshot_foreign"
    kind: ClassVar[Kind] = Kind.CONFLICT


class _Snapshot(msgspec.Struct, array_like=True):
    definition: bytes
    recorded: int
    kept: tuple[tuple[int, OrderEvent], ...]


def save_snapshot(server: FeatureServer, path: Path, *, definition: Definition) -> None:
    """Write a server's state; a crash in the middle leaves the one before."""
    snapshot = _Snapshot(_hash_of(definition), server.recorded, server.kept())
    body = msgspec.msgpack.encode(snapshot)
    being_written = path.with_suffix(".new")
    with being_written.open("wb") as file:
        file.write(sha256(body).digest() + body)
        file.flush()
        os.fsync(file.fileno())
    being_written.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def load_snapshot(path: Path, *, definition: Definition) -> FeatureServer:
    """A server in the state that was written; its `recorded` says where in the log to go on.

    Raises: SnapshotForeign.
    """
    whole = path.read_bytes()
    body = whole[_HASH_BYTES:]
    if sha256(body).digest() != whole[:_HASH_BYTES]:
        raise SnapshotForeign(f"the snapshot {path.name} is damaged", allowed="the bytes that were written")
    snapshot = msgspec.msgpack.decode(body, type=_Snapshot)
    if snapshot.definition != _hash_of(definition):
        raise SnapshotForeign(f"the snapshot {path.name} is of other features", allowed="the definition in force")
    server = FeatureServer(definition)
    server.resume(snapshot.kept, recorded=snapshot.recorded)
    return server


def _hash_of(definition: Definition) -> bytes:
    plain: Any = msgspec.json.encode(definition)
    return sha256(plain).digest()
