"""What the books take, and what they refuse."""

from collections import Counter

import anyio
import pytest
from ledger_samples import (
    AT,
    DAY,
    LATER,
    cash,
    draw,
    drawn,
    grant,
    hold_of,
    identity,
    line,
    payable,
    principal,
    repay,
    transaction,
)

from fenqi.core.ledger.entry import Leg
from fenqi.core.ledger.hold import HoldEnd
from fenqi.core.ledger.outcome import LimitExceeded, Outcome, TransactionConflict, demand
from fenqi.stores import hold, ledger, posting
from fenqi.stores.database import Pool, late_transaction
from fenqi.stores.database import transaction as database_transaction
from fenqi.stores.fetch import at_last
from fenqi.stores.listing import Order, Place, lines
from fenqi.stores.proof import verify
from fenqi.stores.staff_list import JOURNAL

pytestmark = pytest.mark.anyio


async def outcomes(connection, *transactions, posted_at=AT) -> list[Outcome]:
    return [result.outcome for result in await posting.post(connection, transactions, posted_at=posted_at)]


async def test_posts_both_sides_of_every_leg(connection) -> None:
    assert await outcomes(connection, grant("limit", 500), draw("phone", 300)) == [Outcome.POSTED] * 2
    sums = await ledger.balances(connection, (line(), drawn(), principal("phone"), payable(), cash()))
    assert [each.debits_posted - each.credits_posted for each in sums] == [-200, -300, 300, -300, 0]


async def test_the_same_again_is_a_replay(connection) -> None:
    once = grant("limit", 500)
    assert await outcomes(connection, once) == [Outcome.POSTED]
    assert await outcomes(connection, once, once) == [Outcome.REPLAYED] * 2
    assert (await ledger.balance(connection, line())).credits_posted == 500


async def test_what_is_demanded_and_refused_undoes_the_transaction_it_ends(pool: Pool) -> None:
    async def write(*transactions) -> None:
        async with late_transaction(pool) as connection:
            await at_last(connection, *(posting.to_demand(each, posted_at=AT) for each in transactions))

    await write(grant("limit", 500))
    await write(grant("limit", 500))
    with pytest.raises(LimitExceeded):
        await write(draw("phone", 400), draw("tablet", 200))
    with pytest.raises(TransactionConflict):
        await write(draw("phone", 400), grant("limit", 600))
    async with pool.connection() as connection:
        assert (await ledger.balance(connection, line())).available_minor == 500
        assert (await verify(connection)).is_clean


async def test_the_same_twice_in_one_batch_is_posted_once(connection) -> None:
    once = grant("limit", 500)
    assert await outcomes(connection, once, once) == [Outcome.POSTED, Outcome.REPLAYED]


async def test_another_content_under_the_same_id_is_a_conflict(connection) -> None:
    assert await outcomes(connection, grant("limit", 500), grant("limit", 501)) == [Outcome.POSTED, Outcome.CONFLICT]


async def test_refuses_to_draw_more_than_is_available(connection) -> None:
    assert await outcomes(connection, grant("limit", 500), draw("phone", 501)) == [Outcome.POSTED, Outcome.LIMIT]
    assert await ledger.legs_of_transaction(connection, bucket=7, transaction_id=identity("phone")) == ()


async def test_a_refused_transaction_does_not_stop_the_others_of_its_batch(connection) -> None:
    batch = (grant("limit", 500), draw("a", 300), draw("b", 300), repay("c", 100), draw("d", 300))
    found = await outcomes(connection, *batch)
    assert found == [Outcome.POSTED, Outcome.POSTED, Outcome.LIMIT, Outcome.POSTED, Outcome.POSTED]


async def test_a_forced_transaction_passes_the_floor_and_a_repayment_may_follow(connection) -> None:
    lowered = transaction("lower", Leg(line(), drawn(), 700), is_forced=True)
    batch = (grant("limit", 500), lowered, repay("back", 50), draw("phone", 1))
    assert await outcomes(connection, *batch) == [*[Outcome.POSTED] * 3, Outcome.LIMIT]
    assert (await ledger.balance(connection, line())).available_minor == -150


