"""The audit trail as staff read it: who did or saw what, when, about whom."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import Code, ListDay, Paged, Sorted, StaffList, begin
from fenqi.api.shape.staff import AuditLine
from fenqi.core.ledger.account import bucket_of
from fenqi.stores import staff_list
from fenqi.stores.work import Audit
from fenqi.wiring import Installation

router = APIRouter(prefix="/staff", tags=["staff"])
AUDIT = StaffList("audit", staff_list.AUDIT, AuditLine)


class ActorKind(StrEnum):
    """Who may have done something."""

    STAFF = "staff"
    MERCHANT = "merchant"
    CUSTOMER = "customer"
    SYSTEM = "system"


@dataclass(frozen=True)
class _Audit:
    """Which lines: of whom, of what, about what or whom, on days from the first on and before the last."""

    actor_kind: ActorKind | None = None
    actor: Code | None = None
    action: Code | None = None
    subject: Annotated[str | None, Query(max_length=100)] = None
    customer_id: UUID | None = None
    from_on: ListDay | None = None
    until_on: ListDay | None = None

    async def wanted(self, installation: Installation) -> dict[str, Any]:
        return {
            "actor_kind": self.actor_kind and self.actor_kind.value,
            "actor": self.actor,
            "action": self.action,
            "subject": self.subject,
            "customer_id": self.customer_id,
            "subjects": await self._subjects(installation),
            "from_at": self.from_on and begin(self.from_on),
            "until_at": self.until_on and begin(self.until_on),
        }

    async def _subjects(self, installation: Installation) -> list[str] | None:
        """What the lines may be about; about a customer is whatever is about something of theirs."""
        if self.customer_id is None:
            return None if self.subject is None else [self.subject]
        async with installation.reading() as connection:
            theirs = await staff_list.subjects_of_customer(
                connection, b=bucket_of(self.customer_id), customer_id=self.customer_id
            )
        return [subject for subject in map(str, theirs) if self.subject in (None, subject)]


AuditAsked = Annotated[_Audit, Depends()]


@router.get("/audit")
async def list_audit(staff: AskingStaff, installation: Installed, asked: AuditAsked, paging: Paged) -> dict[str, Any]:
    """Who did and saw what, newest first unless sorted otherwise."""
    return await AUDIT.page(installation, await asked.wanted(installation), paging, _audit_line)


@router.get("/exports/audit", response_class=StreamingResponse)
async def export_audit(
    staff: AskingStaff, installation: Installed, asked: AuditAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every line of the trail that a filter lets through, as CSV; the taking itself is the newest."""
    return await AUDIT.file(installation, staff, await asked.wanted(installation), sort, _audit_line)


def _audit_line(row: Audit) -> dict[str, Any]:
    return {
        "audit_id": str(row.audit_id),
        "actor": f"{row.actor_kind}:{row.actor}",
        "action": row.action,
        "subject": row.subject,
        "detail": {name: str(value) for name, value in row.detail.items()},
        "recorded_at": row.recorded_at.isoformat(),
    }
