"""A new installation gets its demo world: lender, merchant with a key, phones, staff, and what decides."""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from fenqi.core.collection.agency import Agency
from fenqi.core.merchant.api_key import RANDOM_BYTES, api_key_of, hash_of_api_key, hint_of_api_key
from fenqi.core.product.catalogue import catalogue_to_record
from fenqi.services.install_strategy import APPROVED_BY, PROPOSED_BY, install_strategy
from fenqi.services.limit_rules import install_limit_rules
from fenqi.services.log_in_staff import SALT_BYTES, hash_password
from fenqi.services.port import Ports
from fenqi.services.warning_rules import install_warning_rules
from fenqi.stores import agency as agencies
from fenqi.stores import authority as authorities
from fenqi.stores import merchant as merchants
from fenqi.stores import notice as notices
from fenqi.stores import staff as staffs
from fenqi.stores.authority import Lender, Phone, Version
from fenqi.stores.fetch import Connection
from fenqi.stores.merchant import Merchant
from fenqi.stores.notice import StoredTemplate
from fenqi.stores.staff import Staff

PASSWORD_BYTES = 12
_CONTRACT = timedelta(days=730)


@dataclass(frozen=True)
class Login:
    """A demo login; its password is random and shown to whoever owns the home."""

    login: str
    password: str


@dataclass(frozen=True)
class NewSecrets:
    """What was made now and is kept nowhere else in the clear."""

    logins: tuple[Login, ...]
    api_key: str | None


async def install_world(connection: Connection, ports: Ports, world: Mapping[str, Any]) -> NewSecrets:
    """Fill in what is missing of the demo world; what is there stays as it is."""
    await authorities.add_lender(connection, _lender(world["lender"]))
    for phone in world["phones"]:
        await authorities.add_phone(connection, Phone(currency="CNY", **phone))
    api_key = await _merchant(connection, ports, world["merchant"])
    logins = [await _staff(connection, ports, one) for one in world["staff"]]
    for text in world["notices"]:
        await _notice_template(connection, ports, text)
    for agency in world["agencies"]:
        await _agency(connection, ports, agency)
    await record_authority(connection, ports)
    await install_strategy(connection, ports)
    await install_limit_rules(connection, ports)
    await install_warning_rules(connection, ports)
    return NewSecrets(tuple(login for login in logins if login), api_key)


async def record_authority(connection: Connection, ports: Ports) -> None:
    """Keep everything that decides, by its version, so that what a decision names can be looked up for ever."""
    authority, today = ports.authority, ports.business.today()
    pack = authority.pack
    deciding: tuple[tuple[str, str, str, Any], ...] = (
        ("rulepack", pack.jurisdiction, pack.version, {name: pack.history(name) for name in pack.names()}),
        ("strategy", f"screening {authority.screening.name}", authority.screening.version, authority.screening),
        *(
            ()
            if authority.fraud is None
            else (("scorecard", authority.fraud.name, authority.fraud.version, asdict(authority.fraud)),)
        ),
        ("scorecard", authority.scorecard.name, authority.scorecard.version, authority.scorecard),
        ("strategy", authority.collection.name, authority.collection.version, authority.collection),
        ("catalogue", "demo", authority.catalogue.version, catalogue_to_record(authority.catalogue)),
    )
    for kind, name, version, content in deciding:
        row = Version(
            kind=kind,
            name=name,
            version=version,
            effective_from=today,
            proposed_by=PROPOSED_BY,
            approved_by=APPROVED_BY,
            recorded_at=ports.wall.now(),
        )
        await authorities.add(connection, row, content=json.loads(msgspec.json.encode(content)))


async def _notice_template(connection: Connection, ports: Ports, text: Mapping[str, Any]) -> None:
    template = StoredTemplate(
        name=text["name"],
        version=1,
        purpose=text["purpose"],
        body_zh=text["zh"],
        body_en=text["en"],
        proposed_by=PROPOSED_BY,
        proposed_at=ports.business.now(),
    )
    if await notices.add_template(connection, template):
        await notices.approve_template(
            connection,
            template,
            approved_by=APPROVED_BY,
            approved_at=ports.business.now(),
            effective_from=ports.business.today(),
        )


async def _agency(connection: Connection, ports: Ports, agency: Mapping[str, Any]) -> None:
    """The demo's agency: on the list since today, with a contract of two years."""
    today, at = ports.business.today(), ports.business.now()
    row = Agency(
        agency_id=UUID(agency["agency_id"]),
        name=agency["name"],
        contract_from=today,
        contract_until=today + _CONTRACT,
        assessed_on=today,
        commission_permille=agency["commission_permille"],
        added_by=APPROVED_BY,
        added_at=at,
    )
    await agencies.add(connection, row)
    for login in agency["members"]:
        await agencies.add_member(connection, login=login, agency_id=row.agency_id, added_by=APPROVED_BY, added_at=at)


def _lender(lender: Mapping[str, Any]) -> Lender:
    return Lender(
        lender_id=UUID(lender["lender_id"]),
        name_zh=lender["name_zh"],
        name_en=lender["name_en"],
        lender_type=lender["lender_type"],
        licence=lender["licence"],
    )


async def _merchant(connection: Connection, ports: Ports, merchant: Mapping[str, Any]) -> str | None:
    merchant_id = UUID(merchant["merchant_id"])
    row = Merchant(
        merchant_id=merchant_id,
        name_zh=merchant["name_zh"],
        name_en=merchant["name_en"],
        discount_rate=Decimal(merchant["discount_rate"]),
        payout_token=merchant["payout_token"],
        webhook_url=None,
        webhook_secret_sealed=None,
        is_stand_in=True,
    )
    if not await merchants.add(connection, row):
        return None
    key = api_key_of(ports.chance(RANDOM_BYTES))
    await merchants.add_key(
        connection,
        api_key_id=ports.new_id(),
        merchant_id=merchant_id,
        key_hash=hash_of_api_key(key),
        hint=hint_of_api_key(key),
        created_at=ports.wall.now(),
    )
    return key


async def _staff(connection: Connection, ports: Ports, one: Mapping[str, Any]) -> Login | None:
    if await staffs.by_login(connection, login=one["login"]):
        return None
    password = base64.b32encode(ports.chance(PASSWORD_BYTES)).decode().rstrip("=").lower()
    row = Staff(
        staff_id=ports.new_id(),
        login=one["login"],
        password_hash=hash_password(password, salt=ports.chance(SALT_BYTES)),
        roles=list(one["roles"]),
        is_demo=True,
    )
    added = await staffs.add(connection, row, created_at=ports.wall.now())
    return Login(one["login"], password) if added else None
