"""Who may call what: every route of the OpenAPI document, by everybody who could knock."""

import itertools
import re
from uuid import UUID, uuid4

import pytest

from fenqi.api.access import ACCESS, Role
from world import World, refusal

pytestmark = pytest.mark.anyio

OPEN = {
    ("POST", "/staff/session"),
    ("GET", "/healthz"),
    ("GET", "/h5/checkouts/{checkout_id}"),
    ("POST", "/h5/checkouts/{checkout_id}/codes"),
    ("POST", "/h5/checkouts/{checkout_id}/sessions"),
    ("POST", "/h5/codes"),
    ("POST", "/h5/sessions"),
    ("GET", "/shop/phones"),
    ("GET", "/shop/phones/{sku}"),
    ("POST", "/shop/orders"),
    ("GET", "/shop/orders/{checkout_id}"),
    ("GET", "/stand-in/sms"),
    ("GET", "/stand-in/accounts"),
    ("GET", "/stand-in/person"),
    ("POST", "/channel/notices"),
}
"""What anybody may call; a notice has to be signed, a session needs a code."""
LOG_OUT = {("DELETE", "/staff/session"), ("DELETE", "/h5/session")}
UNAUTHENTICATED, FORBIDDEN = 401, 403


def routes(world: World) -> list[tuple[str, str]]:
    return [
        (method.upper(), path)
        for path, methods in world.app.openapi()["paths"].items()
        for method in methods
        if method in {"get", "post", "put", "delete", "patch"}
    ]


def filled(path: str) -> str:
    return re.sub(r"\{\w+\}", str(uuid4()), path)


async def status(world: World, method: str, path: str, token: str) -> int:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    response = await world.http.request(method, filled(path), headers=headers)
    return response.status_code


async def tokens(world: World) -> dict[str, str]:
    buyer = await world.entered()
    staff = {role.value: (await world.colleague(role.value)).token for role in Role}
    return {"nobody": "", "merchant": world.shop.api_key, "customer": buyer.shopper.token} | staff


def allowed(method: str, path: str, caller: str) -> bool:
    if (method, path) in OPEN:
        return True
    if path.startswith("/staff"):
        return caller in {role.value for role in ACCESS[method, path]}
    return caller == ("merchant" if path.startswith("/v1") else "customer")


async def test_every_route_lets_in_whom_the_table_names_and_nobody_else(world: World):
    callers = await tokens(world)
    walked, wrong = 0, []
    for (method, path), (caller, token) in itertools.product(routes(world), callers.items()):
        if (method, path) in LOG_OUT:
            continue
        walked += 1
        answer = await status(world, method, path, token)
        let_in = answer not in {UNAUTHENTICATED, FORBIDDEN} or (method, path) in OPEN
        if let_in != allowed(method, path, caller) or answer >= 500:
            wrong.append((method, path, caller, answer))

    assert wrong == []
    assert walked > 300


async def test_the_table_names_the_routes_of_staff_and_no_other(world: World):
    staffed = {route for route in routes(world) if route[1].startswith("/staff")} - OPEN

    assert staffed == set(ACCESS)


async def test_a_member_of_staff_in_another_role_is_told_which_roles_may(world: World):
    collector = await world.colleague("collector")

    response = await world.http.get("/staff/audit", headers={"authorization": f"Bearer {collector.token}"})

    assert refusal(response) == (FORBIDDEN, "role_missing")
    assert response.json()["refusal"]["allowed"] == "compliance"


async def test_a_session_that_was_ended_lets_nobody_in(world: World):
    login = {"login": "collector", "password": world.passwords["collector"]}
    token = (await world.http.post("/staff/session", json=login)).json()["token"]
    headers = {"authorization": f"Bearer {token}"}
    assert (await world.http.get("/staff/me", headers=headers)).json()["login"] == "collector"

    assert (await world.http.delete("/staff/session", headers=headers)).status_code == 204

    assert refusal(await world.http.get("/staff/me", headers=headers)) == (401, "staff_session_unknown")


