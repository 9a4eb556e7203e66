"""What a customer wants to be told, and how; and what stops contacts."""

from itertools import product
from typing import Any, ClassVar
from uuid import UUID

from fenqi.core.collection.contact import CALLS, ContactChannel, ContactPurpose, is_wanted
from fenqi.core.collection.contact_law import ContactLaw, contact_law
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.port import Ports
from fenqi.services.start_contact import LANGUAGE
from fenqi.stores import contact as contacts
from fenqi.stores import customer as customers
from fenqi.stores.contact import Preference, Spoken
from fenqi.stores.fetch import Connection


class PreferenceFixed(Refusal):
    """The law, or the contract, wants this to be told: it cannot be switched off."""

    code: ClassVar[str] = "preference_fixed"
    kind: ClassVar[Kind] = Kind.RULE


async def preferences_shown(connection: Connection, ports: Ports, *, customer_id: UUID) -> dict[str, Any]:
    """Every purpose on every channel: whether it is on, and whether that can be changed."""
    law = _law(ports)
    rows = await contacts.preferences(connection, lane=[bucket_of(customer_id)], customer_ids=[customer_id])
    spoken = await contacts.languages(connection, lane=[bucket_of(customer_id)], customer_ids=[customer_id])
    switched = [(row.purpose, row.channel, row.is_on) for row in rows]
    return {
        "language": spoken[0].language if spoken else LANGUAGE,
        "preferences": [
            {
                "purpose": purpose.value,
                "channel": channel.value,
                "is_on": is_wanted(purpose, channel, switched=switched, law=law),
                "is_fixed": channel not in law.may_be_switched_off[purpose],
            }
            for purpose, channel in product(ContactPurpose, ContactChannel)
        ],
    }


async def prefer_contact(connection: Connection, ports: Ports, preference: Preference) -> None:
    """Keep what a customer says of a purpose and channel; it holds for every contact from now on.

    Raises: PreferenceFixed.
    """
    law = _law(ports)
    if preference.channel not in law.may_be_switched_off[preference.purpose]:
        raise PreferenceFixed(
            f"{preference.purpose} by {preference.channel} cannot be changed",
            allowed=", ".join(sorted(law.may_be_switched_off[preference.purpose])) or "nothing of this purpose",
            source=law.cited["may_be_switched_off"],
        )
    b = bucket_of(preference.customer_id)
    await customers.lock(connection, b=b, customer_id=preference.customer_id)
    await contacts.add_preference(
        connection, preference, b=b, preference_id=id_in_bucket(ports.new_id(), b), said_at=ports.business.now()
    )


async def stop_calls(connection: Connection, ports: Ports, *, customer_id: UUID) -> None:
    """A customer wants no calls: every purpose that may be switched off is, on every channel that rings."""
    law = _law(ports)
    for purpose, channel in product(ContactPurpose, sorted(CALLS)):
        if channel in law.may_be_switched_off[purpose]:
            await prefer_contact(connection, ports, Preference(customer_id, purpose, channel, is_on=False))


async def prefer_language(connection: Connection, ports: Ports, spoken: Spoken) -> None:
    """Keep in which language a customer wants to be told, from now on."""
    b = bucket_of(spoken.customer_id)
    await customers.lock(connection, b=b, customer_id=spoken.customer_id)
    await contacts.add_language(
        connection, spoken, b=b, language_id=id_in_bucket(ports.new_id(), b), said_at=ports.business.now()
    )


async def stop_contact(
    connection: Connection, ports: Ports, *, customer_id: UUID, kind: str, lasts: bool, by: str
) -> None:
    """A complaint, a dispute or hardship begins, or is over: contacts that it stops cannot begin meanwhile."""
    b = bucket_of(customer_id)
    await customers.lock(connection, b=b, customer_id=customer_id)
    await contacts.add_stop(
        connection,
        b=b,
        stop_id=id_in_bucket(ports.new_id(), b),
        customer_id=customer_id,
        kind=kind,
        lasts=lasts,
        said_by=by,
        said_at=ports.business.now(),
    )


def _law(ports: Ports) -> ContactLaw:
    return contact_law(ports.authority.pack, on=ports.business.today(), lender_type=ports.authority.house.lender_type)
