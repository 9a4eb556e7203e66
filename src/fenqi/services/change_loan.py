"""Staff change a running loan: one proposes, another approves, and then its events and legs are posted."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid5

from fenqi.core.compliance.charge_cap import require_charged_within_cap
from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.loan.change import Change, ChangeKind, change_from_record, change_to_record
from fenqi.core.loan.event import Event
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.rulepack.ceiling import cost_ceiling
from fenqi.services.book_loan import OpenLoan, record
from fenqi.services.find_loan import find_loan, lock_loan
from fenqi.services.flag_fraud import follow_flag
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.services.preview_change import Preview, preview_change
from fenqi.services.return_overpayment import return_overpayment
from fenqi.stores import loan_change as changes
from fenqi.stores.fetch import Connection
from fenqi.stores.loan import Loan
from fenqi.stores.loan_change import LoanChange
from fenqi.stores.staff import Staff

ALONE_MAX = "servicing.alone_minor_max"
GIFTS = frozenset({ChangeKind.GOODWILL, ChangeKind.WAIVER})
"""What one person may post alone, while it is little."""


@dataclass(frozen=True)
class ProposeChange:
    """What is to be changed, and why; the same `request_id` is the same proposal."""

    loan_id: UUID
    change: Change
    reason: str
    request_id: str


@dataclass(frozen=True)
class Answer:
    """Whether a proposal is approved, why, and after which event of the loan it was looked at."""

    approved: bool
    why: str
    seen_seq: int


class ChangeUnknown(Refusal):
    """No such change was proposed for this loan."""

    code = "change_unknown"
    kind = Kind.UNKNOWN


class ChangeDiffers(Refusal):
    """The same request came with another change."""

    code = "change_differs"
    kind = Kind.CONFLICT


class ChangeDecided(Refusal):
    """The change has been posted or rejected."""

    code = "change_decided"
    kind = Kind.CONFLICT


class SecondPersonNeeded(Refusal):
    """Whoever proposed a change cannot be the one who approves it."""

    code = "second_person_needed"
    kind = Kind.FORBIDDEN


class LoanMovedOn(Refusal):
    """Something has happened to the loan since the preview that was looked at."""

    code = "loan_moved_on"
    kind = Kind.CONFLICT


async def try_change(connection: Connection, ports: Ports, *, loan_id: UUID, change: Change) -> tuple[Preview, bool]:
    """What a change would do, and whether it needs a second person.

    Raises: LoanUnknown, and what keeps the change from being made.
    """
    row = await find_loan(connection, loan_id=loan_id)
    trial_id = id_in_bucket(uuid5(loan_id, "trial"), row.b)
    preview = await _previewed(connection, ports, row, change, change_id=trial_id)
    return preview, not await _may_alone(connection, ports, row, change)


async def propose_change(connection: Connection, ports: Ports, command: ProposeChange, *, staff: Staff) -> LoanChange:
    """Write a change down; one that needs no second person is posted at once.

    Raises: LoanUnknown, ChangeDiffers, and what keeps the change from being made.
    """
    row, change = await lock_loan(connection, loan_id=command.loan_id), command.change
    change_id = id_in_bucket(uuid5(row.loan_id, f"change:{command.request_id}"), row.b)
    known = await changes.find(connection, b=row.b, change_id=change_id)
    if known is not None:
        if (known.content, known.reason) != (change_to_record(change), command.reason):
            raise ChangeDiffers("this request came with another change", allowed="a request_id of its own")
        return known
    preview = await _previewed(connection, ports, row, change, change_id=change_id)
    proposed = _proposed(ports, row, command, change_id=change_id, staff=staff)
    if await _may_alone(connection, ports, row, change):
        posted = replace(_decided(ports, proposed, by=staff.login, answer=_ALONE), is_alone=True)
        await changes.add(connection, posted)
        await _post(connection, ports, preview, change_id=change_id)
        return await _noted(connection, ports, posted, staff=staff, action="posted_loan_change")
    await changes.add(connection, proposed)
    return await _noted(connection, ports, proposed, staff=staff, action="proposed_loan_change")


async def answer_change(
    connection: Connection, ports: Ports, *, loan_id: UUID, change_id: UUID, answer: Answer, staff: Staff
) -> LoanChange:
    """Post what somebody else proposed, or reject it; the same answer again changes nothing.

    Raises: LoanUnknown, ChangeUnknown, ChangeDecided, SecondPersonNeeded, LoanMovedOn, and what keeps the change from
    being made by now.
    """
    row = await lock_loan(connection, loan_id=loan_id)
    found = await changes.find(connection, b=row.b, change_id=change_id)
    if found is None or found.loan_id != loan_id:
        raise ChangeUnknown("no such change was proposed for this loan", allowed="one of its changes")
    if found.state != "proposed":
        return _same_answer(found, answer, staff=staff)
    if answer.approved and found.proposed_by == staff.login:
        raise SecondPersonNeeded("you proposed this change yourself", allowed="somebody else approves it")
    if answer.approved and row.last_seq != answer.seen_seq:
        raise LoanMovedOn(
            f"event {row.last_seq} of the loan came after what was looked at",
            allowed=f"look at it again: seen_seq {row.last_seq}",
        )
    decided = _decided(ports, found, by=staff.login, answer=answer)
    if answer.approved:
        preview = await _previewed(connection, ports, row, change_from_record(found.content), change_id=change_id)
        await _post(connection, ports, preview, change_id=change_id)
        await follow_flag(connection, ports, preview.loan, preview.events, by=staff.login)
    await changes.decide(connection, decided)
    action = "approved_loan_change" if answer.approved else "rejected_loan_change"
    return await _noted(connection, ports, decided, staff=staff, action=action)


async def _previewed(connection: Connection, ports: Ports, row: Loan, change: Change, *, change_id: UUID) -> Preview:
    """What a change would do; a charge is held against the ceiling under which the loan was made.

    Raises: what keeps the change from being made, and CostAboveCeiling.
    """
    preview = await preview_change(connection, row, change, change_id=change_id, today=ports.business.today())
    if change.kind is ChangeKind.CHARGE:
        agreement = preview.loan.agreement
        lender_type = ports.authority.house.lender_type
        ceiling = cost_ceiling(ports.authority.pack, lender_type=lender_type, on=agreement.signed_on)
        require_charged_within_cap(preview.after, agreement.terms, ceiling=ceiling)
    return preview


async def _may_alone(connection: Connection, ports: Ports, row: Loan, change: Change) -> bool:
    if change.kind not in GIFTS:
        return False
    most: int = ports.authority.pack.value(ALONE_MAX, on=ports.business.today()).value
    given = await changes.given_alone(connection, b=row.b, loan_id=row.loan_id)
    return given + _given_minor(change) <= most


def _given_minor(change: Change) -> int:
    return change.amount_minor or 0 if change.kind in GIFTS else 0


async def _post(connection: Connection, ports: Ports, preview: Preview, *, change_id: UUID) -> None:
    """Record each event and book what it changes; what then is held for the borrower goes back to them."""
    loan = preview.loan
    for event in preview.events:
        loan = await _record(connection, ports, loan, event)
    await return_overpayment(connection, ports, loan, once_for=str(change_id))


async def _record(connection: Connection, ports: Ports, loan: OpenLoan, event: Event) -> OpenLoan:
    return await record(connection, ports, loan, lambda seq: replace(event, seq=seq))


_ALONE = Answer(approved=True, why="", seen_seq=0)


def _proposed(ports: Ports, row: Loan, command: ProposeChange, *, change_id: UUID, staff: Staff) -> LoanChange:
    return LoanChange(
        b=row.b,
        change_id=change_id,
        loan_id=row.loan_id,
        kind=command.change.kind.value,
        content=change_to_record(command.change),
        reason=command.reason,
        given_minor=_given_minor(command.change),
        state="proposed",
        is_alone=False,
        seen_seq=row.last_seq,
        proposed_by=staff.login,
        proposed_at=ports.business.now(),
    )


def _decided(ports: Ports, proposed: LoanChange, *, by: str, answer: Answer) -> LoanChange:
    return replace(
        proposed,
        state="posted" if answer.approved else "rejected",
        seen_seq=answer.seen_seq or proposed.seen_seq,
        decided_by=by,
        decided_at=ports.business.now(),
        decided_why=answer.why,
    )


def _same_answer(found: LoanChange, answer: Answer, *, staff: Staff) -> LoanChange:
    same = (found.state == "posted") == answer.approved and found.decided_by == staff.login
    if found.is_alone or not same:
        raise ChangeDecided(f"the change was {found.state} by {found.decided_by}", allowed="a change that waits")
    return found


async def _noted(connection: Connection, ports: Ports, row: LoanChange, *, staff: Staff, action: str) -> LoanChange:
    detail: dict[str, Any] = {"change_id": str(row.change_id), "kind": row.kind, "reason": row.reason}
    await note(
        connection,
        ports,
        actor_kind="staff",
        actor=staff.login,
        action=action,
        subject=str(row.loan_id),
        detail=detail | ({"why": row.decided_why} if row.decided_why else {}),
    )
    return row


def change_shown(row: LoanChange) -> dict[str, Any]:
    """A change as it stands in a list."""
    return {
        "change_id": str(row.change_id),
        "loan_id": str(row.loan_id),
        "kind": row.kind,
        "content": dict.fromkeys(_CONTENT) | row.content,
        "reason": row.reason,
        "state": row.state,
        "is_alone": row.is_alone,
        "seen_seq": row.seen_seq,
        "proposed_by": row.proposed_by,
        "proposed_at": row.proposed_at.isoformat(),
        "decided_by": row.decided_by,
        "decided_at": row.decided_at.isoformat() if row.decided_at else None,
        "decided_why": row.decided_why,
    }


_CONTENT = tuple(Change.__dataclass_fields__)
