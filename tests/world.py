"""A whole installation on manual clocks, and the people who use it over HTTP."""

import re
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI

from fenqi.api.app import build_app
from fenqi.core.decision.features import CreditRecord, MonthlyRecord, Standing
from fenqi.core.merchant.api_key import api_key_of, hash_of_api_key, hint_of_api_key
from fenqi.gateways.bureau.stand_in import KnownPerson
from fenqi.services.install import NewSecrets, install_world
from fenqi.simulation.caller import Colleague, Json, Shop, Shopper
from fenqi.simulation.person import Person, invent
from fenqi.stores import merchant as merchants
from fenqi.stores.shipped_world import load_world
from fenqi.wiring import Installation, ManualClock, open_installation

ADDRESS = "http://fenqi.test"
FIRST_DAY = datetime(2026, 9, 1, 2, tzinfo=UTC)
PRICE_MINOR = 599_900
EVERY_BUCKET = range(256)


@dataclass
class Bought:
    """A purchase and how far it has come."""

    shopper: Shopper
    checkout_id: str
    decision: Json = field(default_factory=dict)
    shown: Json = field(default_factory=dict)
    loan_id: str = ""


@dataclass(repr=False)
class World:
    """An installation that answers in this process; time passes only when a test says so."""

    installation: Installation
    app: FastAPI
    http: httpx.AsyncClient
    business: ManualClock
    wall: ManualClock
    shop: Shop
    passwords: dict[str, str]
    home: Path
    people: Iterator[int] = field(default_factory=lambda: count(1))
    colleagues: dict[str, Colleague] = field(default_factory=dict)
    known: dict[str, KnownPerson] = field(default_factory=dict)

    def pass_time(self, step: timedelta) -> None:
        """Both clocks go on; over longer times the wall's stands, so that nobody has to log in again."""
        self.business.move(step)
        if step < timedelta(hours=1):
            self.wall.move(step)

    def somebody(self, known: KnownPerson | None = None) -> Person:
        """Somebody nobody has met before; the bureau speaks well of them unless it is told otherwise."""
        person = invent(next(self.people), seed=7)
        self.known[person.id_number] = known or well_spoken_of(self.business.today())
        self.installation.tell_stand_in_bureau(self.known)
        return person

    def shopper(self, person: Person | None = None, *, account_token: str = "tok_ok") -> Shopper:
        """A person with a phone, at the checkout."""
        who = person or self.somebody()
        return Shopper(self.http, who.mobile, who.name, who.id_number, self.code_sent_to, account_token)

    def code_sent_to(self, mobile: str) -> str:
        """The digits of the last message to a phone."""
        found = re.search(r"\d{6}", self.installation.stand_in_messages_to(mobile)[-1].text)
        assert found
        return found[0]

    async def colleague(self, role: str) -> Colleague:
        """A member of staff in a role."""
        if role not in self.colleagues:
            self.colleagues[role] = await Colleague.log_in(self.http, login=role, password=self.passwords[role])
        return self.colleagues[role]

    async def order(self, *, price_minor: int = PRICE_MINOR, sku: str = "AP-IP17-256", quantity: int = 1) -> str:
        """An order at the shop; its checkout's id."""
        good = {"sku": sku, "name": "iPhone 17", "price_minor": price_minor, "quantity": quantity}
        return (await self.shop.order(**good))["checkout_id"]

    async def entered(self, shopper: Shopper | None = None, **order: Any) -> Bought:
        """A shopper who has answered a code and said who they are."""
        who = shopper or self.shopper()
        bought = Bought(who, await self.order(**order))
        if not who.token:
            await who.enter(bought.checkout_id)
        await who.say_who(bought.checkout_id)
        return bought

    async def decided(self, shopper: Shopper | None = None, *, facts: Json | None = None, **order: Any) -> Bought:
        """A shopper who has agreed to what is needed and applied."""
        bought = await self.entered(shopper, **order)
        wanted = await bought.shopper.get(f"/h5/checkouts/{bought.checkout_id}/consents")
        if wanted["consents"]:
            await bought.shopper.consent(bought.checkout_id)
        bought.decision = await bought.shopper.ask(bought.checkout_id, facts=facts)
        return bought

    async def shown(
        self, shopper: Shopper | None = None, *, offer_id: str = "instalment:12", language: str = "zh-CN", **order: Any
    ) -> Bought:
        """A shopper before whom an offer lies, who has had the time to read it."""
        bought = await self.decided(shopper, **order)
        assert bought.decision["outcome"] == "approve", bought.decision
        bought.shown = await bought.shopper.choose(bought.checkout_id, offer_id=offer_id, language=language)
        self.pass_time(timedelta(seconds=bought.shown["read_seconds_min"]))
        return bought

    async def signed(self, shopper: Shopper | None = None, **order: Any) -> Bought:
        """A shopper who has signed."""
        bought = await self.shown(shopper, **order)
        await bought.shopper.sign(bought.checkout_id, shown=bought.shown)
        return bought

    async def lent(self, shopper: Shopper | None = None, *, captured_minor: int | None = None, **order: Any) -> Bought:
        """A shopper whose goods are on their way."""
        bought = await self.signed(shopper, **order)
        await self.capture(bought, amount_minor=captured_minor)
        return bought

    async def capture(self, bought: Bought, *, amount_minor: int | None = None) -> Json:
        """The shop delivers."""
        captured = await self.shop.post(f"/v1/checkouts/{bought.checkout_id}/capture", {"amount_minor": amount_minor})
        loans = (await bought.shopper.get("/h5/loans"))["loans"]
        bought.loan_id = loans[0]["loan_id"]
        return captured

    async def refund(self, bought: Bought, *, amount_minor: int) -> Json:
        """Goods come back."""
        body = {"amount_minor": amount_minor, "reason": "returned"}
        return await self.shop.post(f"/v1/checkouts/{bought.checkout_id}/refunds", body)

    async def close_days(self, days: int) -> None:
        """Days pass, and each of them is closed."""
        finance = await self.colleague("finance")
        self.pass_time(timedelta(days=days))
        await finance.close_day(self.business.today() - timedelta(days=1))

    async def settle(self) -> Json:
        """The shop is paid what it is owed up to today."""
        finance = await self.colleague("finance")
        return await finance.settle(self.shop.merchant_id, until_on=self.business.today())

    async def another_shop(self) -> Shop:
        """A second merchant with a key of its own."""
        ports = self.installation.ports
        merchant_id, key = ports.new_id(), api_key_of(ports.chance(32))
        async with self.installation.transaction() as connection:
            known = await merchants.known(connection, merchant_id=self.shop.merchant_id)
            other = replace(known, merchant_id=merchant_id, name_en=f"Shop {merchant_id}")
            await merchants.add(connection, other)
            await merchants.add_key(
                connection,
                api_key_id=ports.new_id(),
                merchant_id=merchant_id,
                key_hash=hash_of_api_key(key),
                hint=hint_of_api_key(key),
                created_at=ports.wall.now(),
            )
        return Shop(self.http, key, merchant_id)

    async def findings(self) -> list[Any]:
        """What does not hold in the books."""
        finance = await self.colleague("finance")
        return (await finance.post("/staff/ledger/verifications", {}))["findings"]


