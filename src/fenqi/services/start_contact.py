"""The only door through which a contact with a customer begins."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from uuid import UUID

from fenqi.core.collection.contact import (
    SHANGHAI,
    ContactChannel,
    ContactPurpose,
    ContactStanding,
    ContactTextUnapproved,
    PastContact,
    PlannedContact,
    allowed_from,
    require_may_contact,
)
from fenqi.core.collection.contact_law import ContactLaw, contact_law
from fenqi.core.collection.template import NoticeTemplate, filled
from fenqi.core.identity.mobile import read_mobile
from fenqi.core.ledger.account import bucket_of
from fenqi.core.refusal import Refusal
from fenqi.services.hold_collection import held_of_customers
from fenqi.services.identify_customer import mobile_of
from fenqi.services.never_sold_to import never_sold_to
from fenqi.services.notice_template import templates_in_force
from fenqi.services.port import Ports
from fenqi.stores import contact as contacts
from fenqi.stores.contact import Contact
from fenqi.stores.fetch import Connection

LANGUAGE = "zh-CN"
"""Of whoever neither said a language nor signed in one."""


@dataclass(frozen=True, kw_only=True)
class StartContact:
    """Whom to contact, why and how; the same `contact_id` is the same contact."""

    contact_id: UUID
    customer_id: UUID
    purpose: ContactPurpose
    channel: ContactChannel
    template: str
    fields: Mapping[str, object]
    currency: str = "CNY"
    language: str = ""
    """The customer's own if empty."""
    about: UUID | None = None
    begun_by: str
    number: str = ""
    """A number that somebody names; the customer's own if empty."""


@dataclass(frozen=True)
class Begun:
    """A contact that may leave the house once the transaction has committed, and the number it goes to."""

    contact: Contact
    mobile: str


@dataclass(frozen=True)
class _Known:
    """What is read once for all contacts that begin together."""

    at: datetime
    law: ContactLaw
    templates: Mapping[str, NoticeTemplate]
    mobiles: dict[UUID, str]
    languages: Mapping[UUID, str]
    standings: dict[UUID, ContactStanding]


async def start_contact(connection: Connection, ports: Ports, command: StartContact) -> Begun:
    """Begin one contact, or refuse it by the rule that forbids it.

    Raises: ContactThirdParty, ContactTextUnapproved, ContactStopped, ContactUnwanted, ContactOutOfHours,
    ContactTooOften, TemplateFieldMissing, MobileMalformed.
    """
    known = await contacts.find(connection, b=bucket_of(command.customer_id), contact_id=command.contact_id)
    if known is not None:
        return Begun(known, await mobile_of(connection, ports, customer_id=command.customer_id))
    (begun,) = await start_contacts(connection, ports, [command])
    if isinstance(begun, Refusal):
        raise begun
    return begun


async def start_contacts(
    connection: Connection, ports: Ports, commands: Sequence[StartContact]
) -> tuple[Begun | Refusal, ...]:
    """Begin contacts with customers who are held meanwhile; each is let begin or refused alone.

    They are decided in the order given, each knowing of those before it.
    """
    if not commands:
        return ()
    known = await _known(connection, ports, commands)
    decided = [await _decide(ports, known, command) for command in commands]
    await contacts.add(connection, [each.contact for each in decided if isinstance(each, Begun)])
    return tuple(decided)


@dataclass(frozen=True)
class Option:
    """Whether a contact could begin now; if not, why, and from when it could as far as hours and counts go."""

    command: StartContact
    refusal: Refusal | None
    allowed_from: datetime | None


async def try_contacts(connection: Connection, ports: Ports, commands: Sequence[StartContact]) -> tuple[Option, ...]:
    """What the door would say to each of these contacts by itself; none of them begins."""
    if not commands:
        return ()
    known = await _known(connection, ports, commands)
    return tuple([await _try(ports, known, command) for command in commands])


async def _try(ports: Ports, known: _Known, command: StartContact) -> Option:
    standing = known.standings[command.customer_id]
    try:
        planned = await _planned(ports, known, command)
        require_may_contact(planned, standing, law=known.law)
    except Refusal as refusal:
        planned = replace(await _planned(ports, known, replace(command, number="")), number=standing.number)
        return Option(command, refusal, allowed_from(planned, standing, law=known.law))
    return Option(command, None, known.at)


