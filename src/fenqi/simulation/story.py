"""The demo's story: three who buy phones and one who may not, from the order to the closed books."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

from fenqi.core.decision.features import CreditRecord, MonthlyRecord, Standing
from fenqi.simulation.person import Person, invent
from fenqi.simulation.story_bill import BILL_AHEAD, buy_on_bill, due_on, hear_of_bill, pay_bill
from fenqi.simulation.story_books import prove
from fenqi.simulation.story_checkout import PHONE, buy, hear_no
from fenqi.simulation.story_loan import (
    pay_in_doubt,
    pay_in_time,
    pay_late,
    pay_off,
    refund_part,
)
from fenqi.simulation.story_merchant import settle
from fenqi.simulation.telling import Telling
from fenqi.simulation.world import World
from fenqi.wiring import KnownPerson

STARTS_AT = datetime(2026, 8, 31, 2, 0, tzinfo=UTC)
"""Ten in the morning in Shanghai on the last day of a month, under the disclosure rules of August 2026."""
ENDS_ON = date(2027, 1, 1)
REFUND_MINOR = 50_000
PAYS, IN_DOUBT = "tok_ok_6222", "tok_unknown_then_ok_6217"
"""How the stand-in channel is to treat an account: by its token."""
_SEED = 2026
_YUAN = 100
_MONTHS = (date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1))

_Act = tuple[date, Callable[[], Awaitable[object]]]
"""Something that happens on a day; the bill day is the borrower's own, so only then is its place known."""


async def play_story(world: World, telling: Telling, *, language: str) -> None:
    """Play it from the first day to the last, checking every number on the way."""
    priced, free, late, gathered = (invent(number, seed=_SEED) for number in (1, 2, 3, 4))
    introduce(world, good=(priced, free, gathered), late=late)
    first = await buy(world, telling, priced, offer_id="instalment:12", account=PAYS, language=language)
    await hear_no(world, telling, late, language=language)
    await world.pass_until(date(2026, 9, 2))
    await settle(world, telling, sold=(PHONE,))

    await world.pass_until(date(2026, 9, 8))
    second = await buy(
        world,
        telling,
        free,
        offer_id="instalment_brand_free:12",
        account=IN_DOUBT,
        language=language,
    )
    await world.pass_until(date(2026, 9, 9))
    account = "tok_ok_6214"
    billed = [await buy_on_bill(world, telling, gathered, account=account, language=language) for _ in range(2)]
    part: dict[str, int] = {}

    async def give_back() -> None:
        part["minor"] = await refund_part(world, telling, first, refund_minor=REFUND_MINOR)

    acts: list[_Act] = [
        (date(2026, 9, 30), lambda: pay_in_time(world, telling, first, instalment=1)),
        (date(2026, 10, 8), lambda: pay_in_doubt(world, telling, second, instalment=1)),
        (date(2026, 10, 31), lambda: pay_in_time(world, telling, first, instalment=2)),
        (date(2026, 11, 8), lambda: pay_in_doubt(world, telling, second, instalment=2, briefly=True)),
        (date(2026, 11, 12), give_back),
        (
            date(2026, 12, 1),
            lambda: settle(world, telling, sold=(PHONE, PHONE, PHONE), refunds_minor=(REFUND_MINOR,)),
        ),
        (date(2026, 12, 8), lambda: pay_in_doubt(world, telling, second, instalment=3, briefly=True)),
        (date(2026, 12, 10), lambda: pay_late(world, telling, first, instalment=3, refunded_minor=part["minor"])),
        (date(2026, 12, 28), lambda: pay_off(world, telling, first)),
        (due_on(billed[0]) - BILL_AHEAD, lambda: hear_of_bill(world, telling, billed)),
        (due_on(billed[0]), lambda: pay_bill(world, telling, billed)),
    ]
    for on, act in sorted(acts, key=lambda each: each[0]):
        await world.pass_until(on)
        await act()
    await world.pass_until(ENDS_ON)
    await prove(world, telling)


def introduce(world: World, *, good: tuple[Person, ...], late: Person) -> None:
    """Tell the stand-in bureau who these people are."""
    known = {person.id_number: _known(Standing.PAID_IN_FULL) for person in good}
    world.tell_bureau(known | {late.id_number: _known(Standing.LATE)})


def _known(last: Standing) -> KnownPerson:
    """Somebody who uses a card of ¥30,000 a little and earns ¥12,000; `last` is how the last month ended."""
    standings = (Standing.PAID_IN_FULL, Standing.PAID_IN_FULL, last)
    months = tuple(
        MonthlyRecord(
            month=month,
            bill_minor=3_000 * _YUAN,
            paid_minor=0 if standing is Standing.LATE else 3_000 * _YUAN,
            standing=standing,
            months_late=int(standing is Standing.LATE),
        )
        for month, standing in zip(_MONTHS, standings, strict=True)
    )
    return KnownPerson(
        record=CreditRecord(limit_minor=30_000 * _YUAN, months=months),
        debt_minor=3_000 * _YUAN,
        monthly_debt_service_minor=300 * _YUAN,
        monthly_income_minor=12_000 * _YUAN,
    )
