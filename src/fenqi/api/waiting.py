"""What waits for whoever has logged in."""

from typing import Any

from fastapi import APIRouter

from fenqi.api.access import ACCESS, Role
from fenqi.api.edge import AskingStaff, Installed
from fenqi.stores.waiting import Queue, waiting

router = APIRouter(prefix="/staff", tags=["staff"])

COUNTED_MAX = 99
"""Whoever has as much to do needs no exact figure."""
_LISTED_AT: dict[Queue, str] = {
    "cases": "/staff/cases",
    "warnings": "/staff/warnings",
    "hardship": "/staff/hardship",
    "complaints": "/staff/complaints",
    "collection": "/staff/collection-cases",
    "loan_changes": "/staff/loan-changes",
    "special_limits": "/staff/special-limits",
    "limit_rules": "/staff/limit-rules",
    "warning_rules": "/staff/warning-rules",
    "strategies": "/staff/strategies",
    "money_cases": "/staff/money-cases",
}
"""Where each queue is worked through: who may open the list may know its length."""


@router.get("/waiting")
async def get_waiting(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """How much waits in every queue that you may open; an agency has its own list and no other."""
    business, roles = installation.ports.business, set(staff.roles) - {Role.AGENCY}
    mine: list[Queue] = [queue for queue, route in _LISTED_AT.items() if roles & ACCESS["GET", route]]
    async with installation.reading() as connection:
        rows = await waiting(connection, mine, at=business.now(), on=business.today(), most=COUNTED_MAX + 1)
    found = {row.what: row.waiting for row in rows}
    lines = [
        {"queue": queue, "count": min(found[queue], COUNTED_MAX), "has_more": found[queue] > COUNTED_MAX}
        for queue in mine
    ]
    return {"waiting": lines}
