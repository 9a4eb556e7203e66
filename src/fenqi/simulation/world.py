"""The world of a demo: a running service, its clock, and everybody who calls it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import httpx

from fenqi.simulation.caller import Colleague, Json, Shop
from fenqi.wiring import ForwardClock, KnownPerson, ManualClock

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Heard:
    """An event that reached the merchant with a good signature."""

    event_id: str
    topic: str
    content: Json


@dataclass
class World:
    """A service of the demo's own, reached over HTTP only; its clock moves when the demo says so."""

    http: httpx.AsyncClient
    clock: ManualClock
    wall: ForwardClock
    shop: Shop
    staff: Mapping[str, Colleague]
    """Members of staff by login, logged in."""
    read_code: Callable[[str], str]
    """The last code that reached a phone."""
    work: Callable[[], Awaitable[Mapping[str, int]]]
    """Let every loop of the service run once, instead of waiting for it."""
    tell_bureau: Callable[[Mapping[str, KnownPerson]], None]
    """What the stand-in bureau says of people, by identity number."""
    balances: Callable[[], Awaitable[Mapping[str, int]]]
    """The whole book by kind of account, each on its normal side."""
    heard: list[Heard] = field(default_factory=list[Heard])
    """What the merchant was told, in order of arrival."""
    closed_days: int = 0
    differences: list[Json] = field(default_factory=list[Json])
    """Where the payment channel's files said otherwise than our books."""

    @property
    def today(self) -> date:
        """The day in this world."""
        return self.clock.today()

    def wait(self, step: timedelta) -> None:
        """Somebody waits: both clocks go on."""
        self.clock.move(step)
        self.wall.move(step)

    async def next_day(self) -> Json:
        """A night passes: the channel's file of the day that is over is cleared, and the day closed everywhere."""
        over = self.today
        self.clock.move(DAY)
        file = await self.staff["finance"].clear_channel(over)
        self.differences.extend(file["differences"])
        closed = await self.staff["finance"].close_day(over)
        self.closed_days += 1
        return closed

    async def pass_until(self, day: date) -> None:
        """Let nights pass until a day has come; then the service's loops do what has become due."""
        while self.today < day:
            await self.next_day()
        await self.work()
