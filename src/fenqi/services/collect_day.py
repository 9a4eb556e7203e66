"""The end of a day in collection: cases opened, brought up to date and closed, promises decided by the books."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from fenqi.core.collection.arrears_case import CollectionCase, settle_cases
from fenqi.core.collection.promise import Promise, decided
from fenqi.core.ledger.account import id_in_bucket
from fenqi.services.book_commission import book_commissions
from fenqi.services.offer import CURRENCY
from fenqi.services.port import Ports
from fenqi.services.recall_over import recall_over
from fenqi.stores import agency as agencies
from fenqi.stores import collection as cases
from fenqi.stores.collection import CollectionEvent
from fenqi.stores.fetch import Connection

SYSTEM = "system"
ONE_DAY = timedelta(days=1)


async def collect_day(connection: Connection, ports: Ports, *, lane: Sequence[int], day: date) -> int:
    """Go through a closed day in a few buckets; how many cases and promises changed.

    What is opened, closed or decided has an id that follows from the day, so that a day gone through twice is gone
    through once.
    """
    known = await cases.open_in(connection, lane=lane)
    late = await cases.late(connection, lane=lane, day=day, currency=CURRENCY)
    settled = settle_cases(late, known, day=day, strategy=ports.authority.collection)
    await cases.put(connection, settled)
    promises = await _decide_promises(connection, ports, settled, lane=lane, day=day)
    commissions = await book_commissions(connection, ports, lane=lane, day=day)
    await _recall_closed(connection, settled, day=day)
    recalled = await recall_over(connection, ports, lane=lane, on=day + ONE_DAY, by=SYSTEM, why="the contract is over")
    told = _changes(settled, known)
    for case, what in told:
        await _tell(connection, ports, case, what=what, day=day)
    await cases.put_day(connection, lane=lane, day=day)
    return len(told) + promises + commissions + recalled


async def _recall_closed(connection: Connection, settled: Sequence[CollectionCase], *, day: date) -> None:
    """A case that is closed is with nobody any more, from the day after."""
    for case in settled:
        if case.closed_on is None or case.agency_id is None:
            continue
        assignment = await agencies.open_of_case(connection, b=case.b, case_id=case.case_id)
        if assignment is not None:
            ended = replace(assignment, recalled_on=day + ONE_DAY, recalled_by=SYSTEM, recalled_why="closed")
            await agencies.recall(connection, ended)


def _changes(settled: Sequence[CollectionCase], known: Sequence[CollectionCase]) -> list[tuple[CollectionCase, str]]:
    """What is worth a line in a case: that it was opened, closed, or came to another stage or risk."""
    before = {case.case_id: case for case in known}
    told = list[tuple[CollectionCase, str]]()
    for case in settled:
        was = before.get(case.case_id)
        if was is None:
            told.append((case, "opened"))
        elif case.closed_on is not None:
            told.append((case, "closed"))
        elif (was.stage, was.risk) != (case.stage, case.risk):
            told.append((case, "moved"))
    return told


async def _decide_promises(
    connection: Connection, ports: Ports, settled: Sequence[CollectionCase], *, lane: Sequence[int], day: date
) -> int:
    waiting = await cases.open_promises(connection, lane=lane, day=day)
    if not waiting:
        return 0
    closed = {case.case_id for case in settled if case.closed_on is not None}
    paid = await cases.paid(
        connection,
        lane=lane,
        customer_ids=sorted({promise.customer_id for promise in waiting}),
        from_on=min(promise.made_on for promise in waiting),
        until_on=day,
    )
    found = list[Promise]()
    for promise in waiting:
        until_on = min(day, promise.promised_on)
        paid_minor = sum(
            each.paid_minor
            for each in paid
            if each.customer_id == promise.customer_id and promise.made_on <= each.value_on <= until_on
        )
        found.append(decided(promise, paid_minor=max(0, paid_minor), is_closed=promise.case_id in closed, day=day))
    ended = [promise for promise in found if promise.decided_on is not None]
    await cases.save_promises(connection, ended)
    for promise in ended:
        await _add_event(
            connection,
            ports,
            b=promise.b,
            case_id=promise.case_id,
            what=f"promise_{promise.state}",
            event_id=uuid5(promise.promise_id, promise.state),
            detail={"amount_minor": promise.amount_minor, "paid_minor": promise.paid_minor},
        )
    return len(ended)


async def _tell(connection: Connection, ports: Ports, case: CollectionCase, *, what: str, day: date) -> None:
    await _add_event(
        connection,
        ports,
        b=case.b,
        case_id=case.case_id,
        what=what,
        event_id=uuid5(case.case_id, f"{what}:{day.isoformat()}"),
        detail={"stage": case.stage, "risk": case.risk, "strategy_version": case.strategy_version},
    )


async def _add_event(
    connection: Connection, ports: Ports, *, b: int, case_id: UUID, what: str, event_id: UUID, detail: dict[str, object]
) -> None:
    event = CollectionEvent(
        b=b,
        event_id=id_in_bucket(event_id, b),
        case_id=case_id,
        what=what,
        by=SYSTEM,
        text="",
        detail=detail,
        recorded_at=ports.business.now(),
    )
    await cases.add_event(connection, event)
