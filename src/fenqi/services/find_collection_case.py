"""A collection case as whoever asks may see it: an agency's people see theirs only, and from its day on."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fenqi.core.collection.agency import Agency, require_running
from fenqi.core.collection.arrears_case import CollectionCase, CollectionCaseUnknown, take
from fenqi.core.ledger.account import bucket_in, id_in_bucket
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.stores import agency as agencies
from fenqi.stores import collection as cases
from fenqi.stores.collection import CollectionEvent
from fenqi.stores.fetch import Connection
from fenqi.stores.staff import Staff

AGENCY_ROLE = "agency"


@dataclass(frozen=True)
class Collector:
    """Somebody who works on cases, for the lender or for an agency."""

    staff: Staff
    agency: Agency | None

    @property
    def login(self) -> str:
        """Who it is."""
        return self.staff.login


async def collector_of(connection: Connection, staff: Staff, *, on: date) -> Collector:
    """For whom a member of staff collects.

    Raises: CollectionCaseUnknown for somebody in the role of an agency who belongs to none, AgencyNotUsable once its
    contract is over.
    """
    if AGENCY_ROLE not in staff.roles:
        return Collector(staff, None)
    agency = await agencies.of_member(connection, login=staff.login)
    if agency is None:
        raise CollectionCaseUnknown("your login belongs to no agency", allowed="a login that an agency was given")
    require_running(agency, on=on)
    return Collector(staff, agency)


async def find_case(connection: Connection, ports: Ports, *, case_id: UUID, collector: Collector) -> CollectionCase:
    """A case; the look is kept in the audit trail.

    Raises: CollectionCaseUnknown.
    """
    case = await cases.find(connection, b=bucket_in(case_id), case_id=case_id)
    return await _seen(connection, ports, case, collector=collector, action="looked_at_collection_case")


async def hold_case(
    connection: Connection, ports: Ports, *, case_id: UUID, collector: Collector, action: str
) -> CollectionCase:
    """A case that is open and nobody else's, kept for whoever asks; what they do is in the audit trail.

    Raises: CollectionCaseUnknown, CollectionCaseClosed, CollectionCaseTaken.
    """
    found = await cases.lock(connection, b=bucket_in(case_id), case_id=case_id)
    case = await _seen(connection, ports, found, collector=collector, action=action)
    kept = take(case, collector.login, at=ports.business.now())
    await cases.put(connection, [kept])
    return kept


async def _seen(
    connection: Connection, ports: Ports, case: CollectionCase | None, *, collector: Collector, action: str
) -> CollectionCase:
    if case is None or not await _is_theirs(connection, ports, case, collector):
        raise CollectionCaseUnknown("no such collection case", allowed="an id from your worklist")
    detail = {"agency": collector.agency.name} if collector.agency else {}
    await note(
        connection,
        ports,
        actor_kind="staff",
        actor=collector.login,
        action=action,
        subject=str(case.case_id),
        detail=detail,
    )
    return case


async def _is_theirs(connection: Connection, ports: Ports, case: CollectionCase, collector: Collector) -> bool:
    if collector.agency is None:
        return True
    assignment = await agencies.open_of_case(connection, b=case.b, case_id=case.case_id)
    return (
        assignment is not None
        and assignment.agency_id == collector.agency.agency_id
        and assignment.effective_from <= ports.business.today()
    )


async def write_down(
    connection: Connection,
    ports: Ports,
    case: CollectionCase,
    *,
    what: str,
    by: str,
    text: str = "",
    detail: dict[str, Any] | None = None,
    event_id: UUID | None = None,
) -> None:
    """Keep what was done in a case."""
    event = CollectionEvent(
        b=case.b,
        event_id=id_in_bucket(event_id or ports.new_id(), case.b),
        case_id=case.case_id,
        what=what,
        by=by,
        text=text,
        detail=detail or {},
        recorded_at=ports.business.now(),
    )
    await cases.add_event(connection, event)
