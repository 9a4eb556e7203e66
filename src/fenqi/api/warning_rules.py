"""The warning strategies: versions, whom each would have warned, and who let them in."""

from typing import Any

from fastapi import APIRouter

from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.rules import NewRules, NewRulesAnswer, answered_shown, rules_line
from fenqi.services.warning_rules import answer_warning_rules, ask_for_warning_trial, propose_warning_rules
from fenqi.stores import warning_rules
from fenqi.stores.warning_rules import WARNING_RULES, WarningTrial

router = APIRouter(prefix="/staff", tags=["staff"])


@router.get("/warning-rules")
async def list_warning_rules(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Every version, newest first, with its last trial and its answer, and which one judges."""
    async with installation.reading() as connection:
        held = await WARNING_RULES.in_force(connection, on=installation.ports.business.today())
        versions = await WARNING_RULES.versions(connection)
        trials = await warning_rules.trials(connection)
    return {
        "in_force": held and held.version,
        "versions": [rules_line(row) | {"trial": _trial_shown(trials.get(row.version))} for row in versions],
    }


@router.post("/warning-rules", status_code=201)
async def post_warning_rules(new: NewRules, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Propose a version; it warns nobody before it was tried and somebody else let it in.

    Raises: WarningStrategyMalformed, WarningRulesKnown.
    """
    async with installation.transaction() as connection:
        stored = await propose_warning_rules(
            connection, installation.ports, text=new.text.encode(), remark=new.remark, by=staff.login
        )
    return {"version": stored.version}


@router.post("/warning-rules/{version}/trials", status_code=201)
async def post_warning_trial(version: str, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Ask whom a version would have warned over all that was seen, against the one that judges.

    Raises: WarningRulesUnknown, WarningTrialRuns.
    """
    async with installation.transaction() as connection:
        asked = await ask_for_warning_trial(connection, installation.ports, version=version, by=staff.login)
    return {"version": version, "trial_id": str(asked.trial_id)}


@router.post("/warning-rules/{version}/answer", status_code=201)
async def post_warning_rules_answer(
    version: str, new: NewRulesAnswer, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Let a version in that somebody else proposed, or turn it down.

    Raises: WarningRulesUnknown, WarningRulesOwnProposal, WarningRulesUntried, WarningRulesOutOfTime,
    WarningRulesAnswered.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        word = new.word(version=version, today=ports.business.today(), by=staff.login)
        return answered_shown(await answer_warning_rules(connection, ports, word))


def _trial_shown(trial: WarningTrial | None) -> dict[str, Any] | None:
    if trial is None:
        return None
    return {
        "trial_id": str(trial.trial_id),
        "against": trial.against,
        "until_on": trial.until_on.isoformat(),
        "asked_by": trial.asked_by,
        "state": trial.state,
        "customer_count": trial.customer_count,
        "lane_count": trial.lane_count,
        "fault": trial.fault,
        "result": trial.result,
    }
