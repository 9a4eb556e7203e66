"""How borrowers of a crowd react to what the lender does about a warning: a stated effect, and simulated, so marked.

Conduct follows the data and the chain fitted to it, in which no lender did anything. So that the demo can measure
steps against those who were left out, some of those who miss a simulated month pay after all once a step has reached
them: they pay what is late that day, and miss no instalment of the months after it in which the step is judged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

from fenqi.simulation.behaviour import Conduct, MonthBehaviour, Origin
from fenqi.simulation.buying import Bought
from fenqi.simulation.caller import Json, every_line
from fenqi.simulation.conduct import owed
from fenqi.simulation.crowd_member import Member
from fenqi.simulation.world import World

REACTING_PERCENT: Mapping[str, int] = {"reminder": 30, "offer": 30, "call": 40}
"""Of those who miss a month and whom a step reaches, how many pay after all; guesses, and no more."""
MONTHS_AFTER = 2
"""So many months after a reaction are paid as well: a step is judged by the sixty days after it."""


def reacts(member: Member, action: str, *, place: int, seed: int) -> bool:
    """Whether a step moves somebody: drawn by seed, number and step alone, in simulated months that are missed."""
    now = member.behaviour[place]
    if member.helped or now.origin is not Origin.SIMULATED or now.conduct is not Conduct.MISSES:
        return False
    drawn = int.from_bytes(sha256(f"{action} {seed} {member.applicant.number}".encode()).digest()[:2], "big")
    return drawn * 100 < REACTING_PERCENT.get(action, 0) * 2**16


def after_reaction(behaviour: tuple[MonthBehaviour, ...], *, place: int) -> tuple[MonthBehaviour, ...]:
    """The months of somebody who was moved in one: it, and those after it, are not missed."""
    return tuple(
        replace(month, conduct=Conduct.PAYS)
        if place <= at <= place + MONTHS_AFTER and month.conduct is Conduct.MISSES
        else month
        for at, month in enumerate(behaviour)
    )


async def react(world: World, members: Iterable[Member], *, place: int, seed: int) -> None:
    """Let whom a step has reached since the last look react to it, and make the calls that warnings ask for."""
    by_customer = {member.customer_id: member for member in members if member.bought}
    for warning in await every_line(world.staff["risk"], "/staff/warnings?is_open=true&", "warnings"):
        member = by_customer.get(warning["customer_id"])
        reached = (warning["warning_id"], warning["rung"])
        if member is None or member.bought is None or warning["rung"] is None or member.reached == reached:
            continue
        shown = await world.staff["risk"].get(f"/staff/warnings/{warning['warning_id']}")
        step = shown["steps"][-1]
        is_moved = not step["is_held_out"] and reacts(member, step["action"], place=place, seed=seed)
        if shown["call_due_on"] is not None:
            await _call(world, shown, is_moved=is_moved)
        member.reached = reached
        if is_moved:
            await _pay(world, member, member.bought, action=step["action"], place=place)


async def _call(world: World, warning: Json, *, is_moved: bool) -> None:
    """The collector calls; who is moved says so, and nobody else answers."""
    collector, path = world.staff["collector"], f"/staff/warnings/{warning['warning_id']}/calls"
    begun = await collector.post(path, {"request_id": f"warning-{world.today}"})
    told: Json = {"answered": "nobody"}
    if is_moved:
        told = {"answered": "borrower", "said": "will_pay", "pays_on": world.today.isoformat()}
    await collector.post(f"{path}/{begun['contact_id']}/answer", told)


async def _pay(world: World, member: Member, bought: Bought, *, action: str, place: int) -> None:
    member.has_reacted = True
    member.behaviour = after_reaction(member.behaviour, place=place)
    amount = await owed(bought, Conduct.PAYS_ALL_ARREARS, on=world.today)
    if amount:
        await bought.shopper.pay(bought.loan_id, amount_minor=amount, request_id=f"{action}-{place + 1:04}")
        member.paid_minor += amount
