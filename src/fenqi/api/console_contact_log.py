"""The log of contacts with everybody, by filter and sort, page by page or as one file."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from starlette.responses import StreamingResponse

from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import Code, ListDay, Paged, Sorted, StaffList, begin
from fenqi.api.shape.contact import LoggedContactShape
from fenqi.core.collection.contact import ContactChannel, ContactPurpose
from fenqi.services.note import note
from fenqi.stores import contact as contacts
from fenqi.stores.contact import LoggedContact

router = APIRouter(prefix="/staff", tags=["staff"])
CONTACTS = StaffList("contacts", contacts.LOG, LoggedContactShape)


@dataclass(frozen=True)
class _Contacts:
    """Which contacts: days in Shanghai, from the first on and before the last."""

    purpose: ContactPurpose | None = None
    channel: ContactChannel | None = None
    result: Literal["sent", "delivered", "failed", "connected", "unanswered"] | None = None
    begun_by: Code | None = None
    from_on: ListDay | None = None
    until_on: ListDay | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return {
            "purpose": self.purpose and self.purpose.value,
            "channel": self.channel and self.channel.value,
            "result": self.result,
            "begun_by": self.begun_by,
            "from_at": self.from_on and begin(self.from_on),
            "until_at": self.until_on and begin(self.until_on),
        }


ContactsAsked = Annotated[_Contacts, Depends()]


@router.get("/contacts")
async def list_log(staff: AskingStaff, installation: Installed, asked: ContactsAsked, paging: Paged) -> dict[str, Any]:
    """Contacts with everybody, newest first unless sorted otherwise; who looked is in the audit trail."""
    page = await CONTACTS.page(installation, asked.wanted, paging, _logged_line)
    async with installation.transaction() as connection:
        await note(
            connection,
            installation.ports,
            actor_kind="staff",
            actor=staff.login,
            action="listed_contacts",
            subject="everybody",
        )
    return page


@router.get("/exports/contacts", response_class=StreamingResponse)
async def export_log(
    staff: AskingStaff, installation: Installed, asked: ContactsAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every contact that a filter lets through, as CSV."""
    return await CONTACTS.file(installation, staff, asked.wanted, sort, _file_line)


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
