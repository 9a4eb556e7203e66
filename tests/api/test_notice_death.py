"""A service killed anywhere in a day's run loses no notice and sends none twice."""

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from fenqi.batch.send_notice import plan_reminders, send_due_notices
from fenqi.core.ledger.account import bucket_of
from fenqi.gateways.notice.port import Message, Receipt
from fenqi.services.find_loan import find_loan
from fenqi.stores.fetch import Connection
from fenqi.wiring import Installation
from world import Bought, World

pytestmark = pytest.mark.anyio
STEPS_MAX = 60


class Killed(BaseException):
    """The process is gone."""


class Life:
    """Counts what a process does, and ends at a step."""

    def __init__(self, ends_at: int) -> None:
        self.ends_at, self.count = ends_at, 0

    def step(self) -> None:
        self.count += 1
        if self.count == self.ends_at:
            raise Killed


class DyingNotice:
    """A carrier before or after which the process may die."""

    def __init__(self, whole, life: Life) -> None:
        self.whole, self.life = whole, life

    async def send(self, message: Message) -> str:
        self.life.step()
        reference = await self.whole.send(message)
        self.life.step()
        return reference

    async def receipts(self) -> tuple[Receipt, ...]:
        return await self.whole.receipts()


class Dying(Installation):
    """An installation that may die before a transaction, before its commit, and after it."""

    def transaction(self) -> AbstractAsyncContextManager[Connection]:
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
    whole = world.installation
    parts = {field.name: getattr(whole, field.name) for field in fields(whole)}
    return Dying(**parts | {"notice": DyingNotice(whole.notice, life)})


async def day_of(installation: Installation, b: int) -> None:
    await plan_reminders(installation, lane=[b])
    while await send_due_notices(installation, lane=[b]):
        pass


async def due_today(world: World) -> tuple[Bought, int]:
    """Somebody whose first instalment falls due today, and where they live."""
    bought = await world.lent()
    shown = await bought.shopper.get(f"/h5/loans/{bought.loan_id}")
    due = datetime.fromisoformat(shown["next_due_on"]).replace(hour=3, tzinfo=UTC)
    world.pass_time(due - world.business.now())
    async with world.installation.reading() as connection:
        loan = await find_loan(connection, loan_id=UUID(bought.loan_id))
    return bought, bucket_of(loan.customer_id)


async def test_dying_at_any_step_of_the_day_tells_everybody_once(world: World):
    for step in range(1, STEPS_MAX):
        bought, b = await due_today(world)
        life = Life(step)
        try:
            await day_of(dying(world, life), b)
        except Killed:
            world.pass_time(timedelta(minutes=3))
            await day_of(world.installation, b)
        sent = world.installation.stand_in_messages_to(bought.shopper.mobile)
        told = (await bought.shopper.get("/h5/inbox"))["messages"]
        due = [message for message in sent if message.kind == "servicing"]
        assert (len(due), len(told)) == (1, 1), f"died at step {step}"
        if life.count < step:
            assert step > 10
            return
    raise AssertionError("the day never ended")
