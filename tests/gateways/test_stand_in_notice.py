"""The stand-in short-message service keeps messages for whoever demonstrates."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from fenqi.gateways.notice.port import Message
from fenqi.gateways.notice.stand_in import PROVIDER, StandInNotice, kept_messages


def message(mobile: str, text: str) -> Message:
    return Message(mobile=mobile, kind="login_code", text=text, sent_at=datetime(2026, 11, 1, tzinfo=UTC))


def test_keeps_messages_by_phone_in_memory_and_in_a_private_file(tmp_path: Path):
    path = tmp_path / "messages.jsonl"
    stand_in = StandInNotice(kept_in=path)

    async def send() -> None:
        await stand_in.send(message("13912345678", "验证码 012345"))
        await stand_in.send(message("13912345679", "another"))

    asyncio.run(send())
    assert [kept.text for kept in stand_in.messages_to("13912345678")] == ["验证码 012345"]
    (kept,) = kept_messages(path, mobile="13912345678")
    assert (kept["text"], kept["provider"]) == ("验证码 012345", PROVIDER)
    assert path.stat().st_mode & 0o777 == 0o600


def test_no_file_means_no_messages(tmp_path: Path):
    assert kept_messages(tmp_path / "none", mobile="13912345678") == ()


def test_a_message_that_another_process_is_still_writing_is_not_there_yet(tmp_path: Path):
    path = tmp_path / "messages.jsonl"
    asyncio.run(StandInNotice(kept_in=path).send(message("13912345678", "验证码 012345")))
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: whole.index("验".encode()) + 1])

    assert len(kept_messages(path, mobile="13912345678")) == 1