async def test_a_borrower_who_logs_out_ends_the_session_wherever_the_token_is(world: World):
    bought = await world.entered()
    headers = {"authorization": f"Bearer {bought.shopper.token}"}
    assert (await world.http.get("/h5/me", headers=headers)).is_success

    assert (await world.http.delete("/h5/session", headers=headers)).status_code == 204

    assert refusal(await world.http.get("/h5/me", headers=headers)) == (401, "session_unknown")
    path = f"/h5/checkouts/{bought.checkout_id}/decision"
    assert refusal(await world.http.post(path, json={}, headers=headers))[0] in {400, 401}
    assert refusal(await world.http.delete("/h5/session", headers=headers)) == (401, "session_unknown")


async def test_a_wrong_password_and_an_unknown_login_are_not_told_apart(world: World):
    answers = [
        await world.http.post("/staff/session", json={"login": login, "password": "wrong"})
        for login in ("finance", "nobody-of-that-name")
    ]

    assert {refusal(answer) for answer in answers} == {(401, "login_refused")}
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize("token", ["", "x", "zz.zz", f"{UUID(int=7).hex}.{'00' * 32}", "é", "0" * 5000])
async def test_a_token_that_nobody_gave_out_opens_nothing(world: World, token: str):
    for path in ("/h5/loans", "/staff/me", "/v1/checkouts"):
        headers = {"authorization": f"Bearer {token}".encode()}
        response = await world.http.get(path, headers=headers)

        assert response.status_code == UNAUTHENTICATED, (path, response.text)


async def test_a_merchant_meets_another_merchants_checkout_as_unknown(world: World):
    bought = await world.signed()
    other = await world.another_shop()
    path = f"/v1/checkouts/{bought.checkout_id}"
    headers = {"authorization": f"Bearer {other.api_key}", "idempotency-key": "other-merchants-key"}

    answers = [
        await world.http.get(path, headers=headers),
        await world.http.post(f"{path}/capture", json={}, headers=headers),
        await world.http.post(f"{path}/void", json={}, headers=headers),
        await world.http.post(f"{path}/refunds", json={"amount_minor": 1, "reason": "mine"}, headers=headers),
    ]

    assert {refusal(answer) for answer in answers} == {(404, "checkout_unknown")}
    assert (await other.get("/v1/checkouts"))["checkouts"] == []
    assert (await other.get("/v1/events"))["events"] == []
    assert (await world.shop.get(path))["status"] == "authorised"


async def test_a_merchant_meets_another_merchants_settlement_as_unknown(world: World):
    await world.lent()
    settled = await world.settle()
    other = await world.another_shop()

    response = await world.http.get(
        f"/v1/settlements/{settled['settlement_id']}", headers={"authorization": f"Bearer {other.api_key}"}
    )

    assert refusal(response) == (404, "settlement_unknown")
    assert (await other.get("/v1/settlements"))["settlements"] == []
    own = await world.shop.get(f"/v1/settlements/{settled['settlement_id']}")
    assert sum(item["amount_minor"] for item in own["items"]) == settled["items_minor"]


async def test_a_shopper_cannot_go_on_with_anothers_checkout(world: World):
    bought = await world.decided()
    stranger = (await world.entered()).shopper
    path = f"/h5/checkouts/{bought.checkout_id}"
    headers = {"authorization": f"Bearer {stranger.token}"}
    code = {"shown_id": str(uuid4()), "code_id": str(uuid4()), "digits": "123456"}
    signing = code | {"signed_sha256": ["0" * 64], "account_token": "tok_ok"}

    answers = [
        await world.http.get(f"{path}/consents", headers=headers),
        await world.http.get(f"{path}/decision", headers=headers),
        await world.http.post(f"{path}/decision", json={"is_student": False}, headers=headers),
        await world.http.post(f"{path}/reviews", json={"reason": "look"}, headers=headers),
        await world.http.post(f"{path}/disclosures", json={"offer_id": "instalment:12"}, headers=headers),
        await world.http.post(
            f"{path}/identity", json={"name": stranger.name, "id_number": stranger.id_number}, headers=headers
        ),
    ]

    assert {refusal(answer) for answer in answers} == {(403, "checkout_not_yours")}
    unknown = await world.http.post(f"{path}/signatures", json=signing, headers=headers)
    assert refusal(unknown) == (404, "code_unknown")


