"""The staff API: sessions, decisions, what decides; who may call what stands in `access`."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from fenqi.api.body import Body
from fenqi.api.edge import AskingStaff, Authorization, Installed, bearer
from fenqi.api.paper import paper_file
from fenqi.core.decision.case import Disposition
from fenqi.core.decision.record import facts_of_record, screening_of
from fenqi.services.keep_paper import open_paper, papers_shown
from fenqi.services.log_in_staff import count_log_in, end_staff_session, log_in_staff
from fenqi.services.note import note
from fenqi.services.prove_income import ProvenIncome, judge_with_income, require_paper_of
from fenqi.services.replay_stored_decision import replay_stored_decision
from fenqi.services.review_decision import Answer, find_decision, review_decision
from fenqi.stores import authority, decision
from fenqi.stores import paper as papers
from fenqi.stores.decision import Review, StoredDecision

router = APIRouter(prefix="/staff", tags=["staff"])
_PERSONAL = frozenset({"born_on"})
_MASK = "****"


class NewSession(Body):
    """A login."""

    login: str = Field(max_length=64)
    password: str = Field(max_length=200)


class NewReview(Body):
    """A person's answer to a referred application."""

    verdict: str = Field(pattern="^(approve|decline)$")
    reason: str = Field(min_length=5, max_length=1000)
    found: Disposition | None = None


class NewIncome(Body):
    """What a paper of the applicant proves that they earn a month."""

    paper_id: UUID
    monthly_income_minor: int = Field(strict=True, ge=0, le=10_000_000_000)


@router.post("/session", status_code=201)
async def log_in(new: NewSession, installation: Installed) -> dict[str, Any]:
    """Log in; the token goes into `Authorization: Bearer`.

    Raises: LogInTooOften, LoginRefused.
    """
    async with installation.transaction() as connection:
        await count_log_in(connection, installation.ports, login=new.login)
    async with installation.transaction() as connection:
        session = await log_in_staff(connection, installation.ports, login=new.login, password=new.password)
    return {"token": session.token, "expires_at": session.expires_at.isoformat(), "roles": list(session.roles)}


@router.delete("/session", status_code=204)
async def log_out(staff: AskingStaff, installation: Installed, authorization: Authorization) -> None:
    """Log out."""
    async with installation.transaction() as connection:
        await end_staff_session(connection, installation.ports, token=bearer(authorization))


@router.get("/me")
async def me(staff: AskingStaff) -> dict[str, Any]:
    """Who you are here, and what you are there for."""
    return {"login": staff.login, "roles": staff.roles, "is_demo": staff.is_demo}


@router.get("/decisions/{decision_id}")
async def get_decision(decision_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """One decision whole: facts and where they came from, every rule's result, points, limit, price, reasons."""
    async with installation.transaction() as connection:
        row = await find_decision(connection, decision_id=decision_id)
        reviews = await decision.reviews(connection, b=row.b, decision_id=decision_id)
        await note(
            connection,
            installation.ports,
            actor_kind="staff",
            actor=staff.login,
            action="looked_at_decision",
            subject=str(decision_id),
        )
        handed_in = await papers.about(connection, b=row.b, about=row.checkout_id)
    return _decision_shown(row, reviews) | {"papers": papers_shown(handed_in)}


@router.get("/decisions/{decision_id}/replay")
async def replay_decision(decision_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Decide again from the stored facts and compare byte for byte."""
    async with installation.transaction() as connection:
        row = await find_decision(connection, decision_id=decision_id)
        replayed = await replay_stored_decision(connection, installation.ports, row)
    return {"decision_id": str(decision_id), "same_bytes": replayed == row.content, "byte_count": len(replayed)}


@router.post("/decisions/{decision_id}/reviews", status_code=201)
async def review(decision_id: UUID, new: NewReview, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Answer a referred application."""
    async with installation.transaction() as connection:
        state = await review_decision(
            connection,
            installation.ports,
            decision_id=decision_id,
            staff=staff,
            answer=Answer(approved=new.verdict == "approve", reason=new.reason, found=new.found),
        )
    return {"decision_id": str(decision_id), "checkout_status": state}


@router.post("/decisions/{decision_id}/incomes", status_code=201)
async def prove_income(
    decision_id: UUID, new: NewIncome, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Judge an application that waits once more, with the monthly income that a paper proves."""
    proven = ProvenIncome(paper_id=new.paper_id, monthly_income_minor=new.monthly_income_minor)
    async with installation.transaction() as connection:
        anew, state = await judge_with_income(
            connection, installation.ports, decision_id=decision_id, staff=staff, proven=proven
        )
    return {"decision_id": str(anew.decision_id), "outcome": anew.outcome, "checkout_status": state}


@router.get("/decisions/{decision_id}/papers/{paper_id}")
async def get_paper(decision_id: UUID, paper_id: UUID, staff: AskingStaff, installation: Installed) -> Response:
    """A paper that was handed in for an application, to be saved; who looked is in the audit trail."""
    async with installation.transaction() as connection:
        await require_paper_of(connection, decision_id=decision_id, paper_id=paper_id)
        paper, content = await open_paper(connection, installation.ports, paper_id=paper_id, by=staff.login)
    return paper_file(paper, content)


@router.get("/authority")
async def list_authority(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Every version of what decides, and who stands for it."""
    async with installation.transaction() as connection:
        rows = await authority.versions(connection)
    lines = [
        {
            "kind": row.kind,
            "name": row.name,
            "version": row.version,
            "effective_from": row.effective_from.isoformat(),
            "proposed_by": row.proposed_by,
            "approved_by": row.approved_by,
        }
        for row in rows
    ]
    return {"versions": lines}


def _decision_shown(row: StoredDecision, reviews: Sequence[Review]) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(row.content)
    screening = screening_of(content)
    return {
        "decision_id": str(row.decision_id),
        "checkout_id": str(row.checkout_id),
        "outcome": row.outcome,
        "verdict": next((each.verdict for each in reversed(reviews) if each.verdict != "asked"), None),
        "points": row.points,
        "limit_minor": row.limit_minor,
        "strategy_version": row.strategy_version,
        "scorecard_version": row.scorecard_version,
        "decided_at": row.decided_at.isoformat(),
        "customer_id": str(row.customer_id),
        "content": _masked(content),
        "screening_reasons": [] if screening is None else [vars(reason) for reason in screening.looked_at_reasons],
        "reviews": [
            {
                "verdict": each.verdict,
                "reason": each.reason,
                "asked_by": each.asked_by,
                "recorded_at": each.recorded_at.isoformat(),
            }
            for each in reviews
        ],
    }


def _masked(content: dict[str, Any]) -> dict[str, Any]:
    """The record without what would tell a person apart; behind the mask looks who gives a reason."""
    facts = [
        {
            "name": fact.name,
            "value": _MASK if fact.name in _PERSONAL else fact.value,
            "source": fact.source,
            "observed_at": fact.observed_at.isoformat(),
        }
        for fact in facts_of_record(content).stated
    ]
    return content | {"facts": facts}
