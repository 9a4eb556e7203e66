"""Cases come back from agencies whose contract is over: at the end of a day, or at once where it ends today."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from fenqi.core.collection.arrears_case import CollectionCase
from fenqi.core.ledger.account import id_in_bucket
from fenqi.services.port import Ports
from fenqi.stores import agency as agencies
from fenqi.stores import collection as cases
from fenqi.stores.collection import CollectionEvent
from fenqi.stores.fetch import Connection


async def recall_over(
    connection: Connection,
    ports: Ports,
    *,
    lane: Sequence[int],
    on: date,
    by: str,
    why: str,
    agency_id: UUID | None = None,
) -> int:
    """Take every case back from agencies whose contract is over by a day, or from one of them; how many.

    Cases are held before their assignments, as where people give and take them one by one.
    """
    held = await cases.hold_over(connection, lane=lane, on=on, agency_id=agency_id)
    if not held:
        return 0
    recalled = await agencies.recall_over(connection, lane=lane, on=on, agency_id=agency_id, by=by, why=why)
    freed = [
        replace(case, agency_id=None, taken_by=None, taken_until=None)
        for case in held
        if case.case_id in recalled and case.closed_on is None
    ]
    await cases.put(connection, freed)
    told = [_told(ports, case, recalled[case.case_id], by=by, why=why) for case in freed]
    await cases.add_events(connection, told)
    return len(recalled)


def _told(ports: Ports, case: CollectionCase, assignment_id: UUID, *, by: str, why: str) -> CollectionEvent:
    return CollectionEvent(
        b=case.b,
        event_id=id_in_bucket(uuid5(assignment_id, "recalled"), case.b),
        case_id=case.case_id,
        what="recalled",
        by=by,
        text=why,
        detail={"stage": case.stage, "risk": case.risk, "strategy_version": case.strategy_version},
        recorded_at=ports.business.now(),
    )