async def _known(connection: Connection, ports: Ports, commands: Sequence[StartContact]) -> _Known:
    at, on = ports.business.now(), ports.business.today()
    customer_ids = sorted({command.customer_id for command in commands})
    lane = sorted({bucket_of(customer_id) for customer_id in customer_ids})
    held = await contacts.hold_customers(connection, lane=lane, customer_ids=customer_ids)
    mobiles = {
        row.customer_id: await ports.keys.unseal(row.mobile_sealed, row=row.customer_id, field="mobile") for row in held
    }
    law = contact_law(ports.authority.pack, on=on, lender_type=ports.authority.house.lender_type)
    templates = await templates_in_force(connection, on=on)
    since = datetime.combine(on, time(0), tzinfo=SHANGHAI)
    histories = defaultdict[UUID, list[PastContact]](list)
    for row in await contacts.since(connection, lane=lane, customer_ids=customer_ids, since=since):
        histories[row.customer_id].append(
            PastContact(
                purpose=ContactPurpose(row.purpose),
                channel=ContactChannel(row.channel),
                number=row.number,
                at=row.begun_at,
                is_unanswered=row.is_unanswered,
            )
        )
    stops = defaultdict[UUID, set[str]](set)
    for stop in await contacts.stops(connection, lane=lane, customer_ids=customer_ids):
        if stop.lasts:
            stops[stop.customer_id].add(stop.kind)
    if any(command.purpose is ContactPurpose.MARKETING for command in commands):
        for customer_id, kinds in (await never_sold_to(connection, ports, customer_ids=customer_ids)).items():
            stops[customer_id] |= kinds
    held = await held_of_customers(connection, customer_ids=customer_ids)
    switched = defaultdict[UUID, list[tuple[ContactPurpose, ContactChannel, bool]]](list)
    for said in await contacts.preferences(connection, lane=lane, customer_ids=customer_ids):
        switched[said.customer_id].append((ContactPurpose(said.purpose), ContactChannel(said.channel), said.is_on))
    standings = {
        customer_id: ContactStanding(
            number=await ports.keys.blind_index(mobile, field="mobile"),
            history=tuple(histories[customer_id]),
            stops=frozenset(stops[customer_id]) | held[customer_id].kinds,
            held_loans=held[customer_id].loan_ids,
            switched=tuple(switched[customer_id]),
        )
        for customer_id, mobile in mobiles.items()
    }
    spoken = await contacts.languages(connection, lane=lane, customer_ids=customer_ids)
    languages = {row.customer_id: row.language for row in spoken}
    return _Known(at, law, templates, mobiles, languages, standings)


async def _decide(ports: Ports, known: _Known, command: StartContact) -> Begun | Refusal:
    try:
        return await _begin(ports, known, command)
    except Refusal as refusal:
        return refusal


async def _planned(ports: Ports, known: _Known, command: StartContact) -> PlannedContact:
    template = known.templates.get(command.template)
    number = known.standings[command.customer_id].number
    if command.number:
        number = await ports.keys.blind_index(read_mobile(command.number), field="mobile")
    if command.channel is ContactChannel.INBOX:
        number = b""
    return PlannedContact(
        purpose=command.purpose,
        channel=command.channel,
        number=number,
        text_purpose=None if template is None else template.purpose,
        at=known.at,
        about=command.about,
    )


async def _begin(ports: Ports, known: _Known, command: StartContact) -> Begun:
    standing, template = known.standings[command.customer_id], known.templates.get(command.template)
    planned = await _planned(ports, known, command)
    require_may_contact(planned, standing, law=known.law)
    if template is None:
        raise ContactTextUnapproved("there is no such text", allowed="an approved template")
    language = command.language or known.languages.get(command.customer_id, LANGUAGE)
    fields = {"lender": ports.authority.house.name[language], **command.fields}
    content = filled(template, fields, language=language, currency=command.currency)
    past = PastContact(purpose=planned.purpose, channel=planned.channel, number=planned.number, at=known.at)
    known.standings[command.customer_id] = replace(standing, history=(*standing.history, past))
    contact = Contact(
        b=bucket_of(command.customer_id),
        contact_id=command.contact_id,
        customer_id=command.customer_id,
        purpose=command.purpose,
        channel=command.channel,
        number=planned.number,
        template=template.name,
        template_version=template.version,
        content=content,
        about=command.about,
        begun_at=known.at,
        begun_by=command.begun_by,
    )
    return Begun(contact, known.mobiles[command.customer_id])
