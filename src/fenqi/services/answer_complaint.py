"""A person takes a complaint up, answers it and makes good what was wrong; a second one agrees to what is given."""

from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from fenqi.core.collection.complaint import Complaint, Finding
from fenqi.core.collection.complaint_course import (
    acknowledge,
    answer,
    assign,
    close,
    extend,
    propose,
    require_open,
    require_other_person,
    require_second,
    send_back,
)
from fenqi.core.collection.hardship import end_of_day
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.give_redress import give_redress, needs_second_person
from fenqi.services.keep_complaint import law_of, lock_complaint, saved, write_to_customer
from fenqi.services.port import Ports
from fenqi.services.stop_for_complaint import end_stops
from fenqi.stores import complaint as complaints
from fenqi.stores import staff as colleagues
from fenqi.stores.fetch import Connection
from fenqi.stores.staff import Staff

ANSWERING = frozenset({"collector", "risk"})
"""The roles that answer complaints."""


class AssigneeUnknown(Refusal):
    """Nobody who answers complaints has this login."""

    code: ClassVar[str] = "assignee_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


async def acknowledge_complaint(connection: Connection, ports: Ports, *, complaint_id: UUID, staff: Staff) -> Complaint:
    """Take a complaint up.

    Raises: ComplaintUnknown, ComplaintOver.
    """
    complaint = await lock_complaint(connection, complaint_id=complaint_id)
    taken = acknowledge(complaint, by=staff.login, at=ports.business.now())
    if taken is complaint:
        return complaint
    return await saved(connection, ports, taken, what="acknowledged", by=staff.login)


async def assign_complaint(
    connection: Connection, ports: Ports, *, complaint_id: UUID, login: str, staff: Staff
) -> Complaint:
    """Say who is to answer a complaint.

    Raises: ComplaintUnknown, ComplaintOver, AssigneeUnknown.
    """
    complaint = await lock_complaint(connection, complaint_id=complaint_id)
    found = await colleagues.by_login(connection, login=login)
    if found is None or not ANSWERING & set(found.roles):
        raise AssigneeUnknown("nobody who answers complaints has this login", allowed=", ".join(sorted(ANSWERING)))
    return await saved(connection, ports, assign(complaint, to=login), what="assigned", by=staff.login, text=login)


async def extend_complaint(
    connection: Connection, ports: Ports, *, complaint_id: UUID, reason: str, staff: Staff
) -> Complaint:
    """More time to answer, once; the customer is told.

    Raises: ComplaintUnknown, ComplaintOver, ComplaintExtended.
    """
    complaint = await lock_complaint(connection, complaint_id=complaint_id)
    longer = extend(complaint, days=law_of(ports).extended_days)
    await saved(connection, ports, longer, what="extended", by=staff.login, text=reason)
    until = longer.answer_due_at
    await write_to_customer(connection, ports, longer, template="complaint_extended", until=until)
    return longer


async def answer_complaint(
    connection: Connection, ports: Ports, *, complaint_id: UUID, finding: Finding, staff: Staff
) -> Complaint:
    """Answer at once, or propose an answer whose redress needs a second person.

    Raises: ComplaintUnknown, ComplaintOver, ComplaintIncomplete, AnswerOwnComplaint, and what keeps the redress from
    being given.
    """
    complaint = await lock_complaint(connection, complaint_id=complaint_id)
    require_open(complaint)
    await _require_other_person(connection, complaint, staff)
    if await needs_second_person(connection, ports, complaint, finding):
        waiting = propose(complaint, finding, by=staff.login, at=ports.business.now())
        return await saved(connection, ports, waiting, what="proposed", by=staff.login, text=finding.answer)
    return await _give(connection, ports, send_back(complaint), finding, staff=staff)


async def approve_answer(
    connection: Connection, ports: Ports, *, complaint_id: UUID, is_approved: bool, why: str, staff: Staff
) -> Complaint:
    """The second person agrees, and it is done; or does not, and somebody answers anew.

    Raises: ComplaintUnknown, AnswerNotProposed, AnswerOwnProposal, AnswerOwnComplaint, and what keeps the redress from
    being given by now.
    """
    complaint = await lock_complaint(connection, complaint_id=complaint_id)
    finding = require_second(complaint, by=staff.login)
    if not is_approved:
        return await saved(connection, ports, send_back(complaint), what="sent_back", by=staff.login, text=why)
    await _require_other_person(connection, complaint, staff)
    return await _give(connection, ports, complaint, finding, staff=staff)


async def close_complaint(
    connection: Connection, ports: Ports, *, complaint_id: UUID, reason: str, staff: Staff
) -> Complaint:
    """Close an answered complaint: the customer has said elsewhere that nothing is left to do.

    Raises: ComplaintUnknown, ComplaintNotAnswered.
    """
    complaint = await lock_complaint(connection, complaint_id=complaint_id)
    closed = close(complaint, by=staff.login, at=ports.business.now())
    return await saved(connection, ports, closed, what="closed", by=staff.login, text=reason)


async def _give(
    connection: Connection, ports: Ports, complaint: Complaint, finding: Finding, *, staff: Staff
) -> Complaint:
    """What the complaint stopped goes on, the redress is booked, the customer is told."""
    at, days = ports.business.now(), law_of(ports).settled_days
    settle_by = end_of_day(ports.business.today() + timedelta(days=days))
    answered = answer(complaint, finding, by=staff.login, at=at, settle_by=settle_by)
    await end_stops(connection, ports, answered, by=staff.login)
    await give_redress(connection, ports, answered, finding, staff=staff)
    await saved(connection, ports, answered, what="answered", by=staff.login, text=finding.answer)
    await write_to_customer(connection, ports, answered, template="complaint_answered", until=settle_by)
    return answered


async def _require_other_person(connection: Connection, complaint: Complaint, staff: Staff) -> None:
    if complaint.follows_id is not None:
        followed = await complaints.find(connection, b=complaint.b, complaint_id=complaint.follows_id)
        require_other_person(complaint, followed, by=staff.login)
