"""A service that is killed again and again while shoppers apply, and what must still be there afterwards.

A decision is acknowledged once its answer has reached the shopper. It must then be found with the same outcome, however
the service ended; one whose answer was lost may be there or not. What was counted over orders must, after each start,
be what a replay of the order log gives, bit by bit.
"""

import asyncio
import json
import os
import random
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from fenqi.core.refusal import Unavailable
from fenqi.simulation.caller import Shop, Shopper, Unexpected
from fenqi.simulation.counted import Onlooker
from fenqi.simulation.person import invent

SHOPPERS_AT_ONCE = 6
START_SECONDS_MAX = 120.0
LIFE_SECONDS = (0.4, 3.0)
"""How long a service lives between two kills."""
_LOG_SHOWN = 2_000
_CODE = re.compile(r"\d{6}")


@dataclass(frozen=True)
class Acknowledged:
    """A decision whose answer a shopper has received."""

    shopper: Shopper
    checkout_id: str
    decision_id: str
    outcome: str


@dataclass
class Soaked:
    """What a run came to."""

    kill_count: int = 0
    crash_count: int = 0
    """Those kills that took the database down as hard as the service."""
    lost_answer_count: int = 0
    """Decisions that were asked for and whose answer never came."""
    kept_without_answer_count: int = 0
    """Those of them that were there afterwards; the others could be asked for again."""
    restart_seconds: list[float] = field(default_factory=list[float])
    """Until it answers and its counts have caught up with the log."""
    replay_count: int = 0
    """How often the counts were held against a replay."""
    acknowledged: list[Acknowledged] = field(default_factory=list[Acknowledged])
    wrong: list[str] = field(default_factory=list[str])


class Inbox:
    """The codes that the stand-in messenger keeps in its file, read on from where the last look ended."""

    def __init__(self, file: Path) -> None:
        self._file, self._read_to, self._codes = file, 0, dict[str, str]()

    def code(self, mobile: str) -> str:
        """The last code sent to a phone."""
        with self._file.open("rb") as kept:
            kept.seek(self._read_to)
            for line in iter(kept.readline, b""):
                self._read_to += len(line)
                message = json.loads(line)
                if found := _CODE.search(message["text"]):
                    self._codes[message["mobile"]] = found[0]
        return self._codes[mobile]


