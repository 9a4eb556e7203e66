"""The log of contacts with everybody, by filter, page by page or as one file."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import StreamingResponse

from fenqi.api.console_list import EXPORT_PAGE, Limit, note_export, pages_after
from fenqi.api.csv import as_csv
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.merchant import LAST_ID, LATEST
from fenqi.core.collection.contact import ContactChannel, ContactPurpose
from fenqi.services.note import note
from fenqi.stores import contact as contacts
from fenqi.stores.contact import LogFilter, LoggedContact
from fenqi.wiring import SHANGHAI

router = APIRouter(prefix="/staff", tags=["staff"])
_EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class _Contacts:
    """Which contacts: days in Shanghai, from the first on and before the last."""

    purpose: ContactPurpose | None = None
    channel: ContactChannel | None = None
    result: Literal["sent", "delivered", "failed", "connected", "unanswered"] | None = None
    begun_by: str = ""
    from_on: date = _EARLIEST
    until_on: date | None = None

    @property
    def wanted(self) -> LogFilter:
        return LogFilter(
            purpose=self.purpose or "",
            channel=self.channel or "",
            result=self.result or "",
            begun_by=self.begun_by,
            from_at=datetime.combine(self.from_on, time.min, tzinfo=SHANGHAI),
        )

    def before(self, at: datetime) -> datetime:
        ends = LATEST if self.until_on is None else datetime.combine(self.until_on, time.min, tzinfo=SHANGHAI)
        return min(at, ends)


ContactsAsked = Annotated[_Contacts, Depends()]


@router.get("/contacts")
async def list_log(
    staff: AskingStaff,
    installation: Installed,
    asked: ContactsAsked,
    before_at: datetime = LATEST,
    before_id: UUID = LAST_ID,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Contacts with everybody, newest first; who looked is in the audit trail."""
    async with installation.transaction() as connection:
        rows = await contacts.log(
            connection, asked.wanted, before_at=asked.before(before_at), before_id=before_id, limit=limit
        )
        await note(
            connection,
            installation.ports,
            actor_kind="staff",
            actor=staff.login,
            action="listed_contacts",
            subject="everybody",
        )
    following = {"before_at": rows[-1].begun_at.isoformat(), "before_id": str(rows[-1].contact_id)} if rows else None
    return {"contacts": [_logged_line(row) for row in rows], "next": following if len(rows) == limit else None}


@router.get("/exports/contacts", response_class=StreamingResponse)
async def export_log(staff: AskingStaff, installation: Installed, asked: ContactsAsked) -> StreamingResponse:
    """Every contact that a filter lets through, as CSV."""

    async def after(last: LoggedContact | None) -> tuple[LoggedContact, ...]:
        at, identity = (last.begun_at, last.contact_id) if last else (asked.before(LATEST), LAST_ID)
        async with installation.reading() as connection:
            return await contacts.log(connection, asked.wanted, before_at=at, before_id=identity, limit=EXPORT_PAGE)

    await note_export(installation, staff.login, "contacts")
    return as_csv("contacts.csv", pages_after(after, _file_line))


def _logged_line(row: LoggedContact) -> dict[str, Any]:
    return contact_line(row) | {
        "customer_id": str(row.customer_id),
        "loan_id": None if row.about is None else str(row.about),
    }


def _file_line(row: LoggedContact) -> dict[str, Any]:
    return _logged_line(row) | {"results": " ".join(row.results)}


def contact_line(row: contacts.ContactLine) -> dict[str, Any]:
    """A contact as it stands in a list."""
    return {
        "contact_id": str(row.contact_id),
        "purpose": row.purpose,
        "channel": row.channel,
        "template": row.template,
        "template_version": row.template_version,
        "text": row.content,
        "begun_at": row.begun_at.isoformat(),
        "begun_by": row.begun_by,
        "results": list(row.results),
    }
