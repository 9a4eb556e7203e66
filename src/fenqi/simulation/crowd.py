"""Many applicants at once: everybody orders a phone on the first day, then pays month by month as the data says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from fenqi.simulation.abreast import abreast
from fenqi.simulation.applicant import FIRST_ORDER_ON, Applicant
from fenqi.simulation.behaviour import Conduct, months_behaviour
from fenqi.simulation.buying import Applied, Good, apply, look, reading_time, sign_and_capture
from fenqi.simulation.caller import Json
from fenqi.simulation.conduct import CATCH_UP_DAY, month_end, owed, pays_on
from fenqi.simulation.crowd_care import look_after
from fenqi.simulation.crowd_member import Member
from fenqi.simulation.means import means_of
from fenqi.simulation.person import invent
from fenqi.simulation.wish import wished_good, wished_offer
from fenqi.simulation.world import DAY, World

STARTS_AT = datetime(FIRST_ORDER_ON.year, FIRST_ORDER_ON.month, FIRST_ORDER_ON.day, 2, tzinfo=UTC)
ACCOUNT = "tok_ok_crowd"


class Progress(Protocol):
    """Who is told how far a phase is."""

    def phase(self, name: str, *, total: int) -> None:
        """A phase begins that has so many steps."""
        ...

    def step(self) -> None:
        """One of them is done."""
        ...


@dataclass(frozen=True)
class Played:
    """A crowd whose months are over."""

    members: tuple[Member, ...]
    settlement: Json
    """How the shop was paid for everything."""
    last_on: date
    """The last day that is closed."""

    @property
    def borrowers(self) -> tuple[Member, ...]:
        """Those who bought something."""
        return tuple(member for member in self.members if member.bought)


@dataclass(frozen=True)
class _Choice:
    member: Member
    applied: Applied
    shown: Json


async def play_crowd(
    world: World, applicants: Iterable[Applicant], goods: Iterable[Good], *, seed: int, months: int, progress: Progress
) -> Played:
    """Let everybody order, sign and pay, and time pass to the end of the last month."""
    on_sale = tuple(goods)
    members = tuple(
        Member(
            applicant=applicant,
            person=invent(place, seed=seed),
            good=wished_good(applicant, on_sale, seed=seed),
            behaviour=months_behaviour(applicant, months=months, seed=seed),
        )
        for place, applicant in enumerate(applicants, start=1)
    )
    world.tell_bureau({member.person.id_number: means_of(member.applicant) for member in members})
    choices = await _order(world, members, seed=seed, progress=progress)
    await _sign(world, choices, progress=progress)
    settlement = await _deliver(world, progress=progress)
    await abreast(members, lambda member: _name(world, member), done=lambda: None)
    for place in range(months):
        await _live_through(world, members, place=place, seed=seed, progress=progress)
    played = Played(members, settlement, last_on=world.today - DAY)
    progress.phase("looking at every loan", total=len(played.borrowers))
    await abreast(played.borrowers, lambda member: _look_at_loan(world, member, on=played.last_on), done=progress.step)
    return played


async def _order(world: World, members: tuple[Member, ...], *, seed: int, progress: Progress) -> tuple[_Choice, ...]:
    progress.phase("ordering, being identified, decided", total=len(members))

    async def order(member: Member) -> _Choice | None:
        applied = await apply(world, member.person, member.good, account=ACCOUNT)
        member.decision = applied.decision
        if member.outcome != "approve":
            return None
        offer = wished_offer(member.applicant, applied.decision["offers"], seed=seed)
        return _Choice(member, applied, await look(applied, offer))

    choices = await abreast(members, order, done=progress.step)
    return tuple(choice for choice in choices if choice is not None)


async def _sign(world: World, choices: tuple[_Choice, ...], *, progress: Progress) -> None:
    progress.phase("signing, delivering, drawing down", total=len(choices))
    world.clock.move(max((reading_time(choice.shown) for choice in choices), default=timedelta()))

    async def sign(choice: _Choice) -> None:
        choice.member.bought = await sign_and_capture(world, choice.applied, choice.shown)

    await abreast(choices, sign, done=progress.step)


async def _deliver(world: World, *, progress: Progress) -> Json:
    """The next morning the shop is paid, and hears of everything."""
    progress.phase("telling the shop", total=1)
    await world.next_day()
    settled = await world.staff["finance"].settle(world.shop.merchant_id, until_on=world.today)
    while (await world.work())["outbox"]:
        pass
    progress.step()
    return settled


async def _live_through(
    world: World, members: tuple[Member, ...], *, place: int, seed: int, progress: Progress
) -> None:
    """Let one month pass, every day of it closed, with whatever is paid on it and whatever the lender does."""
    month = members[0].behaviour[place].month
    last = month_end(month)
    progress.phase(f"{month:%Y-%m}: paying and closing days", total=last.day)
    while world.today <= last:
        payers = [member for member in members if _pays(world, member, place=place)]
        await abreast(payers, lambda member: _pay(world, member, place=place), done=lambda: None)
        await look_after(world, members, place=place, seed=seed)
        await world.next_day()
        progress.step()


def _pays(world: World, member: Member, *, place: int) -> bool:
    """Whoever was helped pays what is due by the middle of the month, unless it is a month that is missed."""
    behaviour = member.behaviour[place]
    if member.helped:
        return world.today.day == CATCH_UP_DAY and behaviour.conduct is not Conduct.MISSES
    return pays_on(world.today, member.bought, behaviour)


async def _pay(world: World, member: Member, *, place: int) -> None:
    bought = member.bought
    if bought is None:
        return
    conduct = Conduct.PAYS_ALL_ARREARS if member.helped else member.behaviour[place].conduct
    amount = await owed(bought, conduct, on=world.today)
    if amount:
        await bought.shopper.pay(bought.loan_id, amount_minor=amount, request_id=f"month-{place + 1:04}")
        member.paid_minor += amount


async def _look_at_loan(world: World, member: Member, *, on: date) -> None:
    if member.bought is not None:
        member.loan = await world.staff["finance"].get(f"/staff/loans/{member.bought.loan_id}?on={on}")


async def _name(world: World, member: Member) -> None:
    if member.bought is not None:
        file = await world.staff["finance"].get(f"/staff/loans/{member.bought.loan_id}/file")
        member.customer_id = file["customer_id"]