def well_spoken_of(on: date) -> KnownPerson:
    """Somebody who has paid every bill in full out of a good income."""
    months = tuple(
        MonthlyRecord(
            month=date(on.year - (on.month <= back), (on.month - back - 1) % 12 + 1, 1),
            bill_minor=200_000,
            paid_minor=200_000,
            standing=Standing.PAID_IN_FULL,
            months_late=0,
        )
        for back in (3, 2, 1)
    )
    return KnownPerson(
        record=CreditRecord(limit_minor=5_000_000, months=months),
        debt_minor=0,
        monthly_debt_service_minor=0,
        monthly_income_minor=2_000_000,
    )


def refusal(response: httpx.Response) -> tuple[int, str]:
    """The status and the permanent code of a refusal."""
    body = response.json()
    assert set(body) == {"refusal"}, body
    assert set(body["refusal"]) == {"code", "what", "allowed", "source"}
    return response.status_code, body["refusal"]["code"]


@dataclass(frozen=True)
class Installed:
    """A database with the demo's world in it, and the secrets that were made with it."""

    dsn: str
    secrets: NewSecrets


async def install(dsn: str, home: Path) -> Installed:
    """Install the demo's world in an empty, migrated database."""
    business = ManualClock(FIRST_DAY)
    opening = open_installation(dsn=dsn, home=home, address=ADDRESS, production=False, business=business)
    async with opening as installation, installation.transaction() as connection:
        return Installed(dsn, await install_world(connection, installation.ports, load_world()))


@asynccontextmanager
async def open_world(installed: Installed, home: Path, *, feature_store: str = "") -> AsyncIterator[World]:
    """Open what was installed, on clocks that stand."""
    business, wall, secrets = ManualClock(FIRST_DAY), ManualClock(datetime.now(UTC)), installed.secrets
    opening = open_installation(
        dsn=installed.dsn,
        home=home,
        address=ADDRESS,
        production=False,
        business=business,
        feature_store=feature_store,
    )
    async with opening as opened:
        installation = replace(opened, ports=replace(opened.ports, wall=wall))
        app = build_app(installation)
        transport = httpx.ASGITransport(app=_telling_faults(app), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as http:
            assert secrets.api_key
            yield World(
                installation=installation,
                app=app,
                http=http,
                business=business,
                wall=wall,
                shop=Shop(http, secrets.api_key, UUID(load_world()["merchant"]["merchant_id"])),
                passwords={login.login: login.password for login in secrets.logins},
                home=home,
            )


def _telling_faults(app: FastAPI) -> Callable[..., Awaitable[None]]:
    """The application, whose faults are printed: the client sees no more of them than a 500."""

    async def told(scope: Any, receive: Any, send: Any) -> None:
        try:
            await app(scope, receive, send)
        except Exception:
            traceback.print_exc()
            raise

    return told
