"""The stage of a demo: a service of its own on a manual clock, and a merchant that listens to it, over TCP."""

import asyncio
import re
import socket
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from fenqi.api.app import build_app
from fenqi.api.signature import verify_event
from fenqi.cli.logins import keep_logins
from fenqi.cli.running import HOST
from fenqi.core.ledger.account import AccountKind
from fenqi.services.install import NewSecrets, install_world
from fenqi.simulation.caller import Colleague, Shop, Unexpected, expect
from fenqi.simulation.world import Heard, World
from fenqi.stores import ledger
from fenqi.stores.migration import migrate
from fenqi.stores.shipped_world import load_world
from fenqi.wiring import ForwardClock, Installation, ManualClock, open_installation
from fenqi.workers.loop import step_all

CONNECTIONS = 16
_CODE = re.compile(r"\d{6}")
_WEBHOOK_PATH = "/webhook"


@asynccontextmanager
async def stage(*, dsn: str, home: Path, starts_at: datetime) -> AsyncGenerator[World]:
    """The world of an empty database, answering while the block runs."""
    await migrate(dsn)
    clock, wall = ManualClock(starts_at), ForwardClock()
    with _listener() as listener:
        address = _address(listener)
        opening = open_installation(dsn=dsn, home=home, address=address, production=False, business=clock)
        async with opening as opened:
            installation = replace(opened, ports=replace(opened.ports, wall=wall))
            async with installation.transaction() as connection:
                made = await install_world(connection, installation.ports, load_world())
                keep_logins(home, made)
            async with (
                _answering(build_app(installation), listener),
                _caller(address) as http,
                _performed(installation, http, clock, wall, made) as world,
            ):
                yield world


@asynccontextmanager
async def _performed(
    installation: Installation, http: httpx.AsyncClient, clock: ManualClock, wall: ForwardClock, made: NewSecrets
) -> AsyncGenerator[World]:
    """Everybody who calls, and the merchant's receiver."""
    merchant_id = UUID(load_world()["merchant"]["merchant_id"])
    if made.api_key is None:
        raise Unexpected("the merchant was there before the demo")
    shop = Shop(http, made.api_key, merchant_id)
    staff = {
        login.login: await Colleague.log_in(http, login=login.login, password=login.password) for login in made.logins
    }

    def read_code(mobile: str) -> str:
        found = _CODE.search(installation.stand_in_messages_to(mobile)[-1].text)
        if found is None:
            raise Unexpected("the message to this phone holds no code")
        return found[0]

    async def work() -> Mapping[str, int]:
        return await step_all(installation)

    async def balances() -> Mapping[str, int]:
        async with installation.transaction() as connection:
            sums = await ledger.trial_balance(connection)
        return {each.kind: each.balance_minor(AccountKind(each.kind)) for each in sums}

    world = World(
        http=http,
        clock=clock,
        wall=wall,
        shop=shop,
        staff=staff,
        read_code=read_code,
        work=work,
        tell_bureau=installation.tell_stand_in_bureau,
        balances=balances,
    )
    with _listener() as listener:
        url = _address(listener) + _WEBHOOK_PATH
        agreed = expect(await http.put("/v1/webhook", json={"url": url}, headers=shop.headers))
        receiver = _Receiver(installation, url=url, key_id=agreed["key_id"], secret=bytes.fromhex(agreed["secret"]))
        async with _answering(receiver.app(), listener):
            world.heard = receiver.heard
            yield world


class _Receiver:
    """A merchant's webhook: believes what is signed, counts an event once however often it comes."""

    def __init__(self, installation: Installation, *, url: str, key_id: str, secret: bytes) -> None:
        self._wall = installation.ports.wall
        self._url, self._key_id, self._secret = url, key_id, secret
        self._known: set[UUID] = set()
        self.heard: list[Heard] = []

    def app(self) -> Starlette:
        return Starlette(routes=[Route(_WEBHOOK_PATH, self._receive, methods=["POST"])])

    async def _receive(self, request: Request) -> Response:
        event = verify_event(
            url=self._url,
            headers=dict(request.headers),
            body=await request.body(),
            key_id=self._key_id,
            secret=self._secret,
            at=self._wall.now(),
        )
        if event.event_id not in self._known:
            self._known.add(event.event_id)
            self.heard.append(Heard(str(event.event_id), event.topic, event.content))
        return Response(status_code=204)


class _Server(uvicorn.Server):
    """Uvicorn's server without its signal handlers: the command that it runs in has its own."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


@asynccontextmanager
async def _answering(app: ASGIApp, listener: socket.socket) -> AsyncGenerator[None]:
    """An application that answers on a socket while the block runs."""
    config = uvicorn.Config(app, log_level="error", access_log=False, lifespan="off", timeout_graceful_shutdown=5)
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:
            if serving.done():
                serving.result()
                raise RuntimeError("the server ended before it began to answer")
            await asyncio.sleep(0.005)
        yield
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def _caller(address: str) -> AsyncGenerator[httpx.AsyncClient]:
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=120, trust_env=False) as http:
        yield http


@contextmanager
def _listener() -> Generator[socket.socket]:
    """A socket on a free port of the loopback address."""
    with socket.create_server((HOST, 0), backlog=128) as listener:
        yield listener


def _address(listener: socket.socket) -> str:
    return f"http://{HOST}:{listener.getsockname()[1]}"
