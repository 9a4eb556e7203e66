"""The counts of a service that has started again, against a replay of its order log from the first entry on."""

import asyncio
import json
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
from psycopg import AsyncConnection

from fenqi.core.velocity.access import narrowed
from fenqi.services.follow_log import read_on
from fenqi.simulation.caller import Colleague, Json
from fenqi.velocity.stream import Streams
from fenqi.wiring import counted_features, shipped_authority

LEVEL_SECONDS_MAX = 60.0


@dataclass(frozen=True)
class Look:
    """How long the counts took to be level, and what differs; None if nothing does."""

    level_seconds: float
    differs: str | None


class Onlooker:
    """Somebody of risk control who looks at the order log of a service; one session outlives every kill."""

    def __init__(self, home: Path, address: str) -> None:
        self._home, self._address = home, address
        self._token = ""
        self._definitions = narrowed(counted_features(shipped_authority()))

    async def look(self) -> Look:
        """Hold the service's state, once it has read its log, against a replay of that log."""
        begun = time.monotonic()
        told = await self._level()
        level_seconds = time.monotonic() - begun
        replayed = await self._replayed(until=told["position"])
        is_same = (replayed.position, replayed.digest()) == (told["position"], told["digest"])
        differs = None if is_same else f"the counts at place {told['position']} of the log are not those of a replay"
        return Look(level_seconds, differs)

    async def _level(self) -> Json:
        """How the log stands once it has been read to its end and every fate is known."""
        begun = time.monotonic()
        async with httpx.AsyncClient(base_url=self._address, timeout=30) as http:
            staff = await self._staff(http)
            while True:
                told = await staff.get("/staff/order-log")
                is_level = not told["is_behind"] and not told["waiting_count"]
                if is_level or time.monotonic() - begun > LEVEL_SECONDS_MAX:
                    return told
                await asyncio.sleep(0.05)

    async def _staff(self, http: httpx.AsyncClient) -> Colleague:
        if not self._token:
            passwords = json.loads((self._home / "demo-logins.json").read_text())
            self._token = (await Colleague.log_in(http, login="risk", password=passwords["risk"])).token
        return Colleague(http, self._token)

    async def _replayed(self, *, until: int) -> Streams:
        dsn = json.loads((self._home / "service.json").read_text())["dsn"]
        streams = Streams(self._definitions)
        async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
            while entries := await read_on(connection, streams.position):
                for entry in entries:
                    if entry.position > until:
                        return streams
                    streams.record(entry)
        return streams
