"""A customer says who they are, and the registry is asked whether that is one person."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fenqi.core.customer.profile import read_name
from fenqi.core.identity.id_number import read_id_number, require_adult
from fenqi.core.identity.throttle import REGISTRY_CHECK, require_may_check
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.merchant.checkout import identify
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.velocity.entry import EntryKind
from fenqi.gateways.identity.port import Match, ThreeElementCheck
from fenqi.services.attempt import NOWHERE, Origin, at_checkout, log
from fenqi.services.port import Ports
from fenqi.services.purchase import advanced, lock_for_customer, purchase_of
from fenqi.stores import checkout as checkouts
from fenqi.stores import customer as customers
from fenqi.stores import throttle
from fenqi.stores.customer import Customer, OutsideRecord
from fenqi.stores.fetch import Connection


@dataclass(frozen=True)
class Elements:
    """The three elements to check together, read and well-formed."""

    name: str
    id_number: str
    mobile: str


class IdentityMismatch(Refusal):
    """The registry does not confirm that name, number and phone are one person's."""

    code: ClassVar[str] = "identity_mismatch"
    kind: ClassVar[Kind] = Kind.RULE


class IdentityIndeterminate(Refusal):
    """The registry has given no clear answer: never a pass, never a no."""

    code: ClassVar[str] = "identity_indeterminate"
    kind: ClassVar[Kind] = Kind.CONFLICT


class IdentityFixed(Refusal):
    """This account is another person's, whose loans it holds."""

    code: ClassVar[str] = "identity_fixed"
    kind: ClassVar[Kind] = Kind.CONFLICT


class IdentityTaken(Refusal):
    """The identity number belongs to another customer of ours."""

    code: ClassVar[str] = "identity_taken"
    kind: ClassVar[Kind] = Kind.CONFLICT


async def read_elements(
    connection: Connection, ports: Ports, *, customer_id: UUID, name: str, id_number: str
) -> Elements:
    """Read what the customer typed, refuse what cannot be right, and fetch the mobile number they answered on.

    That the registry will be asked is counted: the caller commits before it asks.

    Raises: NameMalformed, the refusals of an identity number, Underage, IdentityFixed, IdentityCheckedTooOften.
    """
    today = ports.business.today()
    read = read_id_number(id_number, on=today)
    require_adult(read.born_on, on=today, years=ports.authority.adult_years(on=today))
    await _require_same_person(connection, ports, customer_id=customer_id, id_number=read.number)
    mobile = await mobile_of(connection, ports, customer_id=customer_id)
    elements = Elements(name=read_name(name), id_number=read.number, mobile=mobile)
    await _count_check(connection, ports, customer_id=customer_id, id_number=read.number)
    return elements


async def identify_customer(
    connection: Connection,
    ports: Ports,
    *,
    checkout_id: UUID,
    customer_id: UUID,
    elements: Elements,
    check: ThreeElementCheck,
    origin: Origin = NOWHERE,
) -> None:
    """Record the registry's answer and, if it is a match, who the customer is.

    The answer is kept whatever it says: the caller commits, then refuses with `require_match`.

    Raises: CheckoutNotYours, CheckoutExpired, IdentityTaken.
    """
    at = ports.business.now()
    checkout = await lock_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
    b = bucket_of(customer_id)
    await record_check(connection, ports, checkout_id=checkout_id, customer_id=customer_id, check=check, origin=origin)
    if check.match is not Match.MATCH:
        return
    await _claim_identity(connection, ports, customer_id=customer_id, id_number=elements.id_number)
    await customers.assure(
        connection,
        b=b,
        customer_id=customer_id,
        name_sealed=await ports.keys.seal(elements.name, row=customer_id, field="name"),
        id_number_sealed=await ports.keys.seal(elements.id_number, row=customer_id, field="id_number"),
        birth_on=read_id_number(elements.id_number, on=ports.business.today()).born_on,
        assurance="L3",
        assured_by=check.provider,
        assured_at=at,
    )
    identified = identify(purchase_of(checkout), customer_id=customer_id, at=at)
    await checkouts.save(connection, advanced(checkout, identified))


