"""Whatever anybody asks for, at any hour and through any door, no contact begins that a rule forbids."""

from collections import Counter
from datetime import datetime, timedelta, timezone
from random import Random

import pytest
from psycopg.rows import dict_row

from collecting import asked_by, case_of, late_case
from fenqi.batch.send_notice import plan_reminders, send_due_notices
from fenqi.core.collection.arrears_case import CollectionCase
from fenqi.services.prefer_contact import stop_contact
from world import EVERY_BUCKET, Bought, World

pytestmark = pytest.mark.anyio
SHANGHAI = timezone(timedelta(hours=8))
ROLES = ("collector", "collector", "collector", "agency", "risk", "finance", "reviewer", "compliance", "admin")
CHANNELS = ("call", "call", "voice_notice", "sms", "inbox")
TEMPLATES = ("overdue", "overdue", "due_today", "agency_named", "no_such_text")
ANSWERS = ("borrower", "nobody", "nobody", "somebody_else")
STEPS = 90


class Trouble:
    """Somebody who tries everything with one borrower, and what stopped contacts meanwhile."""

    def __init__(self, world: World, bought: Bought, at: str, case: CollectionCase, chance: Random) -> None:
        self.world, self.bought, self.at, self.case, self.chance = world, bought, at, case, chance
        self.begun: list[str] = []
        self.stopped: list[tuple[datetime, datetime | None]] = []

    async def step(self, number: int) -> None:
        does = self.chance.choice(
            (self.contact, self.contact, self.contact, self.outcome, self.outcome, self.other_door, self.wait,
             self.wait, self.stop, self.outbox)
        )  # fmt: skip
        await does(number)

    async def contact(self, number: int) -> None:
        role = self.chance.choice(ROLES)
        body = {
            "channel": self.chance.choice(CHANNELS),
            "template": self.chance.choice(TEMPLATES),
            "number": self.chance.choice(("", "", self.bought.shopper.mobile, "13900001111", "not a number")),
            "request_id": f"request-{self.chance.randint(number - 3, number):06}",
        }
        answer = await asked_by(self.world, await self.world.colleague(role), f"{self.at}/contacts", body)
        if answer.is_success:
            self.begun.append(answer.json()["contact_id"])
        await asked_by(self.world, await self.world.colleague("collector"), f"{self.at}/release", {})

    async def other_door(self, number: int) -> None:
        body = {
            "loan_id": self.bought.loan_id,
            "purpose": self.chance.choice(("collection", "servicing", "marketing")),
            "channel": self.chance.choice(("call", "voice_notice")),
            "template": self.chance.choice(TEMPLATES),
            "number": self.chance.choice(("", "13900001111")),
            "request_id": f"other-door-{number:06}",
        }
        caller = await self.world.colleague(self.chance.choice(ROLES))
        await asked_by(self.world, caller, "/staff/contacts", body)

    async def outcome(self, number: int) -> None:
        if self.begun:
            path = f"{self.at}/contacts/{self.chance.choice(self.begun)}/outcome"
            body = {"answered": self.chance.choice(ANSWERS)}
            await asked_by(self.world, await self.world.colleague("collector"), path, body)

    async def wait(self, number: int) -> None:
        self.world.business.move(timedelta(minutes=self.chance.choice((1, 20, 90, 300, 700))))

    async def stop(self, number: int) -> None:
        lasts = not (self.stopped and self.stopped[-1][1] is None)
        if lasts and self.chance.random() < 0.5:
            return
        async with self.world.installation.transaction() as connection:
            await stop_contact(
                connection,
                self.world.installation.ports,
                customer_id=self.case.customer_id,
                kind="complaint",
                lasts=lasts,
                by="test",
            )
        now = self.world.business.now()
        if lasts:
            self.stopped.append((now, None))
        else:
            self.stopped[-1] = (self.stopped[-1][0], now)
        self.world.business.move(timedelta(seconds=1))

    async def outbox(self, number: int) -> None:
        await plan_reminders(self.world.installation, lane=[self.case.b])
        await send_due_notices(self.world.installation, lane=EVERY_BUCKET)


async def kept(world: World, case: CollectionCase) -> list[dict]:
    """Every contact with a customer, read past the product's own stores."""
    async with world.installation.reading() as connection, connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(
            "select c.purpose, c.channel, c.number, c.begun_at, t.purpose as approved_for,"
            " exists (select from contact_result r where r.b = c.b and r.contact_id = c.contact_id"
            " and r.result = 'unanswered') as is_unanswered"
            " from contact c join notice_template t on (t.name, t.version) = (c.template, c.template_version)"
            " where c.b = %s and c.customer_id = %s",
            (case.b, case.customer_id),
        )
        return await cursor.fetchall()


@pytest.mark.parametrize("seed", range(3))
async def test_no_sequence_of_requests_yields_a_contact_that_a_rule_forbids(world: World, seed: int):
    bought, at = await late_case(world)
    case = await case_of(world, bought)
    assert case is not None
    trouble = Trouble(world, bought, at, case, Random(seed))
    for number in range(STEPS):
        await trouble.step(number)

    rows = await kept(world, case)
    own = await world.installation.ports.keys.blind_index(bought.shopper.mobile, field="mobile")
    days, tries = Counter[tuple](), Counter[tuple]()
    for row in rows:
        here = row["begun_at"].astimezone(SHANGHAI)
        assert row["approved_for"] == row["purpose"]
        assert row["purpose"] != "marketing", "nobody asked for it"
        assert row["channel"] == "inbox" or bytes(row["number"]) == own
        if row["purpose"] == "collection" or row["channel"] != "inbox":
            assert 8 <= here.hour < 22, here
        if row["purpose"] == "collection":
            assert not any(
                begun < row["begun_at"] and (ended is None or row["begun_at"] < ended)
                for begun, ended in trouble.stopped
            )
        if row["channel"] in {"call", "voice_notice"}:
            tries[here.date(), bytes(row["number"])] += 1
        if row["channel"] != "inbox" and not row["is_unanswered"]:
            days[here.date(), row["channel"]] += 1
    assert rows
    assert max(days.values(), default=0) <= 3
    assert max(tries.values(), default=0) <= 6
