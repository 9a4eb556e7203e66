"""What the routes of inbox, preferences, texts and contacts answer."""

from typing import Literal

from fenqi.api.shape.part import Page, Shape
from fenqi.core.collection.contact import ContactChannel, ContactPurpose


class InboxMessage(Shape):
    """Something a borrower was told."""

    contact_id: str
    purpose: ContactPurpose
    text: str
    loan_id: str | None
    told_at: str


class BeforeContact(Shape):
    """Where a list of contacts goes on."""

    before_at: str
    before_id: str


class InboxShape(Shape):
    """What a borrower was told."""

    messages: list[InboxMessage]
    next: BeforeContact | None


class PreferenceLine(Shape):
    """One purpose on one channel; a fixed one cannot be changed."""

    purpose: ContactPurpose
    channel: ContactChannel
    is_on: bool
    is_fixed: bool


class PreferencesShape(Shape):
    """What a borrower is told and how."""

    language: Literal["zh-CN", "en"]
    preferences: list[PreferenceLine]


class TemplateShape(Shape):
    """One version of a text, and its approval if there is one."""

    name: str
    version: int
    purpose: ContactPurpose
    zh: str
    en: str
    proposed_by: str
    proposed_at: str
    approved_by: str | None
    effective_from: str | None


class TemplatesShape(Shape):
    """Every version of every text."""

    templates: list[TemplateShape]
    fields: list[str]


class ContactLineShape(Shape):
    """A contact and what became of it."""

    contact_id: str
    purpose: ContactPurpose
    channel: ContactChannel
    template: str
    template_version: int
    text: str
    begun_at: str
    begun_by: str
    results: list[str]


class ContactsShape(Shape):
    """A customer's contacts."""

    contacts: list[ContactLineShape]
    next: BeforeContact | None


class LoggedContactShape(ContactLineShape):
    """A contact in the log of all of them."""

    customer_id: str
    loan_id: str | None


class ContactLogShape(Page):
    """Contacts with everybody, newest first."""

    contacts: list[LoggedContactShape]


class BegunContactShape(Shape):
    """A contact that was let begin, with the words to say."""

    contact_id: str
    text: str


class ContactStopLine(Shape):
    """What stops contacts, or did."""

    kind: Literal["complaint", "dispute", "hardship", "over_indebted", "student"]
    lasts: bool


class ContactStopsShape(Shape):
    """What stops contacts with a customer."""

    stops: list[ContactStopLine]


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/h5/inbox"): InboxShape,
    ("GET", "/h5/preferences"): PreferencesShape,
    ("POST", "/h5/preferences"): PreferencesShape,
    ("POST", "/h5/language"): PreferencesShape,
    ("GET", "/staff/contacts"): ContactLogShape,
    ("GET", "/staff/templates"): TemplatesShape,
    ("POST", "/staff/templates"): TemplateShape,
    ("POST", "/staff/templates/{name}/{version}/approval"): TemplateShape,
    ("GET", "/staff/customers/{customer_id}/contacts"): ContactsShape,
    ("POST", "/staff/contacts"): BegunContactShape,
    ("GET", "/staff/customers/{customer_id}/contact-stops"): ContactStopsShape,
    ("POST", "/staff/customers/{customer_id}/contact-stops"): ContactStopsShape,
}
