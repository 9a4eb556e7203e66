"""Borrowers who are late, and what collection knows of them."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from fenqi.batch.collect_due import collect_due
from fenqi.core.collection.arrears_case import CollectionCase
from fenqi.core.dates.business_day import payable_until
from fenqi.core.ledger.account import bucket_of
from fenqi.services.find_loan import find_loan
from fenqi.simulation.caller import Colleague
from fenqi.stores import collection as cases
from world import EVERY_BUCKET, Bought, World


async def case_of(world: World, bought: Bought) -> CollectionCase | None:
    """The open case of whoever bought."""
    async with world.installation.transaction() as connection:
        customer_id = (await find_loan(connection, loan_id=UUID(bought.loan_id))).customer_id
        known = await cases.open_in(connection, lane=[bucket_of(customer_id)])
    return next((case for case in known if case.customer_id == customer_id), None)


async def days_pass(world: World, bought: Bought, *, late: int, collects: bool = True) -> None:
    """Until the first instalment is so many days late at the end of yesterday, and collection knows."""
    shown = await bought.shopper.get(f"/h5/loans/{bought.loan_id}")
    last = payable_until(date.fromisoformat(shown["instalments"][0]["due_on"]), overrides={})
    await world.close_days((last + timedelta(days=late + 1) - world.business.today()).days)
    if collects:
        await collect_due(world.installation, lane=EVERY_BUCKET)


async def next_day(world: World, days: int = 1) -> None:
    """Days pass, are closed, and collection goes through them."""
    await world.close_days(days)
    await collect_due(world.installation, lane=EVERY_BUCKET)


async def late_case(world: World, *, late: int = 9, **order: Any) -> tuple[Bought, str]:
    """Somebody who is late, and their case."""
    bought = await world.lent(**order)
    await days_pass(world, bought, late=late)
    case = await case_of(world, bought)
    assert case is not None
    return bought, f"/staff/collection-cases/{case.case_id}"


def at_hour(world: World, hour: int, minute: int = 0) -> datetime:
    """The next time it is that late in Shanghai."""
    now = world.business.now()
    wanted = now.replace(hour=(hour - 8) % 24, minute=minute, second=0, microsecond=0)
    world.pass_time((wanted if wanted > now else wanted + timedelta(days=1)) - now)
    return world.business.now()


async def asked_by(world: World, caller: Colleague, path: str, body: Any) -> httpx.Response:
    """The answer to a command, whatever it is."""
    return await world.http.post(path, json=body, headers={"authorization": f"Bearer {caller.token}"})
