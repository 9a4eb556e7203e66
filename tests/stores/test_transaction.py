"""Whoever appends to the order log hears how its transaction ended, whatever ended it."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress

import pytest
from psycopg import OperationalError

from fenqi.core.velocity.entry import Fate
from fenqi.stores.database import Connection, Pool, at_end, late_transaction, transaction

pytestmark = pytest.mark.anyio
ENDS = (
    (None, Fate.COMMITTED),
    (RuntimeError("a fault of ours"), Fate.UNDONE),
    (OperationalError("the connection is lost"), Fate.UNKNOWN),
)


@pytest.mark.parametrize("opened", [transaction, late_transaction])
async def test_only_a_lost_connection_leaves_open_how_a_transaction_ended(
    pool: Pool, opened: Callable[[Pool], AbstractAsyncContextManager[Connection]]
):
    for ended_by, fate in ENDS:
        heard: list[Fate] = []
        with suppress(RuntimeError, OperationalError):
            async with opened(pool) as connection:
                at_end(connection, heard.append)
                if ended_by:
                    raise ended_by
        assert heard == [fate]
