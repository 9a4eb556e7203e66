"""Installations that die at a step: before a transaction, before its commit, after it, and around what is sent."""

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import fields

from fenqi.gateways.notice.port import Message, Receipt
from fenqi.stores.fetch import Connection
from fenqi.wiring import Installation
from world import World


class Killed(BaseException):
    """The process is gone."""


class Life:
    """Counts what a process does, and ends at a step."""

    def __init__(self, ends_at: int) -> None:
        self.ends_at, self.count = ends_at, 0

    def step(self) -> None:
        """One thing is done; the last one is not."""
        self.count += 1
        if self.count == self.ends_at:
            raise Killed


class DyingNotice:
    """A carrier before or after which the process may die."""

    def __init__(self, whole, life: Life) -> None:
        self.whole, self.life = whole, life

    async def send(self, message: Message) -> str:
        """Send a message, or die before or after it has left."""
        self.life.step()
        reference = await self.whole.send(message)
        self.life.step()
        return reference

    async def receipts(self) -> tuple[Receipt, ...]:
        """What the carrier tells of what it carried."""
        return await self.whole.receipts()


class Dying(Installation):
    """An installation that may die before a transaction, before its commit, and after it."""

    def transaction(self) -> AbstractAsyncContextManager[Connection]:
        """A transaction in which the process may die."""
        return self._dying()

    @asynccontextmanager
    async def _dying(self) -> AsyncGenerator[Connection]:
        life = self.notice.life
        life.step()
        async with super().transaction() as connection:
            yield connection
            life.step()
        life.step()


def dying(world: World, life: Life) -> Dying:
    """The world's installation, which ends when its life does."""
    whole = world.installation
    parts = {field.name: getattr(whole, field.name) for field in fields(whole)}
    return Dying(**parts | {"notice": DyingNotice(whole.notice, life)})
