"""A customer agrees, one purpose and recipient at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fenqi.core.customer.consent import Consent, ConsentTextDiffers, Purpose, missing_consents, require_active
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.merchant.purchase import require_open
from fenqi.services.authority import WantedConsent
from fenqi.services.port import Ports
from fenqi.services.purchase import purchase_of
from fenqi.stores import customer as customers
from fenqi.stores.checkout import Checkout
from fenqi.stores.customer import StoredConsent
from fenqi.stores.fetch import Connection, together


@dataclass(frozen=True)
class Ticked:
    """One box that the customer ticked, and the text it stood beside."""

    purpose: str
    recipient: str
    text_sha256: str
    language: str
    ticked: bool


async def consents_wanted(
    connection: Connection, ports: Ports, *, customer_id: UUID, language: str
) -> tuple[WantedConsent, ...]:
    """What the customer has still to agree to before a decision, each with its words."""
    given = await given_consents(connection, customer_id=customer_id)
    authority, on = ports.authority, ports.business.today()
    missing = missing_consents(given, authority.required_consents(on=on), at=ports.business.now())
    return tuple(WantedConsent(one, authority.consent_text(one, on=on, language=language)) for one in missing)


async def consents_offered(
    connection: Connection, ports: Ports, *, checkout: Checkout, customer_id: UUID, language: str
) -> tuple[WantedConsent, ...]:
    """What the customer may agree to for this application besides, and has not; it can be left alone."""
    given = await given_consents(connection, customer_id=customer_id)
    authority, on = ports.authority, ports.business.today()
    for_this = [one for one in given if one.given_at >= checkout.created_at]
    missing = missing_consents(for_this, authority.optional_consents(on=on), at=ports.business.now())
    return tuple(WantedConsent(one, authority.consent_text(one, on=on, language=language)) for one in missing)


async def given_consents(connection: Connection, *, customer_id: UUID) -> tuple[Consent, ...]:
    """Every consent a customer has given."""
    stored = await customers.consents(connection, b=bucket_of(customer_id), customer_id=customer_id)
    return tuple(
        Consent(
            purpose=Purpose(row.purpose),
            recipient=row.recipient,
            text_name=row.text_name,
            text_version=row.text_version,
            text_language=row.text_language,
            text_sha256=row.text_sha256,
            given_at=row.given_at,
        )
        for row in stored
    )


async def give_consents(
    connection: Connection, ports: Ports, *, checkout: Checkout, customer_id: UUID, ticked: Sequence[Ticked]
) -> int:
    """Keep each consent with the text that was read; how many.

    Raises: ConsentNotActive, ConsentTextDiffers, and what keeps a checkout from going on.
    """
    at = ports.business.now()
    require_open(purchase_of(checkout), at=at)
    given = (customers.to_add_consent(_consent(ports, one, customer_id=customer_id)) for one in ticked)
    await together(connection, *given)
    return len(ticked)


def _consent(ports: Ports, one: Ticked, *, customer_id: UUID) -> StoredConsent:
    authority, on = ports.authority, ports.business.today()
    wanted = [
        each
        for each in (*authority.required_consents(on=on), *authority.optional_consents(on=on))
        if (each.purpose, each.recipient) == (one.purpose, one.recipient)
    ]
    if not wanted:
        raise ConsentTextDiffers("nobody asks for this consent", allowed="the consents of this checkout")
    text = authority.consent_text(wanted[0], on=on, language=one.language)
    require_active(ticked_by_customer=one.ticked, shown_sha256=one.text_sha256, text_sha256=text.sha256)
    b = bucket_of(customer_id)
    return StoredConsent(
        b=b,
        consent_id=id_in_bucket(ports.new_id(), b),
        customer_id=customer_id,
        purpose=one.purpose,
        recipient=one.recipient,
        text_name=text.name,
        text_version=str(text.version),
        text_language=text.language,
        text_sha256=text.sha256,
        given_at=ports.business.now(),
    )