class Service:
    """The product's own process in a home of its own."""

    def __init__(self, command: Sequence[str], *, home: Path, port: int) -> None:
        self.home, self.address = home, f"http://127.0.0.1:{port}"
        self._command = command
        self._settings = {"FENQI_HOME": str(home), "FENQI_PORT": str(port), "FENQI_DSN": ""}
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> float:
        """Start it and wait until it answers; how many seconds that took.

        Raises: Unavailable if it does not.
        """
        begun = time.monotonic()
        self._process = process = self._spawn()
        async with httpx.AsyncClient(base_url=self.address, timeout=5) as http:
            while time.monotonic() - begun < START_SECONDS_MAX and process.poll() is None:
                if await _answers(http):
                    return time.monotonic() - begun
                await asyncio.sleep(0.05)
        log = self._log.read_text(errors="replace")
        raise Unavailable(f"the service does not start: {log[-_LOG_SHOWN:]}", retry=False)

    def _spawn(self) -> subprocess.Popen[bytes]:
        with self._log.open("wb") as log:
            return subprocess.Popen(self._command, env=os.environ | self._settings, stdout=log, stderr=log)

    @property
    def _log(self) -> Path:
        return self.home.parent / "service.log"

    def kill(self, *, with_database: bool) -> None:
        """End it as a power cut would; its database ends in order, or as hard as it."""
        if self._process is None:
            return
        lines = (self.home / "postgres" / "postmaster.pid").read_text().split()
        self._process.kill()
        if with_database:
            os.kill(int(lines[0]), signal.SIGKILL)
        self._process.wait()
        self._process = None

    def stop(self) -> None:
        """End it in order."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=60)
            self._process = None


async def soak_decisions(
    service: Service, *, kills: int, seed: int, merchant_id: UUID, phone: dict[str, Any], tell: Callable[[Soaked], None]
) -> Soaked:
    """Let shoppers apply while the service is killed at random instants, and look for everything acknowledged."""
    chance, soaked = random.Random(seed), Soaked()  # noqa: S311
    await service.start()
    key = json.loads((service.home / "demo-logins.json").read_text())["merchant api key"]
    market = _Market(Shop(httpx.AsyncClient(), key, merchant_id), phone, Inbox(service.home / "stand-in" / "sms.jsonl"))
    onlooker = Onlooker(service.home, service.address)
    for _ in range(kills):
        before = len(soaked.acknowledged)
        visit = _Visit(service, soaked, market, seed=seed)
        await asyncio.sleep(chance.uniform(*LIFE_SECONDS))
        is_crash = chance.random() < 1 / 2
        service.kill(with_database=is_crash)
        await visit.end()
        soaked.kill_count += 1
        soaked.crash_count += is_crash
        soaked.restart_seconds.append(await service.start() + await _caught_up(soaked, onlooker))
        await _look_for(soaked, soaked.acknowledged[before:], service)
        await _ask_again(soaked, visit.unanswered, service)
        tell(soaked)
    await _look_for(soaked, soaked.acknowledged, service)
    return soaked


@dataclass
class _Market:
    """Where every shopper of a run goes."""

    shop: Shop
    phone: dict[str, Any]
    inbox: Inbox
    numbers: Iterator[int] = field(default_factory=count)


class _Visit:
    """The shoppers of one life of the service: they come, one after the other at each till, until it is gone."""

    def __init__(self, service: Service, soaked: Soaked, market: _Market, *, seed: int) -> None:
        self._soaked, self._market, self._seed = soaked, market, seed
        self._http = market.shop.http = httpx.AsyncClient(base_url=service.address, timeout=10)
        self.unanswered: list[tuple[Shopper, str]] = []
        self._tills = [asyncio.create_task(self._keep_coming()) for _ in range(SHOPPERS_AT_ONCE)]

    async def end(self) -> None:
        """Everybody has seen that the service is gone."""
        await asyncio.gather(*self._tills)
        await self._http.aclose()

    async def _keep_coming(self) -> None:
        shop, phone = self._market.shop, self._market.phone
        while True:
            number = next(self._market.numbers)
            person, device = invent(number, seed=self._seed), f"soak-device-{number // 2:06}"
            inbox = self._market.inbox.code
            shopper = Shopper(self._http, person.mobile, person.name, person.id_number, inbox, device=device)
            try:
                order = await shop.order(sku=phone["sku"], name=phone["name_en"], price_minor=phone["price_minor"])
                await shopper.enter(order["checkout_id"])
                await shopper.say_who(order["checkout_id"])
                await shopper.consent(order["checkout_id"])
                await self._apply(shopper, order["checkout_id"])
            except httpx.TransportError:
                return
            except Unexpected as fault:
                self._soaked.wrong.append(str(fault))
                return

    async def _apply(self, shopper: Shopper, checkout_id: str) -> None:
        try:
            decision = await shopper.ask(checkout_id)
        except httpx.TransportError:
            self._soaked.lost_answer_count += 1
            self.unanswered.append((shopper, checkout_id))
            raise
        self._soaked.acknowledged.append(
            Acknowledged(shopper, checkout_id, decision["decision_id"], decision["outcome"])
        )


async def _caught_up(soaked: Soaked, onlooker: Onlooker) -> float:
    """See that the counts are those of a replay; how long the service took until they were level."""
    found = await onlooker.look()
    soaked.replay_count += 1
    if found.differs:
        soaked.wrong.append(found.differs)
    return found.level_seconds


async def _ask_again(soaked: Soaked, unanswered: Sequence[tuple[Shopper, str]], service: Service) -> None:
    """What was never answered has happened or has not, and can then be asked for as if for the first time."""
    async with httpx.AsyncClient(base_url=service.address, timeout=30) as http:
        for shopper, checkout_id in unanswered:
            shopper.http = http
            headers = {"authorization": f"Bearer {shopper.token}"}
            if (await http.get(f"/h5/checkouts/{checkout_id}/decision", headers=headers)).is_success:
                soaked.kept_without_answer_count += 1
                continue
            try:
                await shopper.ask(checkout_id)
            except Unexpected as fault:
                soaked.wrong.append(f"neither decided nor to be decided again: {fault}")


async def _look_for(soaked: Soaked, wanted: Sequence[Acknowledged], service: Service) -> None:
    """Every decision that was acknowledged must be found as it was told."""
    async with httpx.AsyncClient(base_url=service.address, timeout=30) as http:
        for one in wanted:
            headers = {"authorization": f"Bearer {one.shopper.token}"}
            answer = await http.get(f"/h5/checkouts/{one.checkout_id}/decision", headers=headers)
            found: dict[str, Any] = answer.json() if answer.is_success else {}
            if (found.get("decision_id"), found.get("outcome")) != (one.decision_id, one.outcome):
                soaked.wrong.append(f"decision {one.decision_id} was told and is not there: {answer.text[:200]}")


async def _answers(http: httpx.AsyncClient) -> bool:
    try:
        return (await http.get("/healthz")).is_success
    except httpx.TransportError:
        return False
