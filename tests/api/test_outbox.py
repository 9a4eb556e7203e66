"""A merchant's events reach its own server: signed, in order of need, again until confirmed, never lost by a crash."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fenqi.api.signature import ReceivedEvent, verify_event
from fenqi.simulation.caller import expect
from fenqi.workers import outbox
from fenqi.workers.outbox import deliver_due
from world import EVERY_BUCKET, World

pytestmark = pytest.mark.anyio


@dataclass
class Listener:
    """A merchant's server: what it heard, and what it answers."""

    url: str = ""
    status: int = 200
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in head[1:] if line)
        length = next(int(value) for name, value in headers.items() if name.lower() == "content-length")
        self.heard.append((headers, await reader.readexactly(length)))
        writer.write(f"HTTP/1.1 {self.status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()


@asynccontextmanager
async def listening(listener: Listener) -> AsyncIterator[Listener]:
    server = await asyncio.start_server(listener.take, "127.0.0.1", 0)
    async with server:
        listener.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/events"
        yield listener


@pytest.fixture
def town(town: World) -> World:
    """An installation whose events nobody else delivers, at the listener's time."""
    town.wall.at = datetime.now(UTC)
    return town


@pytest.fixture
async def listener(town: World) -> AsyncIterator[Listener]:
    async with listening(Listener()) as opened:
        yield opened


async def named(town: World, listener: Listener) -> dict[str, Any]:
    """The shop says where its server is."""
    return expect(await town.http.put("/v1/webhook", json={"url": listener.url}, headers=town.shop.headers))


def events(town: World, listener: Listener, webhook: dict[str, Any]) -> list[ReceivedEvent]:
    return [
        verify_event(
            url=listener.url,
            headers=headers,
            body=body,
            key_id=webhook["key_id"],
            secret=bytes.fromhex(webhook["secret"]),
            at=town.wall.now(),
        )
        for headers, body in listener.heard
    ]


async def seen(town: World) -> list[dict[str, Any]]:
    return (await town.shop.get("/v1/events"))["events"]


async def test_every_event_arrives_signed_and_once(town: World, listener: Listener):
    webhook = await named(town, listener)
    bought = await town.lent()

    tried = await deliver_due(town.installation, lane=EVERY_BUCKET)
    again = await deliver_due(town.installation, lane=EVERY_BUCKET)

    heard = events(town, listener, webhook)
    assert (tried, again) == (2, 0)
    assert sorted(each.topic for each in heard) == ["checkout.authorised", "checkout.captured"]
    assert {each.content["checkout_id"] for each in heard} == {bought.checkout_id}
    assert {str(each.event_id) for each in heard} == {each["event_id"] for each in await seen(town)}
    assert all(each["delivered"] for each in await seen(town))


async def test_what_was_not_confirmed_comes_again_later_with_the_same_id(town: World, listener: Listener):
    webhook = await named(town, listener)
    await town.signed()
    listener.status = 500
    await deliver_due(town.installation, lane=EVERY_BUCKET)
    assert await deliver_due(town.installation, lane=EVERY_BUCKET) == 0
    (waiting,) = await seen(town)
    assert (waiting["attempt_count"], waiting["delivered"], waiting["abandoned"]) == (1, False, False)

    listener.status = 204
    town.wall.move(timedelta(minutes=2))
    listener.heard, first = [], listener.heard
    await deliver_due(town.installation, lane=EVERY_BUCKET)

    (delivered,) = await seen(town)
    assert (delivered["attempt_count"], delivered["delivered"]) == (2, True)
    assert [body for _, body in listener.heard] == [body for _, body in first]
    assert webhook["key_id"] == str(town.shop.merchant_id)


async def test_an_event_that_nobody_ever_confirms_is_given_up_and_shown_so(town: World, listener: Listener):
    await named(town, listener)
    await town.signed()
    listener.status = 503

    for _ in range(40):
        await deliver_due(town.installation, lane=EVERY_BUCKET)
        town.wall.move(timedelta(days=2))
        (event,) = await seen(town)
        if event["abandoned"]:
            break

    assert event["abandoned"]
    assert not event["delivered"]
    assert 5 <= event["attempt_count"] == len(listener.heard)


async def test_two_workers_at_once_send_nothing_twice(town: World, listener: Listener):
    await named(town, listener)
    for _ in range(3):
        await town.signed()

    tried = await asyncio.gather(*(deliver_due(town.installation, lane=EVERY_BUCKET) for _ in range(3)))

    assert sum(tried) == 3
    assert len(listener.heard) == 3


async def test_a_crash_after_the_sending_sends_that_event_again_and_no_other(
    town: World, listener: Listener, monkeypatch: pytest.MonkeyPatch
):
    webhook = await named(town, listener)
    for _ in range(3):
        await town.signed()
    really, saved = outbox.work.save_message, []

    async def dies(*given: Any, **named: Any) -> None:
        if len(saved) == 2:
            raise RuntimeError("the process dies before it knows")
        saved.append(await really(*given, **named))

    monkeypatch.setattr(outbox.work, "save_message", dies)
    with pytest.raises(RuntimeError):
        await deliver_due(town.installation, lane=EVERY_BUCKET)
    monkeypatch.undo()

    assert await deliver_due(town.installation, lane=EVERY_BUCKET) == 1
    heard = [each.event_id for each in events(town, listener, webhook)]
    assert (len(heard), len(set(heard))) == (4, 3)
    assert all(each["delivered"] for each in await seen(town))


async def test_a_merchant_without_a_server_reads_its_events_all_the_same(town: World):
    await town.signed()

    await deliver_due(town.installation, lane=EVERY_BUCKET)

    (event,) = await seen(town)
    assert (event["topic"], event["abandoned"]) == ("checkout.authorised", True)


async def test_a_new_secret_signs_from_then_on(town: World, listener: Listener):
    old, new = await named(town, listener), await named(town, listener)
    await town.signed()
    await deliver_due(town.installation, lane=EVERY_BUCKET)

    assert len(events(town, listener, new)) == 1
    with pytest.raises(Exception, match="signature"):
        events(town, listener, old)
