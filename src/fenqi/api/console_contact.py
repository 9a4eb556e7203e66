"""Texts of notices under four eyes, and contacts with a customer."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID, uuid5

from fastapi import APIRouter
from pydantic import Field

from fenqi.api.body import Body
from fenqi.api.console_contact_log import contact_line
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.h5.inbox import next_contact
from fenqi.api.listing import Limit
from fenqi.api.merchant import LAST_ID, LATEST
from fenqi.core.collection.contact import ContactChannel, ContactPurpose
from fenqi.core.collection.template import FIELDS
from fenqi.core.dates.business_day import days_late
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.loan.record import agreement_from_record
from fenqi.services.find_loan import find_loan
from fenqi.services.look_at_customer import find_customer
from fenqi.services.note import note
from fenqi.services.notice_template import approve_template, propose_template
from fenqi.services.start_contact import StartContact, start_contact
from fenqi.stores import contact as contacts
from fenqi.stores import notice as notices
from fenqi.stores.notice import StoredTemplate

router = APIRouter(prefix="/staff", tags=["staff"])


class NewTemplate(Body):
    """A new version of a text; fields stand in braces."""

    name: str = Field(pattern="^[a-z][a-z_]{2,40}$")
    purpose: ContactPurpose
    zh: str = Field(max_length=500)
    en: str = Field(max_length=500)


class NewApproval(Body):
    """The day from which the version may be sent."""

    effective_from: date


class NewContact(Body):
    """A call that is about to be made about a loan; `request_id` makes it begin once."""

    loan_id: UUID
    purpose: ContactPurpose
    channel: Literal[ContactChannel.VOICE_NOTICE, ContactChannel.CALL]
    template: str = Field(max_length=41)
    number: str = Field(default="", max_length=20)
    request_id: str = Field(min_length=8, max_length=128, pattern=r"^[\x21-\x7e]+$")


@router.get("/templates")
async def list_templates(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Every version of every text, the newest of each first."""
    async with installation.reading() as connection:
        rows = await notices.templates(connection)
    return {"templates": [_template_line(row) for row in rows], "fields": sorted(FIELDS)}


@router.post("/templates", status_code=201)
async def post_template(new: NewTemplate, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Propose a new version of a text.

    Raises: TemplateMalformed, TemplateFieldUnknown, TemplateWordForbidden.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        row = await propose_template(
            connection, ports, name=new.name, purpose=new.purpose, zh=new.zh, en=new.en, by=staff.login
        )
    return _template_line(row)


@router.post("/templates/{name}/{version}/approval", status_code=201)
async def post_approval(
    name: str, version: int, new: NewApproval, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Approve a version that somebody else proposed.

    Raises: TemplateUnknown, TemplateOwnProposal, TemplateApproved, TemplateBackdated.
    """
    async with installation.transaction() as connection:
        row = await approve_template(
            connection,
            installation.ports,
            name=name,
            version=version,
            by=staff.login,
            effective_from=new.effective_from,
        )
    return _template_line(row)


@router.get("/customers/{customer_id}/contacts")
async def list_contacts(
    customer_id: UUID,
    staff: AskingStaff,
    installation: Installed,
    before_at: datetime = LATEST,
    before_id: UUID = LAST_ID,
    limit: Limit = 50,
) -> dict[str, Any]:
    """A customer's contacts with us, newest first, and what became of them; who looked is in the audit trail."""
    async with installation.transaction() as connection:
        customer = await find_customer(connection, customer_id=customer_id)
        rows = await contacts.of_customer(
            connection,
            b=customer.b,
            customer_id=customer_id,
            before_at=before_at,
            before_id=before_id,
            limit=limit,
        )
        await note(
            connection,
            installation.ports,
            actor_kind="staff",
            actor=staff.login,
            action="listed_contacts",
            subject=str(customer_id),
        )
    return {"contacts": [contact_line(row) for row in rows], "next": next_contact(rows, limit)}


@router.post("/contacts", status_code=201)
async def post_contact(new: NewContact, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Begin a contact with a borrower about a loan, or be refused by the rule that forbids it.

    Raises: ContactThirdParty, ContactTextUnapproved, ContactStopped, ContactUnwanted, ContactOutOfHours,
    ContactTooOften, TemplateFieldMissing.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        loan = await find_loan(connection, loan_id=new.loan_id)
        b, late_from = bucket_of(loan.customer_id), loan.oldest_unpaid_due_on or loan.next_due_on
        fields: dict[str, object] = {"loan_ending": loan.loan_id.hex[-6:], "amount": loan.outstanding_minor}
        if late_from is not None:
            rolls = agreement_from_record(loan.terms).policy.rolls_holidays
            days = days_late(late_from, on=ports.business.today(), rolls=rolls)
            fields |= {"due_on": late_from, "days_late": days}
        command = StartContact(
            contact_id=id_in_bucket(uuid5(loan.loan_id, f"contact:{new.request_id}"), b),
            customer_id=loan.customer_id,
            purpose=new.purpose,
            channel=new.channel,
            template=new.template,
            fields=fields,
            currency=loan.currency,
            about=loan.loan_id,
            begun_by=staff.login,
            number=new.number,
        )
        begun = await start_contact(connection, ports, command)
    return {"contact_id": str(begun.contact.contact_id), "text": begun.contact.content}


def _template_line(row: StoredTemplate) -> dict[str, Any]:
    return {
        "name": row.name,
        "version": row.version,
        "purpose": row.purpose,
        "zh": row.body_zh,
        "en": row.body_en,
        "proposed_by": row.proposed_by,
        "proposed_at": row.proposed_at.isoformat(),
        "approved_by": row.approved_by,
        "effective_from": None if row.effective_from is None else row.effective_from.isoformat(),
    }
