"""What the lender does about a crowd: its loops run, the late are called, complaints answered, some behind are helped.

Payments follow the data and the chain fitted to it; only the steps of early warnings change whether somebody pays.
"""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from fenqi.simulation.behaviour import Conduct, Origin
from fenqi.simulation.buying import Bought
from fenqi.simulation.caller import Json
from fenqi.simulation.crowd_complaint import hear_complaints
from fenqi.simulation.crowd_member import Member
from fenqi.simulation.crowd_reaction import react
from fenqi.simulation.world import World

CARE_DAYS = (1, 8, 15, 22)
"""Days of a month on which the loops run; the books themselves are closed every day."""
CALL_DAY = 8
CALLS_MAX = 60
"""So many borrowers are called in a month, the latest first."""
HELP_DAY = 22
HELPED_PERCENT = 15
"""Of those who miss two simulated months in a row, how many ask for help; a guess, and no more."""
STATED: Json = {
    "cause": "income_fall",
    "monthly_income_minor": 400_000,
    "monthly_living_minor": 200_000,
    "monthly_debts_minor": 50_000,
}


async def look_after(world: World, members: Sequence[Member], *, place: int, seed: int) -> None:
    """What happens on a day of the month besides what is paid and closed."""
    day = world.today.day
    if day not in CARE_DAYS:
        return
    await world.work()
    if day == CALL_DAY:
        await _call(world)
    await react(world, members, place=place, seed=seed)
    await hear_complaints(world, members, place=place, seed=seed)
    if day == HELP_DAY:
        for member in members:
            if member.bought and _is_in_need(member, place=place, seed=seed):
                await _ask_for_help(world, member, member.bought)


async def _call(world: World) -> None:
    """The collector calls whoever may be called, the latest first."""
    collector = world.staff["collector"]
    cases: list[Json] = (await collector.get(f"/staff/collection-cases?sort=-days_past_due&limit={CALLS_MAX}"))["cases"]
    for case in cases:
        path = f"/staff/collection-cases/{case['case_id']}"
        shown = await collector.get(path)
        if any(option["channel"] == "call" and option["is_allowed"] for option in shown["options"]):
            body = {"channel": "call", "template": "overdue", "request_id": f"call-{case['case_id']}-{world.today}"}
            await collector.post(f"{path}/contacts", body)


def _is_in_need(member: Member, *, place: int, seed: int) -> bool:
    now, before = member.behaviour[place], member.behaviour[max(place - 1, 0)]
    if member.helped or now.origin is not Origin.SIMULATED or {now.conduct, before.conduct} != {Conduct.MISSES}:
        return False
    drawn = sha256(f"help {seed} {member.applicant.number}".encode()).digest()[0]
    return drawn * 100 < HELPED_PERCENT * 256


async def _ask_for_help(world: World, member: Member, bought: Bought) -> None:
    """One step by the borrower, an offer by the collector, and the first way out is read and signed.

    Who has paid everything, or is not behind, misses nothing.
    """
    shopper, collector = bought.shopper, world.staff["collector"]
    if not (await shopper.loan(bought.loan_id))["overdue"]["total_minor"]:
        return
    request = await shopper.post("/h5/hardship", STATED | {"request_id": f"help-{bought.loan_id}"})
    desk = await collector.get(f"/staff/hardship/{request['request_id']}")
    offered = [option["option_id"] for option in desk["options"] if option["withheld"] is None][:2]
    member.helped = True
    if not offered:
        body: Json = {"reason": "no way out within the law"}
        await collector.post(f"/staff/hardship/{request['request_id']}/refusal", body)
        return
    offer = {"option_ids": offered, "reason": "two months were missed"}
    await collector.post(f"/staff/hardship/{request['request_id']}/offer", offer)
    path = f"/h5/hardship/{request['request_id']}"
    shown = await shopper.post(f"{path}/showings", {"option_id": offered[0]})
    world.clock.move(timedelta(seconds=shown["read_seconds_min"]))
    sent = await shopper.post(f"{path}/codes", {"showing_id": shown["showing_id"]})
    signed = {"showing_id": shown["showing_id"], "code_id": sent["code_id"], "signed_sha256": shown["sha256"]}
    await shopper.post(f"{path}/signature", signed | {"digits": world.read_code(member.person.mobile)})
