"""A service does not outlive the loops that work for it."""

import asyncio
import socket
from pathlib import Path

import pytest

from fenqi.cli import serve
from fenqi.core.refusal import Broken
from fenqi.settings import load_settings


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
