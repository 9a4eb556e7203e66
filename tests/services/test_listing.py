"""Lists by any sort: what is alike, what is missing, and what an index must serve."""

import itertools
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from fenqi.stores import case, loan_change, money_case, staff_list
from fenqi.stores.database import Connection
from fenqi.stores.listing import Listing, ListTooWide, Order, Place, lines, page_query, sorts

pytestmark = pytest.mark.anyio
BIG = {
    "decisions": staff_list.DECISIONS,
    "loans": staff_list.LOANS,
    "accounts": staff_list.ACCOUNTS_OF_KIND,
    "journal": staff_list.JOURNAL,
    "audit": staff_list.AUDIT,
    "queue": case.QUEUE,
    "closed cases": case.CLOSED,
    "money cases": money_case.CASES,
    "files": money_case.FILES,
    "loan changes": loan_change.WAITING,
}
READ_WHOLE = {
    ("loans", "outstanding_minor"),
    ("accounts", "debits_minor"),
    ("accounts", "credits_minor"),
    ("accounts", "balance_minor"),
    ("journal", "effective_on"),
    ("journal", "value_on"),
    ("journal", "amount_minor"),
    ("queue", "opened_at"),
    ("queue", "due_at"),
    ("money cases", "ours_minor"),
    ("money cases", "theirs_minor"),
    ("money cases", "closed_at"),
    ("files", "settled_on"),
    ("files", "line_count"),
    ("files", "break_count"),
    ("files", "cleared_minor"),
    ("files", "read_at"),
    ("loan changes", "kind"),
    ("loan changes", "proposed_by"),
}
"""What is sorted when it is asked: moved too often to be indexed, or never many."""


PARAMETER = re.compile(r"%\((\w+)\)s")
AT_THE_TOP = re.compile(r"  ->  (Incremental )?Sort")
SOME: dict[type, Any] = {
    datetime: datetime(2026, 9, 1, tzinfo=UTC),
    date: date(2026, 9, 1),
    int: 7,
    str: "x",
    UUID: UUID(int=7),
}
KEYS = {"journal": 7, "files": "x"}


@dataclass(frozen=True)
class Thing:
    thing: int
    name: str
    weight: int | None


THINGS = Listing(
    row=Thing,
    query="""select thing, name, weight
    from (values (1, 'b', 5), (2, 'a', null), (3, 'b', 5), (4, 'a', 7), (5, 'b', null), (6, 'c', 5), (7, 'a', null))
        as things (thing, name, weight)
    where (%(all)s::boolean or weight is null)""",
    key="thing",
    sorts=sorts("thing", "name", lightness="weight"),
    usual="-lightness",
)
EVERY_ORDER = [Order(name, is_descending) for name in THINGS.sorts for is_descending in (False, True)]


async def paged(connection: Connection, order: Order, *, limit: int) -> list[int]:
    seen: list[int] = []
    after: Place | None = None
    for _ in range(20):
        page = await lines(connection, THINGS, {"all": True}, order=order, after=after, limit=limit)
        seen += [row.thing for row in page]
        if len(page) < limit:
            return seen
        after = THINGS.place_of(page[-1], order)
    raise AssertionError("a list without end")


@pytest.mark.parametrize("order", EVERY_ORDER, ids=str)
async def test_pages_of_any_size_are_the_whole_list(connection: Connection, order: Order):
    whole = await paged(connection, order, limit=100)

    assert sorted(whole) == [1, 2, 3, 4, 5, 6, 7]
    for limit in (1, 2, 3, 7):
        assert await paged(connection, order, limit=limit) == whole


async def test_what_has_nothing_comes_last_and_what_is_alike_by_its_key(connection: Connection):
    assert await paged(connection, Order("lightness", is_descending=True), limit=2) == [4, 6, 3, 1, 7, 5, 2]
    assert await paged(connection, Order("lightness", is_descending=False), limit=2) == [1, 3, 6, 4, 2, 5, 7]
    assert await paged(connection, Order("name", is_descending=False), limit=2) == [2, 4, 7, 1, 3, 5, 6]


async def test_a_list_in_which_everything_has_nothing_begins_with_it(connection: Connection):
    order = Order("lightness", is_descending=True)
    page = await lines(connection, THINGS, {"all": False}, order=order, after=None, limit=2)
    assert [row.thing for row in page] == [7, 5]


async def test_a_list_that_takes_too_long_is_refused_with_what_is_faster(connection: Connection):
    slow = replace(THINGS, query=f"{THINGS.query} and pg_sleep(1.5) is not null")
    order = Order("name", is_descending=False)
    with pytest.raises(ListTooWide) as refused:
        await lines(connection, slow, {"all": True}, order=order, after=None, limit=1, patience_seconds=1)
    assert "lightness" in refused.value.allowed
    assert len(await paged(connection, order, limit=100)) == 7


async def test_a_list_is_planned_anew_and_nothing_else_on_the_connection_is(connection: Connection):
    before = await (await connection.execute("show plan_cache_mode")).fetchone()
    await paged(connection, Order("name", is_descending=False), limit=100)
    assert await (await connection.execute("show plan_cache_mode")).fetchone() == before


@pytest.mark.parametrize(("name", "sort"), [(name, sort) for name, which in BIG.items() for sort in which.sorts])
def test_a_page_of_a_big_list_costs_its_own_lines(shared_database: str, name: str, sort: str):
    which = BIG[name]
    with psycopg.connect(shared_database) as connection, connection.transaction(force_rollback=True):
        connection.execute(
            "set local enable_seqscan = off; set local enable_sort = off; set local enable_bitmapscan = off"
        )
        kind = which.type_of(which.sorts[sort])
        wanted = {
            "unanswered": False,
            "has_breaks": False,
            "b": 7,
            "levels": ["reviewer"],
            "key": KEYS.get(name, uuid4()),
        }
        wanted |= {"kind": "loan_principal" if name == "accounts" else None, "value": SOME[kind], "limit": 51}
        for is_descending, is_start in itertools.product((False, True), repeat=2):
            query = page_query(which, Order(sort, is_descending), holds=True, is_start=is_start)
            asked = {each: wanted.get(each) for each in PARAMETER.findall(query)}
            explained: Any = f"explain {query}"
            plan = [line for (line,) in connection.execute(explained, asked).fetchall()]
            assert any(AT_THE_TOP.match(line) for line in plan) == ((name, sort) in READ_WHOLE), plan
