"""What waits for whoever has logged in."""

from typing import Any

from fastapi import APIRouter

from fenqi.api.access import ACCESS, Role
from fenqi.api.edge import AskingStaff, Installed
from fenqi.stores.waiting import Queue, waiting

router = APIRouter(prefix="/staff", tags=["staff"])

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
    async with installation.reading() as connection:
        found = {row.what: row.waiting for row in await waiting(connection, at=business.now(), on=business.today())}
    mine = [queue for queue, route in _LISTED_AT.items() if roles & ACCESS["GET", route]]
    return {"waiting": [{"queue": queue, "count": found[queue]} for queue in mine]}
