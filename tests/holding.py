"""Borrowers who are late, and whether anybody may press them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from world import Bought, World, refusal


async def late(world: World, bought: Bought, *, days: int = 5) -> None:
    """Its first instalment has been due for so many days, at eleven in the morning."""
    shown = await bought.shopper.get(f"/h5/loans/{bought.loan_id}")
    due = datetime.fromisoformat(shown["instalments"][0]["payable_until"]).replace(hour=3, tzinfo=UTC)
    world.pass_time(due + timedelta(days=days) - world.business.now())


async def penalty(world: World, bought: Bought) -> int:
    return (await bought.shopper.get(f"/h5/loans/{bought.loan_id}"))["outstanding"]["penalty_minor"]


async def called(world: World, bought: Bought) -> tuple[int, str] | None:
    collector = await world.colleague("collector")
    asked = {
        "loan_id": bought.loan_id,
        "purpose": "collection",
        "channel": "call",
        "template": "overdue",
        "request_id": uuid4().hex,
    }
    answer = await world.http.post(
        "/staff/contacts", json=asked, headers={"authorization": f"Bearer {collector.token}"}
    )
    return None if answer.is_success else refusal(answer)
