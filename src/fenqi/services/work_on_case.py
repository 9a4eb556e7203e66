"""What people do with cases: take the next one, keep it, give it back, pass it on, write down, end it."""

from dataclasses import replace
from uuid import UUID

from fenqi.core.decision.case import (
    Case,
    CaseKind,
    CaseNotYours,
    CaseUnknown,
    Disposition,
    Level,
    Worker,
    close,
    escalate,
    escalate_late,
    release,
    take,
)
from fenqi.core.ledger.account import bucket_in
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.open_case import SYSTEM, tell, waits
from fenqi.services.port import Ports
from fenqi.stores import case as cases
from fenqi.stores.case import QueueFilter
from fenqi.stores.fetch import Connection
from fenqi.stores.staff import Staff

_LEVELS_OF_ROLE = {"reviewer": (Level.REVIEWER,), "risk": (Level.REVIEWER, Level.LEAD)}
_CANDIDATES = 8


class NoCaseWaiting(Refusal):
    """The queue is empty."""

    code = "no_case_waiting"
    kind = Kind.UNKNOWN


class CaseStillWaits(Refusal):
    """A decision in the case has to be answered first."""

    code = "case_still_waits"
    kind = Kind.CONFLICT


def worker_of(staff: Staff) -> Worker:
    """Which cases the roles of a member of staff open."""
    return Worker(staff.login, frozenset(level for role in staff.roles for level in _LEVELS_OF_ROLE.get(role, ())))


async def find_case(connection: Connection, *, case_id: UUID) -> Case:
    """A case by its id.

    Raises: CaseUnknown.
    """
    return _known(await cases.find(connection, b=bucket_in(case_id), case_id=case_id))


async def take_next_case(connection: Connection, ports: Ports, *, staff: Staff, kind: CaseKind | None = None) -> Case:
    """Take the dearest case that nobody looks into; what the queue shows may be gone when it is reached for.

    Raises: NoCaseWaiting.
    """
    at, worker = ports.business.now(), worker_of(staff)
    wanted = QueueFilter(levels=worker.levels, kind=kind, holder="")
    found = await cases.queue(connection, wanted, at=at, limit=_CANDIDATES)
    for candidate in found:
        case = await cases.lock_free(connection, b=candidate.b, case_id=candidate.case_id)
        if case is not None and case.closed_at is None and case.holder(at=at) is None:
            return await _saved(connection, ports, take(case, worker, at=at), what="taken", by=staff.login)
    raise NoCaseWaiting("no case waits for you", allowed="when the next one is opened")


async def take_case(connection: Connection, ports: Ports, *, case_id: UUID, staff: Staff) -> Case:
    """Take one case.

    Raises: CaseUnknown, CaseClosed, CaseTaken, CaseNotYours.
    """
    case = await _locked(connection, case_id=case_id)
    taken = take(case, worker_of(staff), at=ports.business.now())
    return await _saved(connection, ports, taken, what="taken", by=staff.login)


async def release_case(connection: Connection, ports: Ports, *, case_id: UUID, staff: Staff) -> Case:
    """Give a case back to the queue.

    Raises: CaseUnknown, CaseClosed, CaseNotYours.
    """
    case = await _locked(connection, case_id=case_id)
    released = release(case, worker_of(staff), at=ports.business.now())
    return await _saved(connection, ports, released, what="released", by=staff.login)


async def escalate_case(connection: Connection, ports: Ports, *, case_id: UUID, staff: Staff, text: str) -> Case:
    """Pass a case on to those who answer for the strategy, with what is unclear.

    Raises: CaseUnknown, CaseClosed, CaseNotYours.
    """
    case = await _locked(connection, case_id=case_id)
    passed = escalate(case, worker_of(staff), at=ports.business.now())
    return await _saved(connection, ports, passed, what="escalated", by=staff.login, text=text)


async def note_case(connection: Connection, ports: Ports, *, case_id: UUID, staff: Staff, text: str) -> Case:
    """Write something down in a case, which keeps it taken.

    Raises: CaseUnknown, CaseClosed, CaseTaken, CaseNotYours.
    """
    case = await _locked(connection, case_id=case_id)
    kept = take(case, worker_of(staff), at=ports.business.now())
    return await _saved(connection, ports, kept, what="noted", by=staff.login, text=text)


async def end_case(
    connection: Connection, ports: Ports, *, case_id: UUID, staff: Staff, disposition: Disposition, text: str
) -> Case:
    """End a case in which no decision waits: the applicant asked about one that stands.

    Raises: CaseUnknown, CaseClosed, CaseTaken, CaseNotYours, CaseStillWaits.
    """
    case = await _locked(connection, case_id=case_id)
    taken = take(case, worker_of(staff), at=ports.business.now())
    if await waits(connection, taken):
        raise CaseStillWaits("a decision in the case waits for an answer", allowed="an answer to the decision")
    ended = close(taken, by=staff.login, disposition=disposition, at=ports.business.now())
    return await _saved(connection, ports, ended, what=f"closed_{disposition}", by=staff.login, text=text)


async def require_workable(connection: Connection, ports: Ports, *, decision_id: UUID, staff: Staff) -> Case:
    """The case of a decision, held; refuse an answer if somebody else looks into it, or it was passed on.

    Raises: CaseTaken, CaseNotYours, CaseClosed.
    """
    case = await cases.of_decision(connection, b=bucket_in(decision_id), decision_id=decision_id)
    if case is None:
        raise CaseNotYours("the decision is in no case", allowed="a decision that was referred")
    locked = await _locked(connection, case_id=case.case_id)
    take(locked, worker_of(staff), at=ports.business.now())
    return locked


async def give_back(connection: Connection, ports: Ports, *, decision_id: UUID, by: str, what: str) -> None:
    """Put the case of a decision back into the queue, because somebody else has to say something in it too."""
    case = await cases.of_decision(connection, b=bucket_in(decision_id), decision_id=decision_id)
    if case is not None:
        locked = await _locked(connection, case_id=case.case_id)
        await _saved(connection, ports, replace(locked, taken_by=None, taken_until=None), what=what, by=by)


async def escalate_late_cases(connection: Connection, ports: Ports, *, limit: int) -> int:
    """Pass on the cases whose time is nearly over; how many there were."""
    found = await cases.nearly_late(connection, at=ports.business.now(), limit=limit)
    for each in found:
        case = await cases.lock(connection, b=each.b, case_id=each.case_id)
        if case is not None and case.closed_at is None and case.level is Level.REVIEWER:
            await _saved(connection, ports, escalate_late(case), what="escalated_late", by=SYSTEM)
    return len(found)


async def _saved(connection: Connection, ports: Ports, case: Case, *, what: str, by: str, text: str = "") -> Case:
    await cases.save(connection, case)
    await tell(connection, ports, case, what=what, by=by, text=text)
    return case


async def _locked(connection: Connection, *, case_id: UUID) -> Case:
    return _known(await cases.lock(connection, b=bucket_in(case_id), case_id=case_id))


def _known(case: Case | None) -> Case:
    if case is None:
        raise CaseUnknown("no such case", allowed="an id from the queue of cases")
    return case
