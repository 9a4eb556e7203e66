"""A stand-in for the short-message service: sends nothing, keeps what it was given."""

import json
import os
from collections import deque
from dataclasses import asdict
from pathlib import Path

from fenqi.gateways.notice.port import Message

PROVIDER = "stand-in 替身"
_KEPT = 10_000


class StandInNotice:
    """Keeps the last messages in memory and, if a file is named, appends each to it for other processes."""

    def __init__(self, *, kept_in: Path | None = None) -> None:
        self._messages: deque[Message] = deque(maxlen=_KEPT)
        self._kept_in = kept_in
        self._count = 0

    async def send(self, message: Message) -> str:
        """Keep the message; the reference says that it went nowhere."""
        self._count += 1
        self._messages.append(message)
        if self._kept_in is not None:
            _append(self._kept_in, message)
        return f"stand-in-{self._count}"

    def messages_to(self, mobile: str) -> tuple[Message, ...]:
        """What that phone would have received, oldest first."""
        return tuple(message for message in self._messages if message.mobile == mobile)


def kept_messages(path: Path, *, mobile: str) -> tuple[dict[str, str], ...]:
    """What another process's stand-in kept for that phone, oldest first."""
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(kept for kept in map(json.loads, lines) if kept["mobile"] == mobile)


def _append(path: Path, message: Message) -> None:
    kept = asdict(message) | {"sent_at": message.sent_at.isoformat(), "provider": PROVIDER}
    line = json.dumps(kept, ensure_ascii=False) + "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, line.encode())
    finally:
        os.close(descriptor)
