"""The example in the merchants' guide sells a phone against a real server, as it stands in the file."""

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn

from world import World

pytestmark = pytest.mark.anyio

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "merchant.py"


@asynccontextmanager
async def serving(world: World) -> AsyncIterator[str]:
    """The world's application on a port of its own."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(world.app, log_level="warning", lifespan="off"))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


async def test_the_example_orders_captures_and_refunds(world: World):
    async with serving(world) as url:
        environment = os.environ | {"FENQI_URL": url, "FENQI_API_KEY": world.shop.api_key, "PYTHONUNBUFFERED": "1"}
        shop = await asyncio.create_subprocess_exec(
            sys.executable, str(EXAMPLE), env=environment, stdout=asyncio.subprocess.PIPE
        )
        assert shop.stdout
        said = (await shop.stdout.readline()).decode()
        found = re.search(r"checkouts/([0-9a-f-]{36})", said)
        assert found, said
        shopper, checkout_id = world.shopper(), found[1]
        await shopper.enter(checkout_id)
        await shopper.say_who(checkout_id)
        await shopper.consent(checkout_id)
        await shopper.ask(checkout_id)
        shown = await shopper.choose(checkout_id, offer_id="instalment:12")
        world.pass_time(timedelta(seconds=shown["read_seconds_min"]))
        await shopper.sign(checkout_id, shown=shown)
        rest = (await shop.stdout.read()).decode()

        assert await shop.wait() == 0, rest
    assert [line.split()[0] for line in rest.splitlines()] == ["capture", "refunds"]
    seen = await world.shop.get(f"/v1/checkouts/{checkout_id}")
    assert (seen["status"], seen["refunded_minor"]) == ("captured", 10_000)


async def test_the_api_tells_what_it_answers(world: World):
    told = (await world.http.get("/openapi.json")).json()

    assert told["openapi"].startswith("3.")
    assert {"/v1/checkouts", "/v1/checkouts/{checkout_id}/capture", "/v1/webhook"} <= set(told["paths"])
