"""What the demo shop sells, and what each phone costs in instalments at the lender's list price."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from fenqi.core.product.listed import Goods, ListedPlan, list_plans
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.rulepack.ceiling import cost_ceiling
from fenqi.services.authority import Authority
from fenqi.services.port import Ports
from fenqi.stores import authority as authorities
from fenqi.stores.authority import Phone
from fenqi.stores.fetch import Connection, ask


class PhoneUnknown(Refusal):
    """The shop sells no such phone."""

    code: ClassVar[str] = "phone_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@dataclass(frozen=True)
class PhoneOnSale:
    """A phone with its plans at list price, under the ceiling of the day."""

    phone: Phone
    plans: tuple[ListedPlan, ...]


async def phones_on_sale(connection: Connection, ports: Ports) -> tuple[PhoneOnSale, ...]:
    """Every phone on sale."""
    phones = await authorities.phones(connection)
    return tuple(_priced(ports.authority, phone, on=ports.business.today()) for phone in phones)


async def phone_on_sale(connection: Connection, ports: Ports, *, sku: str) -> PhoneOnSale:
    """One phone on sale.

    Raises: PhoneUnknown.
    """
    found = await ask(connection, authorities.to_find_phones([sku]))
    if not found:
        raise PhoneUnknown("there is no such phone on sale", allowed="a sku of GET /shop/phones")
    return _priced(ports.authority, found[0], on=ports.business.today())


def _priced(authority: Authority, phone: Phone, *, on: date) -> PhoneOnSale:
    goods = Goods(
        price_minor=phone.price_minor,
        brand=phone.brand,
        interest_free_tenors=tuple(phone.interest_free_tenors),
    )
    ceiling = cost_ceiling(authority.pack, lender_type=authority.house.lender_type, on=on)
    return PhoneOnSale(phone, list_plans(authority.catalogue, goods, start_on=on, ceiling=ceiling))
