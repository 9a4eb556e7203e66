"""Callers of the running service: a shopper with a phone, a merchant's shop, a member of staff. All over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid5

import httpx

from fenqi.core.refusal import Broken

Json = dict[str, Any]


class Unexpected(Broken):
    """The service answered otherwise than the story expects."""


PAGE = 200
"""So many lines of a list are asked for at once."""


def expect(response: httpx.Response, *statuses: int, json: bool = True) -> Json:
    """The body of a response that has one of the expected statuses.

    Raises: Unexpected.
    """
    if response.status_code not in (statuses or (200, 201)):
        raise Unexpected(
            f"{response.request.method} {response.request.url.path}: {response.status_code} {response.text}"
        )
    return response.json() if json and response.content else {}


@dataclass
class Shop:
    """A merchant's system with its API key."""

    http: httpx.AsyncClient
    api_key: str
    merchant_id: Any
    _count: int = 0

    async def order(self, *, sku: str, name: str, price_minor: int, quantity: int = 1) -> Json:
        """Open a checkout for phones of one kind."""
        self._count += 1
        good = {"sku": sku, "name": name, "price_minor": price_minor, "quantity": quantity, "category": "phone"}
        body = {
            "order_number": f"SHOP-{self._count:06}",
            "amount_minor": price_minor * quantity,
            "currency": "CNY",
            "goods": [good],
            "return_url": "https://shop.example/orders",
        }
        return await self.post("/v1/checkouts", body)

    async def post(self, path: str, body: Json, *, statuses: tuple[int, ...] = (200, 201), key: str = "") -> Json:
        """A command with an idempotency key that follows from what is asked."""
        self._count += 0 if key else 1
        key = key or str(uuid5(self.merchant_id, f"{path}:{self._count}"))
        headers = self.headers | {"idempotency-key": key}
        return expect(await self.http.post(path, json=body, headers=headers), *statuses)

    async def get(self, path: str) -> Json:
        """Look at something of the merchant's own."""
        return expect(await self.http.get(path, headers=self.headers))

    @property
    def headers(self) -> dict[str, str]:
        """What says whose request it is."""
        return {"authorization": f"Bearer {self.api_key}"}


