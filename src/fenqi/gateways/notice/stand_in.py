"""A stand-in for the short-message service: sends nothing, keeps what it was given."""

import json
import os
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from fenqi.gateways.notice.port import Message, Receipt

PROVIDER = "stand-in 替身"
_KEPT = 10_000


class StandInNotice:
    """Keeps the last messages in memory and, if a file is named, appends each to it for other processes."""

    def __init__(self, *, kept_in: Path | None = None) -> None:
        self._messages: deque[Message] = deque(maxlen=_KEPT)
        self._kept_in = kept_in
        self._count = 0
        self._seen = {} if kept_in is None else _kept_ids(kept_in)
        self._receipts: list[Receipt] = []

    async def send(self, message: Message) -> str:
        """Keep the message, once for each id; the reference says that it went nowhere."""
        key = "" if message.message_id is None else str(message.message_id)
        if key in self._seen:
            return self._seen[key]
        self._count += 1
        reference = f"stand-in-{self._count}"
        if message.message_id is not None:
            self._seen[key] = reference
            self._receipts.append(Receipt(message.message_id, "delivered", reference))
        self._messages.append(message)
        if self._kept_in is not None:
            _append(self._kept_in, message)
        return reference

    async def receipts(self) -> tuple[Receipt, ...]:
        """That what was kept would have been delivered."""
        told, self._receipts = tuple(self._receipts), []
        return told

    def messages_to(self, mobile: str) -> tuple[Message, ...]:
        """What that phone would have received, oldest first."""
        return tuple(message for message in self._messages if message.mobile == mobile)


def kept_messages(path: Path, *, mobile: str) -> tuple[dict[str, str], ...]:
    """What another process's stand-in kept for that phone, oldest first."""
    return tuple(kept for kept in _kept(path) if kept["mobile"] == mobile)


def _append(path: Path, message: Message) -> None:
    kept = asdict(message) | {"sent_at": message.sent_at.isoformat(), "provider": PROVIDER}
    if message.message_id is None:
        del kept["message_id"]
    else:
        kept["message_id"] = str(message.message_id)
    line = json.dumps(kept, ensure_ascii=False) + "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, line.encode())
    finally:
        os.close(descriptor)


def _kept_ids(path: Path) -> dict[str, str]:
    """The messages that another life of this stand-in kept, by id."""
    return {kept["message_id"]: "stand-in-before" for kept in _kept(path) if kept.get("message_id")}


def _kept(path: Path) -> Iterator[dict[str, str]]:
    """Every message of a file that another process may be writing to: a line it has not ended is not there yet."""
    if path.exists():
        *whole, _ = path.read_bytes().split(b"\n")
        yield from map(json.loads, whole)