async def test_a_hold_sets_aside_and_its_capture_frees_the_rest(connection) -> None:
    await outcomes(connection, grant("limit", 500))
    assert (await hold.add(connection, hold_of("order", 400), held_at=AT)).outcome is Outcome.POSTED
    assert (await ledger.balance(connection, line())).available_minor == 100
    assert await outcomes(connection, draw("phone", 300, captures=identity("order"))) == [Outcome.POSTED]
    assert (await ledger.balance(connection, line())).available_minor == 200
    state = await hold.find(connection, bucket=7, hold_id=identity("order"))
    assert state is not None
    assert (state.how, state.captured_minor) == ("captured", 300)


async def test_refuses_a_hold_above_what_is_available(connection) -> None:
    await outcomes(connection, grant("limit", 500))
    result = await hold.add(connection, hold_of("order", 501), held_at=AT)
    with pytest.raises(LimitExceeded):
        demand(result)


async def test_a_hold_asked_for_twice_is_one_hold(connection) -> None:
    await outcomes(connection, grant("limit", 500))
    asked = [hold_of("order", 400), hold_of("order", 400), hold_of("order", 401)]
    found = [(await hold.add(connection, each, held_at=AT)).outcome for each in asked]
    assert found == [Outcome.POSTED, Outcome.REPLAYED, Outcome.CONFLICT]


async def test_a_hold_is_captured_once(connection) -> None:
    await outcomes(connection, grant("limit", 500))
    await hold.add(connection, hold_of("order", 400), held_at=AT)
    captures = [draw(name, 100, captures=identity("order")) for name in ("first", "second")]
    assert await outcomes(connection, *captures) == [Outcome.POSTED, Outcome.HOLD_ENDED]


@pytest.mark.parametrize(
    ("capture", "refused"),
    [
        (draw("phone", 401, captures=identity("order")), Outcome.HOLD_EXCEEDED),
        (draw("phone", 400, captures=identity("another")), Outcome.HOLD_UNKNOWN),
        (transaction("phone", Leg(principal(), payable(), 400), captures=identity("order")), Outcome.HOLD_DIFFERS),
    ],
)
async def test_refuses_a_capture_that_is_not_the_holds(connection, capture, refused: Outcome) -> None:
    await outcomes(connection, grant("limit", 500))
    await hold.add(connection, hold_of("order", 400), held_at=AT)
    assert await outcomes(connection, capture) == [refused]


async def test_refuses_a_capture_once_the_hold_has_expired(connection) -> None:
    await outcomes(connection, grant("limit", 500))
    await hold.add(connection, hold_of("order", 400), held_at=AT)
    capture = draw("phone", 100, captures=identity("order"))
    assert await outcomes(connection, capture, posted_at=LATER) == [Outcome.HOLD_ENDED]


async def test_a_hold_is_released_once(connection) -> None:
    await outcomes(connection, grant("limit", 500))
    await hold.add(connection, hold_of("order", 400), held_at=AT)
    ends = (HoldEnd.VOIDED, HoldEnd.VOIDED, HoldEnd.EXPIRED)
    found = [
        (await hold.release(connection, bucket=7, hold_id=identity("order"), how=how, ended_at=AT)).outcome
        for how in ends
    ]
    assert found == [Outcome.POSTED, Outcome.REPLAYED, Outcome.HOLD_ENDED]
    assert (await ledger.balance(connection, line())).available_minor == 500


