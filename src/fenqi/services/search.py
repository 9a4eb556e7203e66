"""Staff find what they were told a number of: an order, a loan, a checkout, a transaction, a mobile number."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from fenqi.core.identity.mobile import mask_mobile
from fenqi.core.ledger.account import bucket_in, bucket_of
from fenqi.services.port import Ports
from fenqi.stores import checkout as checkouts
from fenqi.stores import customer as customers
from fenqi.stores import decision as decisions
from fenqi.stores import loan as loans
from fenqi.stores import merchant as merchants
from fenqi.stores import staff_search
from fenqi.stores.checkout import Checkout
from fenqi.stores.customer import Customer
from fenqi.stores.fetch import Connection

PEOPLE_MAX = 20
_MOBILE = re.compile(r"1[3-9]\d{9}")
_MASKED = re.compile(r"1[3-9]\d\*{4}\d{4}")


class HitKind(StrEnum):
    """What a number may stand for."""

    CUSTOMER = "customer"
    CHECKOUT = "checkout"
    DECISION = "decision"
    LOAN = "loan"
    TRANSACTION = "transaction"
    MERCHANT = "merchant"


@dataclass(frozen=True)
class Hit:
    """One thing that was found; `name` is how people call it."""

    kind: HitKind
    id: UUID
    name: str
    status: str = ""
    amount_minor: int | None = None
    currency: str = ""


def names_people(asked: str) -> bool:
    """Whether a search is for a person by mobile number, exact or masked."""
    return bool(_MOBILE.fullmatch(asked) or _MASKED.fullmatch(asked))


def masked(asked: str, *, is_number_of_ours: bool) -> str:
    """A search as it may be kept: what names nothing of ours may be a name, or somebody's identity number."""
    if _MOBILE.fullmatch(asked):
        return mask_mobile(asked)
    return asked if is_number_of_ours else f"{asked[:1]}{'*' * (len(asked) - 1)}"


async def search(connection: Connection, ports: Ports, *, asked: str) -> tuple[Hit, ...]:
    """Everything that a number may stand for; an order brings its decision and its loan with it."""
    if names_people(asked):
        return tuple([_customer_hit(each) async for each in _people(connection, ports, asked=asked)])
    try:
        identity = UUID(asked)
    except ValueError:
        return await _by_order(connection, order_number=asked)
    return await _by_id(connection, identity)


async def _people(connection: Connection, ports: Ports, *, asked: str) -> AsyncIterator[Customer]:
    for customer_id in await _ids_of_people(connection, ports, asked=asked):
        found = await customers.find(connection, b=bucket_of(customer_id), customer_id=customer_id)
        if found is not None:
            yield found


async def _ids_of_people(connection: Connection, ports: Ports, *, asked: str) -> tuple[UUID, ...]:
    if _MASKED.fullmatch(asked):
        return await staff_search.customers_by_mask(connection, mobile_masked=asked, limit=PEOPLE_MAX)
    index = await ports.keys.blind_index(asked, field="mobile")
    owner = await customers.owner(connection, b=bucket_of(index.hex()), kind="mobile", value=index)
    return () if owner is None else (owner.owner,)


async def _by_order(connection: Connection, *, order_number: str) -> tuple[Hit, ...]:
    """The order of that number at every merchant: numbers are the merchants' own."""
    keys = [f"{each.merchant_id}:{order_number}" for each in await merchants.all_merchants(connection)]
    lane = sorted({bucket_of(key) for key in keys})
    found = await staff_search.checkouts_by_order(connection, lane=lane, keys=[key.encode() for key in keys])
    hits: tuple[Hit, ...] = ()
    for checkout_id in found:
        hits += await _by_id(connection, checkout_id)
    return hits


async def _by_id(connection: Connection, identity: UUID) -> tuple[Hit, ...]:
    checkout = await checkouts.find(connection, b=bucket_of(identity), checkout_id=identity)
    if checkout is not None:
        return (_checkout_hit(checkout), *await _what_came_of(connection, checkout))
    return (
        *await _loan_hits(connection, identity),
        *await _decision_hits(connection, identity),
        *await _customer_hits(connection, identity),
        *await _transaction_hits(connection, identity),
        *await _merchant_hits(connection, identity),
    )


async def _what_came_of(connection: Connection, checkout: Checkout) -> tuple[Hit, ...]:
    hits: tuple[Hit, ...] = ()
    if checkout.loan_id is not None:
        hits += await _loan_hits(connection, checkout.loan_id)
    if checkout.decision_id is not None:
        hits += await _decision_hits(connection, checkout.decision_id)
    if checkout.customer_id is not None:
        hits += await _customer_hits(connection, checkout.customer_id)
    return hits


async def _loan_hits(connection: Connection, loan_id: UUID) -> tuple[Hit, ...]:
    row = await loans.find(connection, b=bucket_in(loan_id), loan_id=loan_id)
    if row is None:
        return ()
    return (Hit(HitKind.LOAN, loan_id, row.product_id, row.status, row.principal_minor, row.currency),)


async def _decision_hits(connection: Connection, decision_id: UUID) -> tuple[Hit, ...]:
    row = await decisions.find(connection, b=bucket_in(decision_id), decision_id=decision_id)
    return () if row is None else (Hit(HitKind.DECISION, decision_id, row.strategy_version, row.outcome),)


async def _customer_hits(connection: Connection, customer_id: UUID) -> tuple[Hit, ...]:
    row = await customers.find(connection, b=bucket_of(customer_id), customer_id=customer_id)
    return () if row is None else (_customer_hit(row),)


async def _transaction_hits(connection: Connection, transaction_id: UUID) -> tuple[Hit, ...]:
    bucket = await staff_search.bucket_of_transaction(connection, transaction_id=transaction_id)
    return () if bucket is None else (Hit(HitKind.TRANSACTION, transaction_id, f"{bucket}"),)


async def _merchant_hits(connection: Connection, merchant_id: UUID) -> tuple[Hit, ...]:
    row = await merchants.find(connection, merchant_id=merchant_id)
    return () if row is None else (Hit(HitKind.MERCHANT, merchant_id, row.name_zh),)


def _checkout_hit(row: Checkout) -> Hit:
    return Hit(HitKind.CHECKOUT, row.checkout_id, row.order_number, row.state, row.amount_minor, row.currency)


def _customer_hit(row: Customer) -> Hit:
    return Hit(HitKind.CUSTOMER, row.customer_id, row.mobile_masked)
