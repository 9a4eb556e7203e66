"""The rules by which credit lines move: versions, what each would change over the book, and who let them in."""

from typing import Any

from fastapi import APIRouter
from pydantic import Field

from fenqi.api.body import Body
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import ListDay
from fenqi.services.limit_rules import answer_rules, propose_rules, try_rules
from fenqi.stores import limit_rules
from fenqi.stores.limit_rules import RulesLine

router = APIRouter(prefix="/staff", tags=["staff"])


class NewLimitRules(Body):
    """Rules as JSON text, and what is new in them."""

    text: str = Field(min_length=2, max_length=50_000)
    remark: str = Field(min_length=5, max_length=1000)


class NewRulesAnswer(Body):
    """What the second person says; without a day, the rules hold from today."""

    is_approved: bool
    from_on: ListDay | None = None
    reason: str = Field(min_length=5, max_length=1000)


@router.get("/limit-rules")
async def list_limit_rules(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Every version, newest first, with its trial and its answer, and which one holds."""
    async with installation.reading() as connection:
        held = await limit_rules.in_force(connection, on=installation.ports.business.today())
        versions = await limit_rules.versions(connection)
    return {"in_force": held and held.version, "versions": [_version_line(row) for row in versions]}


@router.post("/limit-rules", status_code=201)
async def post_limit_rules(new: NewLimitRules, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Propose a version; it moves nothing before it was tried and somebody else let it in.

    Raises: LimitRulesMalformed, LimitRulesKnown.
    """
    async with installation.transaction() as connection:
        stored = await propose_rules(
            connection, installation.ports, text=new.text.encode(), remark=new.remark, by=staff.login
        )
    return {"version": stored.version}


@router.post("/limit-rules/{version}/trials", status_code=201)
async def post_rules_trial(version: str, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Look what a version would change of every line today.

    Raises: LimitRulesUnknown.
    """
    async with installation.transaction() as connection:
        trial = await try_rules(connection, installation.ports, version=version, by=staff.login)
    return {"version": version, "tried_on": trial.tried_on.isoformat(), "found": trial.found}


@router.post("/limit-rules/{version}/answer", status_code=201)
async def post_rules_answer(
    version: str, new: NewRulesAnswer, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Let a version in that somebody else proposed, or turn it down.

    Raises: LimitRulesUnknown, LimitRulesOwnProposal, LimitRulesUntried, LimitRulesOutOfTime, LimitRulesAnswered.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        answer = await answer_rules(
            connection,
            ports,
            version=version,
            is_approved=new.is_approved,
            from_on=new.from_on or ports.business.today(),
            reason=new.reason,
            by=staff.login,
        )
    return {"version": version, "is_approved": answer.is_approved, "from_on": answer.from_on.isoformat()}


def _version_line(row: RulesLine) -> dict[str, Any]:
    return {
        "version": row.version,
        "name": row.name,
        "text": row.content.decode(),
        "remark": row.note,
        "proposed_by": row.proposed_by,
        "proposed_at": row.proposed_at.isoformat(),
        "is_approved": row.is_approved,
        "from_on": row.from_on and row.from_on.isoformat(),
        "answer_reason": row.answer_reason,
        "answered_by": row.answered_by,
        "tried_on": row.tried_on and row.tried_on.isoformat(),
        "tried_by": row.tried_by,
        "against": row.against,
        "found": row.found or [],
    }