async def test_two_orders_at_the_same_instant_cannot_overspend_a_limit(pool: Pool) -> None:
    async with database_transaction(pool) as connection:
        await outcomes(connection, grant("limit", 500))
    found: list[Outcome] = []

    async def order(name: str) -> None:
        async with database_transaction(pool) as connection:
            result = await hold.add(connection, hold_of(name, 300), held_at=AT)
            await anyio.sleep(0.05)
            found.append(result.outcome)

    async with anyio.create_task_group() as orders:
        for name in ("a", "b", "c", "d"):
            orders.start_soon(order, name)
    assert sorted(found) == [Outcome.LIMIT] * 3 + [Outcome.POSTED]


async def test_many_writers_at_once_leave_gapless_books_and_one_capture(pool: Pool) -> None:
    async with database_transaction(pool) as connection:
        await outcomes(connection, grant("limit", 500))
        await hold.add(connection, hold_of("order", 400), held_at=AT)
    found: list[Outcome] = []

    async def write(name: str) -> None:
        async with database_transaction(pool) as connection:
            found.extend(await outcomes(connection, draw(name, 100, captures=identity("order")), repay("same", 1)))

    async with anyio.create_task_group() as writers:
        for number in range(6):
            writers.start_soon(write, f"capture {number}")
    assert Counter(found) == {
        Outcome.POSTED: 2,
        Outcome.HOLD_ENDED: 5,
        Outcome.REPLAYED: 5,
    }
    async with database_transaction(pool) as connection:
        assert (await verify(connection)).is_clean


async def test_a_closed_period_refuses_its_days(connection) -> None:
    assert await ledger.close_period(connection, until_on=DAY.replace(day=2), closed_at=AT) == 256
    assert await ledger.close_period(connection, until_on=DAY, closed_at=AT) == 0
    assert await ledger.open_from(connection, lane=[7]) == {7: DAY.replace(day=2)}
    late = grant("late", 5, effective_on=DAY.replace(day=2), value_on=DAY)
    assert await outcomes(connection, grant("limit", 5), late) == [Outcome.PERIOD_CLOSED, Outcome.POSTED]


async def test_a_balance_can_be_read_as_of_a_day_of_the_accounts_or_of_the_events(connection) -> None:
    later = DAY.replace(day=9)
    await outcomes(connection, grant("a", 5), grant("b", 7, effective_on=later), grant("c", 9, effective_on=later))
    assert (await ledger.balance_on(connection, line(), day=DAY)).available_minor == 5
    assert (await ledger.balance_value_on(connection, line(), day=DAY)).available_minor == 21


async def journal(connection, *, after: Place | None, limit: int) -> tuple[ledger.JournalLeg, ...]:
    wanted = dict.fromkeys(("loan_id", "kind", "account", "from_on", "until_on")) | {"b": 7}
    order = Order("seq", is_descending=False)
    return await lines(connection, JOURNAL, wanted, order=order, after=after, limit=limit)


async def test_the_journal_is_gapless_and_continues_where_it_was_left(connection) -> None:
    await outcomes(connection, grant("limit", 500), draw("a", 1), draw("b", 2))
    first = await journal(connection, after=None, limit=3)
    rest = await journal(connection, after=Place(first[-1].seq, first[-1].seq), limit=9)
    assert [leg.seq for leg in (*first, *rest)] == [1, 2, 3, 4, 5]
    assert rest[-1].debit_kind == "loan_principal"


async def test_reads_the_legs_of_a_loan(connection) -> None:
    loan_id = identity("loan")
    await outcomes(connection, grant("limit", 500), draw("a", 1, loan_id=loan_id), draw("b", 2))
    legs = await ledger.legs_of_loan(connection, bucket=7, loan_id=loan_id)
    assert [leg.amount_minor for leg in legs] == [1, 1]


async def test_the_trial_balance_is_balanced(connection) -> None:
    await outcomes(connection, grant("limit", 500), draw("a", 1), grant("other", 9, "Wang", bucket=8))
    book = await ledger.trial_balance(connection)
    assert sum(kind.debits_posted - kind.credits_posted for kind in book) == 0
    assert {kind.kind: kind.credits_posted for kind in book}["credit_line"] == 509
