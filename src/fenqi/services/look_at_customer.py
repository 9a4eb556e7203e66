"""A member of staff sees a customer: masked as a rule, unmasked for a reason that is kept."""

from typing import Any, ClassVar
from uuid import UUID

from fenqi.core.customer.profile import mask_name
from fenqi.core.ledger.account import bucket_of
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.stores import customer as customers
from fenqi.stores.customer import Customer
from fenqi.stores.fetch import Connection
from fenqi.stores.staff import Staff


class CustomerUnknown(Refusal):
    """There is no such customer."""

    code: ClassVar[str] = "customer_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


async def find_customer(connection: Connection, *, customer_id: UUID) -> Customer:
    """A customer by id.

    Raises: CustomerUnknown.
    """
    found = await customers.find(connection, b=bucket_of(customer_id), customer_id=customer_id)
    if found is None:
        raise CustomerUnknown("no such customer", allowed="an id that a loan or a decision names")
    return found


async def masked_customer(ports: Ports, customer: Customer) -> dict[str, Any]:
    """Who a customer is, as anybody may see it over a shoulder."""
    name = await _unsealed(ports, customer, "name", customer.name_sealed)
    return {
        "customer_id": str(customer.customer_id),
        "mobile_masked": customer.mobile_masked,
        "name_masked": None if name is None else mask_name(name),
        "assurance": customer.assurance,
        "created_at": customer.created_at.isoformat(),
    }


async def look_at_customer(
    connection: Connection, ports: Ports, *, customer_id: UUID, staff: Staff, reason: str
) -> dict[str, Any]:
    """Who a customer is, once; who looked and why is in the audit trail.

    Raises: CustomerUnknown.
    """
    customer = await find_customer(connection, customer_id=customer_id)
    await note(
        connection,
        ports,
        actor_kind="staff",
        actor=staff.login,
        action="looked_at_customer",
        subject=str(customer_id),
        detail={"reason": reason},
    )
    return {
        "customer_id": str(customer_id),
        "mobile": await _unsealed(ports, customer, "mobile", customer.mobile_sealed),
        "name": await _unsealed(ports, customer, "name", customer.name_sealed),
        "id_number": await _unsealed(ports, customer, "id_number", customer.id_number_sealed),
        "born_on": None if customer.birth_on is None else customer.birth_on.isoformat(),
    }


async def _unsealed(ports: Ports, customer: Customer, field: str, sealed: bytes | None) -> str | None:
    return None if sealed is None else await ports.keys.unseal(sealed, row=customer.customer_id, field=field)
