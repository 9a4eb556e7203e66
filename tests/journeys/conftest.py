"""What a journey has: a real service on a port of its own, and a real browser."""

import asyncio
import shutil
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from looking import missing
from world import Installed, World, open_world

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first does the same without what only a window needs, for half the work."""
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), "")
PHONE = {"width": 360, "height": 780}
REPORTED_BY_THE_NETWORK = "Failed to load resource"
"""A refusal is an answer; that the browser also writes its status down is no fault of the page."""


@dataclass
class Service:
    """An installation that answers on a real port, on clocks that the journey moves."""

    world: World
    address: str
    loop: asyncio.AbstractEventLoop
    server: uvicorn.Server

    def wait(self, doing: Coroutine[Any, Any, Any]) -> Any:
        """What a coroutine gives, run where the service runs."""
        return asyncio.run_coroutine_threadsafe(doing, self.loop).result(timeout=60)

    def pass_time(self, **step: float) -> None:
        """Time passes for everybody but the browser."""
        self.world.pass_time(timedelta(**step))


@dataclass
class Journey:
    """A page and what went wrong on it."""

    page: Page
    service: Service
    faults: list[str] = field(default_factory=list)

    def go(self, path: str, *, language: str = "zh-CN") -> None:
        """Open an address in a language."""
        joint = "&" if "?" in path else "?"
        self.page.goto(f"{self.service.address}{path}{joint}lang={language}")


@pytest.fixture(scope="module")
def chromium(service: Service) -> Iterator[Browser]:
    """The system's Chromium; where there is none a journey is skipped, unless FENQI_REQUIRE_CHROMIUM is set.

    It is opened after the service and closed with the module: no other event loop can run here in between.
    """
    if not CHROMIUM:
        missing("Chromium: apt-get install chromium-headless-shell fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def service(shared_installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One service for the journeys of a module."""
    ready: Future[Service] = Future()
    home = tmp_path_factory.mktemp("journey")
    thread = threading.Thread(target=_serve, args=(shared_installed, home, ready), daemon=True)
    thread.start()
    served = ready.result(timeout=60)
    yield served
    served.server.should_exit = True
    thread.join(timeout=30)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that nobody has used yet."""
    opened = chromium.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce")
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


@pytest.fixture
def journey(context: BrowserContext, service: Service) -> Iterator[Journey]:
    """A page on which nothing may go wrong unseen."""
    page = context.new_page()
    begun = Journey(page, service)

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and REPORTED_BY_THE_NETWORK not in message.text:
            begun.faults.append(message.text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: begun.faults.append(str(error)))
    yield begun
    assert begun.faults == []


def _serve(installed: Installed, home: Path, ready: Future[Service]) -> None:
    async def serving() -> None:
        async with open_world(installed, home) as world:
            server = uvicorn.Server(uvicorn.Config(world.app, port=0, log_level="warning", lifespan="off"))
            listening = asyncio.create_task(server.serve())
            while not server.started:  # noqa: ASYNC110 — the server has no event to wait for
                await asyncio.sleep(0.02)
            port = server.servers[0].sockets[0].getsockname()[1]
            ready.set_result(Service(world, f"http://127.0.0.1:{port}", asyncio.get_running_loop(), server))
            await listening

    try:
        asyncio.run(serving())
    except BaseException as error:
        if not ready.done():
            ready.set_exception(error)
        raise