async def test_a_borrower_meets_anothers_loan_and_documents_as_unknown(world: World):
    bought = await world.lent()
    stranger = (await world.entered()).shopper
    headers = {"authorization": f"Bearer {stranger.token}"}
    loan = f"/h5/loans/{bought.loan_id}"
    pay = {"amount_minor": 100, "request_id": "not-my-loan"}

    answers = [
        await world.http.get(loan, headers=headers),
        await world.http.get(f"{loan}/payoff", headers=headers),
        await world.http.post(f"{loan}/repayments", json=pay, headers=headers),
    ]

    assert {refusal(answer) for answer in answers} == {(404, "loan_unknown")}
    for document in bought.shown["documents"]:
        response = await world.http.get(f"/h5/documents/{document['document_id']}", headers=headers)
        assert refusal(response) == (404, "document_unknown")
    assert (await stranger.get("/h5/loans"))["loans"] == []


async def test_the_page_before_the_code_says_nothing_of_who_buys(world: World):
    bought = await world.decided()

    shown = (await world.http.get(f"/h5/checkouts/{bought.checkout_id}")).json()

    assert set(shown) == {"checkout_id", "status", "merchant", "goods", "amount_minor", "currency", "expires_at"}


async def test_a_merchant_never_learns_who_buys_or_why_somebody_was_declined(world: World):
    bought = await world.decided(facts={"is_student": True})
    assert bought.decision["outcome"] == "decline"

    seen = await world.shop.get(f"/v1/checkouts/{bought.checkout_id}")
    events = await world.shop.get("/v1/events")

    assert seen["status"] == "declined"
    for word in ("student", "reason", "customer", bought.shopper.mobile, bought.shopper.name):
        assert word not in str(seen)
        assert word not in str(events)


async def test_a_new_key_works_and_its_making_is_in_the_audit_trail(world: World):
    admin, compliance = await world.colleague("admin"), await world.colleague("compliance")

    key = (await admin.post(f"/staff/merchants/{world.shop.merchant_id}/keys", {}))["api_key"]

    headers = {"authorization": f"Bearer {key}"}
    assert (await world.http.get("/v1/checkouts", headers=headers)).status_code == 200
    (line, *_) = (await compliance.get("/staff/audit"))["audit"]
    assert (line["actor"], line["action"], line["subject"]) == (
        "staff:admin",
        "made_api_key",
        str(world.shop.merchant_id),
    )


@pytest.mark.parametrize(
    ("role", "method", "path", "code"),
    [
        ("admin", "POST", "/staff/merchants/{}/keys", "merchant_unknown"),
        ("finance", "GET", "/staff/merchants/{}/settlements", "merchant_unknown"),
        ("finance", "GET", "/staff/loans/{}", "loan_unknown"),
        ("finance", "GET", "/staff/loans/{}/legs", "loan_unknown"),
        ("risk", "GET", "/staff/decisions/{}", "decision_unknown"),
        ("risk", "GET", "/staff/decisions/{}/replay", "decision_unknown"),
    ],
)
async def test_an_unknown_id_is_refused_by_name(world: World, role: str, method: str, path: str, code: str):
    someone = await world.colleague(role)

    response = await world.http.request(
        method, path.format(UUID(int=9)), headers={"authorization": f"Bearer {someone.token}"}
    )

    assert refusal(response) == (404, code)