async def record_check(
    connection: Connection,
    ports: Ports,
    *,
    checkout_id: UUID,
    customer_id: UUID,
    check: ThreeElementCheck,
    origin: Origin = NOWHERE,
) -> None:
    """Keep what the registry said when somebody who is known showed again who they are.

    Raises: CheckoutNotYours.
    """
    checkout = await lock_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
    b = bucket_of(customer_id)
    await customers.add_outside_record(connection, await _record(ports, b=b, customer_id=customer_id, check=check))
    if check.match is not Match.MATCH:
        refused = at_checkout(checkout, EntryKind.IDENTITY_REFUSED, customer_id=customer_id, b=b, origin=origin)
        await log(connection, ports, refused)


def require_match(check: ThreeElementCheck) -> None:
    """Refuse unless the registry said that the three elements are one person's.

    Raises: IdentityMismatch, IdentityIndeterminate.
    """
    if check.match is Match.INDETERMINATE:
        raise IdentityIndeterminate("the registry gave no clear answer", allowed="try again in a few minutes")
    if check.match is not Match.MATCH:
        raise IdentityMismatch(
            "name, identity number and mobile number are not one person's",
            allowed="the name and number on your card, and a phone registered in your name",
        )


async def mobile_of(connection: Connection, ports: Ports, *, customer_id: UUID) -> str:
    """The mobile number that a customer answered a code on."""
    customer = await known_customer(connection, customer_id=customer_id)
    return await ports.keys.unseal(customer.mobile_sealed, row=customer_id, field="mobile")


async def known_customer(connection: Connection, *, customer_id: UUID) -> Customer:
    """A customer who has a session and therefore exists.

    Raises: LookupError if not, which is a fault of ours.
    """
    customer = await customers.find(connection, b=bucket_of(customer_id), customer_id=customer_id)
    if customer is None:
        raise LookupError(f"customer {customer_id} has a session and no row")
    return customer


async def _require_same_person(connection: Connection, ports: Ports, *, customer_id: UUID, id_number: str) -> None:
    customer = await known_customer(connection, customer_id=customer_id)
    if customer.id_number_sealed is None:
        return
    if await ports.keys.unseal(customer.id_number_sealed, row=customer_id, field="id_number") != id_number:
        raise IdentityFixed("this phone's account is another person's", allowed="the identity number given before")


async def _count_check(connection: Connection, ports: Ports, *, customer_id: UUID, id_number: str) -> None:
    index = await ports.keys.blind_index(id_number, field="id_number")
    at = ports.wall.now()
    for subject in sorted((customer_id.bytes, index)):
        tries = await throttle.tried(connection, kind="registry_check", subject=subject, throttle=REGISTRY_CHECK, at=at)
        require_may_check(tries)


async def _claim_identity(connection: Connection, ports: Ports, *, customer_id: UUID, id_number: str) -> None:
    index = await ports.keys.blind_index(id_number, field="id_number")
    key_b = bucket_of(index.hex())
    claimed = await customers.claim(
        connection, b=key_b, kind="id_number", value=index, owner_b=bucket_of(customer_id), owner=customer_id
    )
    owner = None if claimed else await customers.owner(connection, b=key_b, kind="id_number", value=index)
    if owner is not None and owner.owner != customer_id:
        raise IdentityTaken("another account has this identity", allowed="log in with the mobile number used before")


async def _record(ports: Ports, *, b: int, customer_id: UUID, check: ThreeElementCheck) -> OutsideRecord:
    record_id = id_in_bucket(ports.new_id(), b)
    return OutsideRecord(
        b=b,
        record_id=record_id,
        customer_id=customer_id,
        kind="three_element",
        source=check.provider,
        is_stand_in=check.stand_in,
        content_sealed=await ports.keys.seal(f"{check.match}:{check.reference}", row=record_id, field="content"),
        observed_at=check.checked_at,
    )
