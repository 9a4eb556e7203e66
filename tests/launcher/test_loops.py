"""A service does not outlive the loops that work for it."""

import asyncio
import socket
from contextlib import suppress
from pathlib import Path

import pytest
from psycopg import OperationalError

from fenqi.cli import serve
from fenqi.core.refusal import Broken
from fenqi.settings import load_settings
from fenqi.stores.database import pause


def test_an_invariant_broken_in_a_loop_ends_the_service(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(_break())

    async def _break() -> None:
        raise Broken("the books do not add up")

    monkeypatch.setattr(serve, "run_loops", broken)
    settings = load_settings({"FENQI_HOME": str(tmp_path)})
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(Broken, match="do not add up"):
        serve.serve(settings, database, listener=listener, announce=lambda: None, alive=lambda: True)


@pytest.mark.anyio
async def test_who_works_again_after_an_error_ends_though_one_took_the_place_of_the_cancellation() -> None:
    """The database hears late of a cancellation, and then breaks off the statement that comes next."""

    async def works_on() -> None:
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError as cancelled:
                with suppress(OperationalError):
                    raise OperationalError("canceling statement due to user request") from cancelled
            await pause(1)

    working = asyncio.create_task(works_on())
    await asyncio.sleep(0)
    working.cancel()

    assert isinstance((await asyncio.gather(working, return_exceptions=True))[0], asyncio.CancelledError)
