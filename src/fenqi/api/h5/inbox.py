"""What a borrower was told, and what they want to be told."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from fenqi.api.body import Body
from fenqi.api.edge import AskingCustomer, Installed
from fenqi.api.merchant import LAST_ID, LATEST
from fenqi.core.collection.contact import ContactChannel, ContactPurpose
from fenqi.core.ledger.account import bucket_of
from fenqi.services.prefer_contact import prefer_contact, prefer_language, preferences_shown
from fenqi.stores import contact as contacts
from fenqi.stores.contact import ContactLine, Preference, Spoken

router = APIRouter(prefix="/h5", tags=["borrower"])


class NewPreference(Body):
    """A purpose on a channel, on or off."""

    purpose: ContactPurpose
    channel: ContactChannel
    is_on: bool


class NewLanguage(Body):
    """The language of messages."""

    language: Literal["zh-CN", "en"]


@router.get("/inbox")
async def get_inbox(
    customer_id: AskingCustomer,
    installation: Installed,
    before_at: datetime = LATEST,
    before_id: UUID = LAST_ID,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
) -> dict[str, Any]:
    """What you were told in your inbox, newest first."""
    async with installation.reading() as connection:
        rows = await contacts.of_customer(
            connection,
            b=bucket_of(customer_id),
            customer_id=customer_id,
            channel=ContactChannel.INBOX,
            before_at=before_at,
            before_id=before_id,
            limit=limit,
        )
    return {"messages": [_message(row) for row in rows], "next": next_contact(rows, limit)}


@router.get("/preferences")
async def get_preferences(customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """What you are told and how, and which of it you can change."""
    async with installation.reading() as connection:
        return await preferences_shown(connection, installation.ports, customer_id=customer_id)


@router.post("/preferences")
async def post_preference(new: NewPreference, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Switch a purpose on a channel on or off, from now on.

    Raises: PreferenceFixed.
    """
    preference = Preference(customer_id, new.purpose, new.channel, new.is_on)
    async with installation.transaction() as connection:
        await prefer_contact(connection, installation.ports, preference)
        return await preferences_shown(connection, installation.ports, customer_id=customer_id)


@router.post("/language")
async def post_language(new: NewLanguage, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """The language in which you are told, from now on."""
    async with installation.transaction() as connection:
        await prefer_language(connection, installation.ports, Spoken(customer_id, new.language))
        return await preferences_shown(connection, installation.ports, customer_id=customer_id)


def next_contact(rows: tuple[ContactLine, ...], limit: int) -> dict[str, str] | None:
    """Where a list of contacts goes on, if it does."""
    if len(rows) < limit:
        return None
    return {"before_at": rows[-1].begun_at.isoformat(), "before_id": str(rows[-1].contact_id)}


def _message(row: ContactLine) -> dict[str, Any]:
    return {
        "contact_id": str(row.contact_id),
        "purpose": row.purpose,
        "text": row.content,
        "loan_id": None if row.about is None else str(row.about),
        "told_at": row.begun_at.isoformat(),
    }
