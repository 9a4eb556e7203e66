"""A warning as staff see it: what was seen, why, each step, and what the steps of a strategy have brought."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from fenqi.core.ledger.account import bucket_in
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.warning.effect import Arms, Effect, effect
from fenqi.core.warning.reason import REASONS
from fenqi.core.warning.record import replay_judgement
from fenqi.core.warning.strategy import WarningStrategy
from fenqi.services.port import Ports
from fenqi.services.warning_rules import WarningRulesUnknown, warning_strategy, warning_strategy_of
from fenqi.stores import warning as warnings
from fenqi.stores import warning_call as calls
from fenqi.stores.fetch import Connection
from fenqi.stores.warning import StoredWarning, WarningStep
from fenqi.stores.warning_call import CallLine


class WarningUnknown(Refusal):
    """There is no warning with this id."""

    code: ClassVar[str] = "warning_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@dataclass(frozen=True)
class StepEffect:
    """What a step of the strategy in force has brought among those whose time of proof is over."""

    action: str
    arms: Arms
    effect: Effect | None


async def warning_effects(connection: Connection, ports: Ports, *, strategy: WarningStrategy) -> tuple[StepEffect, ...]:
    """What each step of a strategy brought, with its 95 % interval; None while an arm is empty."""
    found = await warnings.arms(
        connection,
        strategy_version=strategy.version,
        until_on=ports.business.today() - timedelta(days=strategy.outcome_days),
        outcome_days=strategy.outcome_days,
        days_late=strategy.outcome_days_late,
    )
    effects: list[StepEffect] = []
    for row in found:
        arms = Arms(
            done_count=row.done_count,
            done_failed=row.done_failed,
            held_out_count=row.held_out_count,
            held_out_failed=row.held_out_failed,
        )
        effects.append(StepEffect(row.action, arms, effect(arms)))
    return tuple(effects)


async def show_warning(connection: Connection, ports: Ports, *, warning_id: UUID) -> dict[str, Any]:
    """A warning with its steps, their reasons in both languages, and what each kind of step has brought.

    Raises: WarningUnknown.
    """
    warning = await find_warning(connection, warning_id=warning_id)
    steps = await warnings.steps(connection, b=warning.b, warning_id=warning_id)
    called = await calls.of_warning(connection, b=warning.b, warning_id=warning_id)
    strategy = await warning_strategy(connection, on=ports.business.today())
    brought = {each.action: each for each in await warning_effects(connection, ports, strategy=strategy)}
    return {
        **warning_line(warning, on=ports.business.today()),
        "steps": [
            {**_step(step, brought.get(step.action)), "is_replayed_alike": await _is_alike(connection, step)}
            for step in steps
        ],
        "calls": [call_shown(call) for call in called],
    }


async def find_warning(connection: Connection, *, warning_id: UUID) -> StoredWarning:
    """A warning by its id.

    Raises: WarningUnknown.
    """
    found = await warnings.find(connection, b=bucket_in(warning_id), warning_id=warning_id)
    if found is None:
        raise WarningUnknown("there is no such warning", allowed="the id of a warning of this lender")
    return found


def warning_line(warning: StoredWarning, *, on: date) -> dict[str, Any]:
    """A warning as it stands in a list on a day."""
    return {
        "warning_id": str(warning.warning_id),
        "customer_id": str(warning.customer_id),
        "opened_on": warning.opened_on.isoformat(),
        "points": warning.points,
        "points_max": warning.points_max,
        "rung": warning.rung,
        "last_on": warning.last_on.isoformat(),
        "closed_on": None if warning.closed_on is None else warning.closed_on.isoformat(),
        "strategy_version": warning.strategy_version,
        "call_due_on": None if warning.call_due_on is None else warning.call_due_on.isoformat(),
        "is_call_overdue": warning.call_due_on is not None and warning.call_due_on < on,
    }


def call_shown(call: CallLine) -> dict[str, Any]:
    """A call as staff see it, with what was told of it."""
    return {
        "contact_id": str(call.contact_id),
        "step_id": str(call.step_id),
        "begun_by": call.begun_by,
        "begun_at": call.begun_at.isoformat(),
        "answered": call.answered,
        "said": call.said,
        "pays_on": None if call.pays_on is None else call.pays_on.isoformat(),
        "words": call.words or "",
        "hardship_id": None if call.hardship_id is None else str(call.hardship_id),
        "complaint_id": None if call.complaint_id is None else str(call.complaint_id),
        "told_by": call.told_by,
        "told_at": None if call.told_at is None else call.told_at.isoformat(),
    }


def effect_line(found: StepEffect) -> dict[str, Any]:
    """What a step brought, in permille of those who came to it."""
    said = found.effect
    return {
        "action": found.action,
        "done_count": found.arms.done_count,
        "done_failed": found.arms.done_failed,
        "held_out_count": found.arms.held_out_count,
        "held_out_failed": found.arms.held_out_failed,
        "fewer_failed_permille": None if said is None else round(1000 * said.value),
        "low_permille": None if said is None else round(1000 * said.low),
        "high_permille": None if said is None else round(1000 * said.high),
    }


def _step(step: WarningStep, brought: StepEffect | None) -> dict[str, Any]:
    content = msgspec.json.decode(step.content)
    return {
        "step_id": str(step.step_id),
        "action": step.action,
        "is_held_out": step.is_held_out,
        "points": step.points,
        "cause": step.cause,
        "about": None if step.about is None else str(step.about),
        "taken_on": step.taken_on.isoformat(),
        "judged_at": step.judged_at.isoformat(),
        "reasons": [
            {
                "code": reason["fact"],
                "value": reason["value"],
                "points": reason["points"],
                "zh": REASONS[reason["fact"]]["zh-CN"],
                "en": REASONS[reason["fact"]]["en"],
            }
            for reason in content["judged"]["score"]["reasons"]
        ],
        "brought": None if brought is None else effect_line(brought),
    }


async def _is_alike(connection: Connection, step: WarningStep) -> bool | None:
    """Whether judging again gives the same bytes; None if the version was never kept."""
    try:
        strategy = await warning_strategy_of(connection, version=step.strategy_version)
    except WarningRulesUnknown:
        return None
    return replay_judgement(step.content, strategy=strategy) == step.content