@dataclass
class Shopper:
    """One person with a phone; `inbox` reads the codes that reach it."""

    http: httpx.AsyncClient
    mobile: str
    name: str
    id_number: str
    inbox: Callable[[str], str]
    account_token: str = "tok_ok"  # noqa: S105 — the stand-in channel's name for an account that pays
    token: str = field(default="", repr=False)
    device: str = ""
    """What the phone's app is known by; nothing, and nobody knows the device."""

    async def enter(self, checkout_id: str) -> None:
        """Answer a code and be in."""
        sent = await self.post(f"/h5/checkouts/{checkout_id}/codes", {"mobile": self.mobile})
        body = {"mobile": self.mobile, "code_id": sent["code_id"], "digits": self.inbox(self.mobile)}
        self.token = (await self.post(f"/h5/checkouts/{checkout_id}/sessions", body))["token"]

    async def say_who(self, checkout_id: str) -> Json:
        """Name and identity number, checked with the registry."""
        body = {"name": self.name, "id_number": self.id_number}
        return await self.post(f"/h5/checkouts/{checkout_id}/identity", body)

    async def consent(self, checkout_id: str, *, language: str = "zh-CN") -> int:
        """Read every text and tick every box; how many there were."""
        wanted = await self.get(f"/h5/checkouts/{checkout_id}/consents?language={language}")
        given = [
            {
                "purpose": text["purpose"],
                "recipient": text["recipient"],
                "text_sha256": text["text_sha256"],
                "language": language,
                "ticked": True,
            }
            for text in wanted["consents"]
        ]
        if given:
            await self.post(f"/h5/checkouts/{checkout_id}/consents", {"consents": given})
        return len(given)

    async def ask(self, checkout_id: str, *, facts: Json | None = None) -> Json:
        """Apply; the decision with its reasons and offers."""
        return await self.post(f"/h5/checkouts/{checkout_id}/decision", facts or {"is_student": False})

    async def choose(self, checkout_id: str, *, offer_id: str, language: str = "zh-CN") -> Json:
        """Have the whole cost of one offer shown."""
        body = {"offer_id": offer_id, "language": language}
        return await self.post(f"/h5/checkouts/{checkout_id}/disclosures", body)

    async def sign(self, checkout_id: str, *, shown: Json) -> Json:
        """Sign what was shown with a code."""
        shown_id = shown["shown_id"]
        sent = await self.post(f"/h5/checkouts/{checkout_id}/signing-codes", {"shown_id": shown_id})
        body = {
            "shown_id": shown_id,
            "code_id": sent["code_id"],
            "digits": self.inbox(self.mobile),
            "signed_sha256": [document["sha256"] for document in shown["documents"]],
            "account_token": self.account_token,
        }
        return await self.post(f"/h5/checkouts/{checkout_id}/signatures", body)

    async def pay(self, loan_id: str, *, amount_minor: int | None, request_id: str) -> Json:
        """Pay an amount on a loan by debit, or everything that closes it."""
        body = {"amount_minor": amount_minor, "request_id": request_id}
        return await self.post(f"/h5/loans/{loan_id}/repayments", body)

    async def loan(self, loan_id: str) -> Json:
        """One loan as its borrower sees it."""
        return await self.get(f"/h5/loans/{loan_id}")

    async def document(self, document_id: str) -> bytes:
        """A document that was shown to this shopper, as it is kept."""
        response = await self.http.get(f"/h5/documents/{document_id}", headers=self._headers())
        expect(response, json=False)
        return response.content

    async def post(self, path: str, body: Json) -> Json:
        """A step of the shopper's."""
        return expect(await self.http.post(path, json=body, headers=self._headers()))

    async def get(self, path: str) -> Json:
        """A look at something of the shopper's own."""
        return expect(await self.http.get(path, headers=self._headers()))

    def _headers(self) -> dict[str, str]:
        said = {"authorization": f"Bearer {self.token}"} if self.token else {}
        return said | ({"fenqi-device": self.device} if self.device else {})


@dataclass
class Colleague:
    """A member of staff who has logged in."""

    http: httpx.AsyncClient
    token: str

    @classmethod
    async def log_in(cls, http: httpx.AsyncClient, *, login: str, password: str) -> "Colleague":
        """Open a session."""
        session = expect(await http.post("/staff/session", json={"login": login, "password": password}))
        return cls(http, session["token"])

    async def close_day(self, day: date) -> Json:
        """Close a day everywhere."""
        return await self.post("/staff/days", {"day": day.isoformat()})

    async def clear_channel(self, day: date) -> Json:
        """Hold the payment channel's file of a day against our books."""
        return await self.post("/staff/channel/settlements", {"day": day.isoformat()})

    async def settle(self, merchant_id: Any, *, until_on: date) -> Json:
        """Pay a merchant what it is owed up to a day."""
        return await self.post(f"/staff/merchants/{merchant_id}/settlements", {"until_on": until_on.isoformat()})

    async def post(self, path: str, body: Json) -> Json:
        """A command."""
        return expect(await self.http.post(path, json=body, headers=self._headers()))

    async def get(self, path: str) -> Json:
        """A look."""
        return expect(await self.http.get(path, headers=self._headers()))

    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}


async def every_line(who: Colleague, path: str, name: str) -> list[Json]:
    """All lines of a list, page by page; the path ends where its query goes on."""
    found: list[Json] = []
    after = ""
    while True:
        page = await who.get(f"{path}limit={PAGE}{after}")
        found.extend(page[name])
        if page["next"] is None:
            return found
        after = f"&after={page['next']}"
