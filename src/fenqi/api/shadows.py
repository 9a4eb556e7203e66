"""Shadows: which run, how far each agrees with the champion, who would change and why, by day."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from fenqi.api.edge import AskingStaff, Installed
from fenqi.core.decision.outcome import Outcome
from fenqi.services.show_shadow import Shadowed, find_shadow, shadows_of
from fenqi.stores.shadow import DayLine, ReasonLine

router = APIRouter(prefix="/staff", tags=["staff"])


@router.get("/shadows")
async def list_shadows(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Every shadow, those that run first, and how often each says what the champion does."""
    async with installation.reading() as connection:
        found = await shadows_of(connection, installation.ports)
    return {"shadows": [_line(one) for one in found]}


@router.get("/shadows/{use_id}")
async def get_shadow(use_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """One shadow, its days, and the latest decisions that it would have made otherwise.

    Raises: ShadowUnknown.
    """
    async with installation.reading() as connection:
        found = await find_shadow(connection, installation.ports, use_id=use_id)
    return _line(found) | {
        "days": _days(found),
        "changes": [
            {
                "decision_id": str(one.decision_id),
                "before": Outcome(one.was),
                "after": Outcome(one.outcome),
                "limit_minor": one.limit_minor,
                "reasons": one.reasons,
            }
            for one in found.changes
        ],
    }


def _line(one: Shadowed) -> dict[str, Any]:
    span = one.span
    return {
        "use_id": str(span.use.use_id),
        "version": span.use.version,
        "from_at": span.from_at.isoformat(),
        "until_at": None if span.until_at is None else span.until_at.isoformat(),
        "is_readable": one.is_readable,
        **_agreement(one.days),
    }


def _agreement(days: tuple[DayLine, ...]) -> dict[str, Any]:
    count = sum(day.decision_count for day in days)
    alike = sum(day.decision_count for day in days if day.was == day.outcome)
    return {
        "decision_count": count,
        "alike_count": alike,
        "alike_permille": alike * 1000 // count if count else None,
        "limit_moved_count": sum(day.limit_moved_count for day in days),
    }


def _days(found: Shadowed) -> list[dict[str, Any]]:
    why: dict[tuple[date, str, str], list[ReasonLine]] = defaultdict(list)
    for line in found.reasons:
        why[line.on_day, line.was, line.outcome].append(line)
    by_day: dict[date, list[DayLine]] = defaultdict(list)
    for line in found.days:
        by_day[line.on_day].append(line)
    return [
        {
            "on_day": on_day.isoformat(),
            **_agreement(tuple(lines)),
            "moved": [
                {
                    "before": Outcome(line.was),
                    "after": Outcome(line.outcome),
                    "count": line.decision_count,
                    "reasons": [
                        {"code": one.reason, "count": one.decision_count} for one in why[on_day, line.was, line.outcome]
                    ],
                }
                for line in lines
                if line.was != line.outcome
            ],
        }
        for on_day, lines in by_day.items()
    ]
