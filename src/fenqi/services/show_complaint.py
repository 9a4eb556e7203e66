"""A complaint as its customer and as the desk see it."""

from datetime import datetime
from typing import Any

from fenqi.core.collection.complaint import Complaint, ComplaintState
from fenqi.core.collection.contact import SHANGHAI
from fenqi.core.collection.hardship import last_day_before
from fenqi.services.find_loan import find_loan
from fenqi.services.keep_complaint import law_of
from fenqi.services.keep_paper import papers_shown
from fenqi.services.offer import CURRENCY
from fenqi.services.port import Ports
from fenqi.stores import case as cases
from fenqi.stores import complaint as complaints
from fenqi.stores import paper as papers
from fenqi.stores.complaint import Evidence, RecordLine
from fenqi.stores.fetch import Connection

_GIVEN = frozenset({ComplaintState.ANSWERED, ComplaintState.CLOSED})


def complaint_line(complaint: Complaint, *, at: datetime) -> dict[str, Any]:
    """A complaint as it stands in a list."""
    return {
        "complaint_id": str(complaint.complaint_id),
        "customer_id": str(complaint.customer_id),
        "channel": complaint.channel.value,
        "reference": complaint.reference,
        "cause": complaint.cause.value,
        "state": complaint.state.value,
        "level": complaint.level.value,
        "assigned_to": complaint.assigned_to,
        "loan_id": _id(complaint.loan_id),
        "disputed_minor": complaint.disputed_minor,
        "received_by": complaint.received_by,
        "received_at": complaint.received_at.isoformat(),
        "acknowledge_due_on": last_day_before(complaint.acknowledge_due_at).isoformat(),
        "answer_due_on": last_day_before(complaint.answer_due_at).isoformat(),
        "is_late": complaint.is_late(at=at),
        "is_acknowledge_missed": complaint.acknowledge_missed_at is not None,
        "outcome": complaint.outcome and complaint.outcome.value,
        "redress": complaint.redress.value,
        "redress_minor": complaint.redress_minor,
        "answered_at": _instant(complaint.answered_at),
        "is_satisfied": complaint.is_satisfied,
        "ended_at": _instant(complaint.ended_at),
    }


async def own_complaint_shown(connection: Connection, ports: Ports, complaint: Complaint) -> dict[str, Any]:
    """A complaint as its customer sees it: where it stands, their words and papers, the answer."""
    line = complaint_line(complaint, at=ports.business.now())
    kept = ("complaint_id", "channel", "cause", "state", "loan_id", "disputed_minor", "received_at", "answer_due_on")
    events = await complaints.events(connection, complaint)
    is_given = complaint.state in _GIVEN
    return {name: line[name] for name in (*kept, "answered_at", "is_satisfied", "ended_at")} | {
        "currency": await _currency(connection, complaint),
        "text": await _words(connection, ports, complaint),
        "extended_because": next((each.text for each in events if each.what == "extended"), None),
        "follows_id": _id(complaint.follows_id),
        "outcome": line["outcome"] if is_given else None,
        "answer": complaint.answer if is_given else "",
        "redress": line["redress"] if is_given else "none",
        "redress_minor": complaint.redress_minor if is_given else 0,
        "settle_on": last_day_before(complaint.settle_by).isoformat() if complaint.settle_by else None,
        "papers": papers_shown(await papers.about(connection, b=complaint.b, about=complaint.complaint_id)),
        "evidence": _evidence_shown(await complaints.evidence(connection, complaint)),
    }


async def desk_complaint_shown(connection: Connection, ports: Ports, complaint: Complaint) -> dict[str, Any]:
    """A complaint as the desk sees it: the words, the evidence, what else the record holds, what was done."""
    law = law_of(ports)
    every = await complaints.of_customer(connection, b=complaint.b, customer_id=complaint.customer_id)
    record = await complaints.record(connection, b=complaint.b, customer_id=complaint.customer_id)
    events = await complaints.events(connection, complaint)
    return complaint_line(complaint, at=ports.business.now()) | {
        "currency": await _currency(connection, complaint),
        "text": await _words(connection, ports, complaint),
        "decision_id": _id(complaint.decision_id),
        "case_id": await _case_of(connection, complaint),
        "follows_id": _id(complaint.follows_id),
        "is_extended": complaint.is_extended,
        "acknowledged_by": complaint.acknowledged_by,
        "answer": complaint.answer,
        "proposed_by": complaint.proposed_by,
        "answered_by": complaint.answered_by,
        "settle_on": last_day_before(complaint.settle_by).isoformat() if complaint.settle_by else None,
        "answer_days": law.days_for(complaint.cause),
        "answer_source": law.source_for(complaint.cause),
        "extended_days": law.extended_days,
        "papers": papers_shown(await papers.about(connection, b=complaint.b, about=complaint.complaint_id)),
        "evidence": _evidence_shown(await complaints.evidence(connection, complaint)),
        "record": record_shown(record),
        "others": [
            complaint_line(each, at=ports.business.now())
            for each in every
            if each.complaint_id != complaint.complaint_id
        ],
        "events": [
            {"what": each.what, "by": each.by, "text": each.text, "recorded_at": each.recorded_at.isoformat()}
            for each in events
        ],
    }


def record_shown(record: tuple[RecordLine, ...]) -> list[dict[str, Any]]:
    """What may be named as evidence."""
    return [
        {
            "kind": each.kind,
            "subject_id": str(each.subject_id),
            "at": each.at.isoformat(),
            "on": each.at.astimezone(SHANGHAI).date().isoformat(),
            "told": each.told,
        }
        for each in record
    ]


async def _case_of(connection: Connection, complaint: Complaint) -> str | None:
    """The case in which a person looks at the decision that the complaint is about."""
    if complaint.decision_id is None:
        return None
    case = await cases.of_decision(connection, b=complaint.b, decision_id=complaint.decision_id)
    return _id(case.case_id if case else None)


async def _currency(connection: Connection, complaint: Complaint) -> str:
    if complaint.loan_id is None:
        return CURRENCY
    return (await find_loan(connection, loan_id=complaint.loan_id)).currency


async def _words(connection: Connection, ports: Ports, complaint: Complaint) -> str:
    sealed = await complaints.text_of(connection, complaint)
    return await ports.keys.unseal(sealed, row=complaint.complaint_id, field="text")


def _evidence_shown(evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    return [
        {
            "kind": each.kind,
            "subject_id": str(each.subject_id),
            "added_by": each.added_by,
            "added_at": each.added_at.isoformat(),
        }
        for each in evidence
    ]


def _id(one: object | None) -> str | None:
    return None if one is None else str(one)


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
