"""The rules by which credit lines move: versions, what each would change over the book, and who let them in."""

from typing import Any

from fastapi import APIRouter

from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.rules import NewRules, NewRulesAnswer, answered_shown, rules_line
from fenqi.services.limit_rules import answer_rules, propose_rules, try_rules
from fenqi.stores.limit_rules import LIMIT_RULES, RulesLine

router = APIRouter(prefix="/staff", tags=["staff"])


@router.get("/limit-rules")
async def list_limit_rules(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Every version, newest first, with its trial and its answer, and which one holds."""
    async with installation.reading() as connection:
        held = await LIMIT_RULES.in_force(connection, on=installation.ports.business.today())
        versions = await LIMIT_RULES.versions(connection)
    return {"in_force": held and held.version, "versions": [_version_line(row) for row in versions]}


@router.post("/limit-rules", status_code=201)
async def post_limit_rules(new: NewRules, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
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
        word = new.word(version=version, today=ports.business.today(), by=staff.login)
        return answered_shown(await answer_rules(connection, ports, word))


def _version_line(row: RulesLine) -> dict[str, Any]:
    return rules_line(row) | {
        "tried_on": row.tried_on and row.tried_on.isoformat(),
        "tried_by": row.tried_by,
        "against": row.against,
        "found": row.found or [],
    }
