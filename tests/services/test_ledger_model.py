"""Any stream of commands, split into any batches, leaves the books of a plain loop over dictionaries."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_model import ModelLedger
from ledger_samples import AT, DAY, draw, drawn, grant, hold_of, identity, line, payable, repay, transaction

from fenqi.core.ledger.account import Account
from fenqi.core.ledger.entry import Leg, Transaction
from fenqi.core.ledger.hold import Hold, HoldEnd
from fenqi.stores import hold, ledger, posting
from fenqi.stores.database import Connection, become_application
from fenqi.stores.proof import verify

CUSTOMERS = (("Li", 7), ("Wang", 7), ("Zhao", 9))
ACCOUNTS: tuple[Account, ...] = tuple(
    account
    for customer, bucket in CUSTOMERS
    for account in (line(customer, bucket=bucket), drawn(customer, bucket=bucket), payable(bucket=bucket))
)
MAKERS = (grant, draw, repay)
numbers = st.integers(0, 40)
few = st.integers(0, 3)
amounts = st.integers(1, 300)
instants = st.integers(0, 3).map(lambda days: AT + timedelta(days=days))
days = st.sampled_from((DAY, DAY - timedelta(days=1), DAY + timedelta(days=1)))


@st.composite
def transactions(choose) -> Transaction:
    """Few names, so that ids and holds are met again; now and then a leg that draws a hold or passes the floor."""
    customer, bucket = choose(st.sampled_from(CUSTOMERS))
    name, amount, day = f"{bucket}-t{choose(numbers)}", choose(amounts), choose(days)
    is_forced = choose(st.integers(0, 9)) == 0
    captured = choose(st.one_of(st.none(), few))
    if captured is not None:
        leg = Leg(line(customer, bucket=bucket), drawn(customer, bucket=bucket), amount)
        held = identity(f"{bucket}-h{captured}")
        return transaction(name, leg, captures=held, effective_on=day, is_forced=is_forced)
    maker = choose(st.sampled_from(MAKERS))
    return maker(name, amount, customer, bucket=bucket, effective_on=day, is_forced=is_forced)


@st.composite
def holds(choose) -> Hold:
    customer, bucket = choose(st.sampled_from(CUSTOMERS))
    expires_at = AT + timedelta(days=choose(st.integers(4, 5)))
    return hold_of(f"{bucket}-h{choose(few)}", choose(amounts), customer, bucket=bucket, expires_at=expires_at)


releases = st.tuples(st.sampled_from((7, 9)), few, st.sampled_from((HoldEnd.VOIDED, HoldEnd.EXPIRED)))
batches = st.lists(transactions(), min_size=1, max_size=8)
posts = st.tuples(batches, st.integers(0, 6).map(lambda later: AT + timedelta(days=later)))
commands = st.lists(st.one_of(posts, posts, posts, holds(), holds(), releases), min_size=4, max_size=16)


async def play(connection: Connection, command, model: ModelLedger, *, splits: Sequence[int]) -> None:
    if isinstance(command, Hold):
        assert (await hold.add(connection, command, held_at=AT)).outcome is model.hold(command)
    elif isinstance(command, date):
        await ledger.close_period(connection, until_on=command, closed_at=AT, lane=(7, 9))
        model.open_from = max(model.open_from, command)
    elif isinstance(command[0], int):
        await play_release(connection, command, model)
    else:
        await play_batch(connection, *command, model, splits=splits)


async def play_release(connection: Connection, command, model: ModelLedger) -> None:
    bucket, number, how = command
    hold_id = identity(f"{bucket}-h{number}")
    result = await hold.release(connection, bucket=bucket, hold_id=hold_id, how=how, ended_at=AT)
    assert result.outcome is model.release(hold_id, how)


async def play_batch(connection: Connection, batch, posted_at, model: ModelLedger, *, splits: Sequence[int]) -> None:
    edges = sorted({0, len(batch), *(split for split in splits if split < len(batch))})
    found = []
    for start, end in pairwise(edges):
        found += await posting.post(connection, batch[start:end], posted_at=posted_at)
    assert found == model.post(batch, posted_at=posted_at)


async def compare(connection: Connection, model: ModelLedger) -> None:
    sums = await ledger.balances(connection, ACCOUNTS)
    for account, found in zip(ACCOUNTS, sums, strict=True):
        identity_ = account.account_id
        expected = (model.debits[identity_], model.credits[identity_], model.pending[identity_])
        assert (found.debits_posted, found.credits_posted, found.debits_pending) == expected
    report = await verify(connection)
    assert not {finding for finding in report.findings if finding.invariant != "period_respected"}


async def story(dsn: str, script, closed_on: date, splits: Sequence[int]) -> None:
    model = ModelLedger()
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
        await become_application(connection)
        async with connection.transaction(force_rollback=True):
            limits = [grant(customer, 400, customer, bucket=bucket) for customer, bucket in CUSTOMERS]
            for command in [(limits, AT), *script[:8], closed_on, *script[8:]]:
                await play(connection, command, model, splits=splits)
            await compare(connection, model)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(script=commands, closed_on=days, splits=st.lists(st.integers(1, 7), max_size=3))
def test_agrees_with_the_model_whatever_the_batches(shared_database: str, script, closed_on, splits) -> None:
    asyncio.run(story(shared_database, script, closed_on, splits))
