"""The end of the story: the merchant heard everything, every decision replays, and the books hold."""

from collections import Counter

from fenqi.core.ledger.account import AccountKind
from fenqi.simulation.caller import Json
from fenqi.simulation.telling import Telling
from fenqi.simulation.world import World

CAME_IN = frozenset({"paid", "noticed", "paid_off", "bill_paid", "paid_up"})
HEARD = {
    "checkout.authorised": 4,
    "checkout.captured": 4,
    "checkout.declined": 1,
    "checkout.refunded": 1,
    "settlement.paid": 2,
}


async def prove(world: World, telling: Telling) -> Json:
    """Check the books, and everything else that is left to check."""
    await world.work()
    heard = Counter(event.topic for event in world.heard)
    telling.check("the shop heard of everything once", expected=HEARD, found=dict(heard))
    telling.tell("heard", world.today, events=heard.total())
    decided = await world.staff["risk"].get("/staff/decisions")
    for each in decided["decisions"]:
        replayed = await world.staff["risk"].get(f"/staff/decisions/{each['decision_id']}/replay")
        telling.check("every decision replays to the same bytes", expected=True, found=replayed["same_bytes"])
    await _prove_cash(world, telling)
    return await verify(world, telling)


async def _prove_cash(world: World, telling: Telling) -> None:
    """The bank has what the story says came in, less what it says was paid out."""
    came_in = sum(int(scene.values["amount_minor"]) for scene in telling.scenes if scene.kind in CAME_IN)
    paid_out = sum(int(scene.values["paid_minor"]) for scene in telling.scenes if "paid_minor" in scene.values)
    balances = await world.balances()
    telling.check("the channel's files agree with the books", expected=[], found=world.differences)
    telling.check("nothing is left in transit", expected=0, found=balances[AccountKind.CHANNEL_CLEARING])
    telling.check("the bank has what came in", expected=came_in - paid_out, found=balances[AccountKind.BANK_CASH])


async def verify(world: World, telling: Telling) -> Json:
    """Have every invariant of the books checked."""
    books = await world.staff["finance"].post("/staff/ledger/verifications", {})
    telling.check("every invariant of the books holds", expected=[], found=books["findings"])
    telling.tell(
        "verified",
        world.today,
        days=world.closed_days,
        accounts=books["account_count"],
        legs=books["leg_count"],
        loans=books["loan_count"],
        findings=len(books["findings"]),
    )
    return books
