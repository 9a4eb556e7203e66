"""Rules of the screening that sleep for one value of a key: listed, put to sleep, woken before their time."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from fenqi.api.body import Body
from fenqi.api.edge import AskingStaff, Installed
from fenqi.core.decision.screening_reason import SCREENING_REASONS
from fenqi.core.velocity.event import Key
from fenqi.services.port import Ports
from fenqi.services.snooze_rule import SnoozeRule, rule_codes, snooze_rule, wake_rule
from fenqi.stores import snooze as snoozes
from fenqi.stores.snooze import SnoozeLine

router = APIRouter(prefix="/staff", tags=["staff"])
Why = Annotated[str, Field(min_length=5, max_length=2000)]
SHOWN = 200


class NewSnooze(Body):
    """Which rule sleeps for which value of a key, and why."""

    rule_code: str = Field(max_length=64)
    pivot_key: Key
    pivot_value: str = Field(min_length=1, max_length=64)
    days: int = Field(strict=True, ge=1, le=90)
    reason: Why


class SnoozeEnd(Body):
    """Why a rule is woken."""

    reason: Why


@router.get("/snoozes")
async def list_snoozes(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """The latest rules that sleep or slept, newest first, and the rules that can be put to sleep."""
    async with installation.reading() as connection:
        found = await snoozes.lines(connection, most=SHOWN)
    at = installation.ports.business.now()
    return {"snoozes": [_shown(one, at=at) for one in found], "rules": _rules(installation.ports)}


@router.post("/snoozes", status_code=201)
async def post_snooze(new: NewSnooze, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Put a rule of the screening to sleep for one value of a key.

    Raises: RuleUnknown.
    """
    async with installation.transaction() as connection:
        made = await snooze_rule(connection, installation.ports, staff=staff, command=SnoozeRule(**new.model_dump()))
    return _shown(SnoozeLine(**vars(made)), at=installation.ports.business.now())


@router.post("/snoozes/{rule_snooze_id}/end", status_code=201)
async def post_snooze_end(
    rule_snooze_id: UUID, new: SnoozeEnd, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Wake a rule before its time.

    Raises: SnoozeUnknown, SnoozeOver.
    """
    async with installation.transaction() as connection:
        ended = await wake_rule(
            connection, installation.ports, staff=staff, rule_snooze_id=rule_snooze_id, reason=new.reason
        )
    return _shown(ended, at=installation.ports.business.now())


def _shown(one: SnoozeLine, *, at: datetime) -> dict[str, Any]:
    return {
        "rule_snooze_id": str(one.rule_snooze_id),
        "rule_code": one.rule_code,
        "pivot_key": one.pivot_key,
        "pivot_value": one.pivot_value,
        "until": one.until.isoformat(),
        "login": one.login,
        "reason": one.reason,
        "recorded_at": one.recorded_at.isoformat(),
        "is_asleep": one.is_asleep(at),
        "ended_at": None if one.ended_at is None else one.ended_at.isoformat(),
        "ended_by": one.ended_by,
        "end_reason": one.end_reason,
    }


def _rules(ports: Ports) -> list[dict[str, str]]:
    strategy = ports.authority.screening
    reasons = {rule.code: SCREENING_REASONS[rule.reason] for rule in (*strategy.degraded_rules, *strategy.rules)}
    return [{"rule_code": code, "zh": reasons[code].zh, "en": reasons[code].en} for code in rule_codes(ports)]
