"""What cannot be right is refused by name, and nothing is half done."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from fenqi.core.identity.id_number import check_digit
from world import Installed, World, refusal

pytestmark = pytest.mark.anyio

GOOD = {"sku": "AP-IP17-256", "name": "iPhone 17", "price_minor": 599_900, "quantity": 1}


def new_order(**changed: Any) -> dict[str, Any]:
    body = {
        "order_number": f"N-{uuid4().hex[:12]}",
        "amount_minor": 599_900,
        "currency": "CNY",
        "goods": [GOOD],
        "return_url": "https://shop.example/orders",
    }
    return body | changed


async def ordered(world: World, body: Any) -> tuple[int, str]:
    headers = world.shop.headers | {"idempotency-key": uuid4().hex}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers["content-type"] = "application/json"
    return refusal(await world.http.post("/v1/checkouts", content=content, headers=headers))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"amount_minor": 599_900.5}, "request_invalid"),
        ({"amount_minor": "599900"}, "request_invalid"),
        ({"amount_minor": True}, "request_invalid"),
        ({"amount_minor": 0, "goods": [GOOD | {"price_minor": 0}]}, "request_invalid"),
        ({"amount_minor": -1}, "request_invalid"),
        ({"amount_minor": 10**30}, "request_invalid"),
        ({"amount_minor": 599_901}, "goods_do_not_add_up"),
        ({"currency": "XXX"}, "currency_unknown"),
        ({"currency": "USD"}, "currency_unknown"),
        ({"currency": "cny"}, "currency_unknown"),
        ({"currency": "CNYY"}, "request_invalid"),
        ({"goods": []}, "request_invalid"),
        ({"goods": [GOOD | {"quantity": 0}]}, "request_invalid"),
        ({"goods": [GOOD | {"name": "nul\0l"}]}, "request_invalid"),
        ({"goods": [GOOD | {"name": "\ud800"}]}, "request_invalid"),
        ({"goods": [GOOD | {"colour": "blue"}]}, "request_invalid"),
        ({"return_url": "javascript:alert(1)"}, "request_invalid"),
        ({"order_number": "with space"}, "request_invalid"),
        ({"surprise": 1}, "request_invalid"),
    ],
)
async def test_an_order_that_cannot_be_right_is_refused(world: World, changed: dict[str, Any], code: str):
    assert await ordered(world, new_order(**changed)) == (400, code)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"nothing",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"amount_minor": ' + b"9" * 5_000 + b"}",
        b"[1]",
        b"null",
    ],
    ids=["cut", "empty", "word", "bytes", "deep", "long", "array", "null"],
)
async def test_what_is_no_json_object_is_refused(world: World, body: bytes):
    status, code = await ordered(world, body)

    assert status == 400
    assert code in {"json_invalid", "request_invalid"}


async def test_a_body_of_ten_megabytes_is_refused_before_anything_reads_it(world: World):
    body = json.dumps(new_order(return_url="https://shop.example/" + "x" * 10_000_000)).encode()

    assert await ordered(world, body) == (413, "body_too_large")


async def test_a_body_that_does_not_say_how_long_it_is_is_refused_as_it_grows(world: World):
    sent = 0

    async def pieces():
        nonlocal sent
        for _ in range(160):
            sent += 65_536
            yield b" " * 65_536

    headers = world.shop.headers | {"idempotency-key": uuid4().hex, "content-type": "application/json"}
    response = await world.http.post("/v1/checkouts", content=pieces(), headers=headers)

    assert refusal(response) == (413, "body_too_large")


async def test_what_was_sent_is_not_repeated_in_a_refusal(world: World):
    bought = await world.entered()
    secret = "110101199003074773-and-more-than-fits"

    response = await world.http.post(
        f"/h5/checkouts/{bought.checkout_id}/identity",
        json={"name": "王", "id_number": secret},
        headers={"authorization": f"Bearer {bought.shopper.token}"},
    )

    assert refusal(response) == (400, "request_invalid")
    assert secret not in response.text


async def test_no_malformed_id_is_a_fault_of_ours(world: World):
    bought = await world.lent()
    staff = {role: (await world.colleague(role)).token for role in ("finance", "risk", "reviewer", "admin")}
    found = []
    for path, methods in world.app.openapi()["paths"].items():
        if "{" not in path:
            continue
        for method in methods:
            for bad in ("not-an-id", "00000000-0000-0000-0000-00000000000", "%00", "1" * 300):
                for token in (bought.shopper.token, world.shop.api_key, *staff.values()):
                    url = path[: path.index("{")] + bad + path[path.index("}") + 1 :]
                    headers = {"authorization": f"Bearer {token}", "idempotency-key": "k" * 16}
                    response = await world.http.request(method, url, headers=headers, json={})
                    if response.status_code not in {400, 401, 403, 404, 405}:
                        found.append((method, url, response.status_code))

    assert found == []


@pytest.mark.parametrize("bad", ["not-an-id", "", 7, None, "00000000-0000-0000-0000-00000000000"])
async def test_no_malformed_id_in_a_body_is_a_fault_of_ours(world: World, bad: Any):
    bought = await world.shown()
    path = f"/h5/checkouts/{bought.checkout_id}"
    headers = {"authorization": f"Bearer {bought.shopper.token}"}
    code = {"mobile": bought.shopper.mobile, "code_id": bad, "digits": "000000"}
    signing = {"shown_id": bad, "code_id": bad, "digits": "000000", "signed_sha256": ["0" * 64], "account_token": "tok"}

    answers = [
        await world.http.post(f"{path}/sessions", json=code),
        await world.http.post(f"{path}/signing-codes", json={"shown_id": bad}, headers=headers),
        await world.http.post(f"{path}/signatures", json=signing | {"account_token": "tok_ok"}, headers=headers),
    ]

    assert {refusal(answer) for answer in answers} == {(400, "request_invalid")}


@pytest.mark.parametrize("path", ["/v1/checkouts/{}", "/h5/checkouts/{}", "/h5/checkouts/{}/decision"])
async def test_an_unknown_checkout_is_refused_by_name(world: World, path: str):
    shopper = (await world.entered()).shopper
    token = world.shop.api_key if path.startswith("/v1") else shopper.token

    response = await world.http.get(path.format(uuid4()), headers={"authorization": f"Bearer {token}"})

    assert refusal(response) == (404, "checkout_unknown")


async def test_an_unknown_route_and_a_wrong_method_are_refused_by_name(world: World):
    assert refusal(await world.http.get("/v1/nothing")) == (404, "route_unknown")
    assert refusal(await world.http.delete("/v1/checkouts")) == (405, "method_not_allowed")


@pytest.mark.parametrize("path", ["/v1/checkouts?state=a%00b", "/h5/checkouts/a%00b", "/%00"])
async def test_an_address_with_a_null_character_is_refused(world: World, path: str):
    assert refusal(await world.http.get(path, headers=world.shop.headers)) == (400, "url_invalid")


@pytest.mark.parametrize("query", ["state=unheard-of", "limit=0", "limit=201", "before_id=x", "before_at=yesterday"])
async def test_a_list_is_not_filtered_by_nonsense(world: World, query: str):
    response = await world.http.get(f"/v1/checkouts?{query}", headers=world.shop.headers)

    assert refusal(response) == (400, "request_invalid")


async def test_an_expired_checkout_cannot_go_on(world: World):
    bought = await world.decided()
    world.pass_time(timedelta(hours=2))
    path = f"/h5/checkouts/{bought.checkout_id}"
    headers = {"authorization": f"Bearer {bought.shopper.token}"}
    identity = {"name": bought.shopper.name, "id_number": bought.shopper.id_number}

    answers = [
        await world.http.post(f"{path}/identity", json=identity, headers=headers),
        await world.http.post(f"{path}/decision", json={"is_student": False}, headers=headers),
        await world.http.post(f"{path}/disclosures", json={"offer_id": "instalment:12"}, headers=headers),
    ]

    assert {refusal(answer) for answer in answers} == {(410, "checkout_expired")}


async def test_a_page_without_its_token_is_asked_for_one(world: World):
    bought = await world.entered()

    response = await world.http.get(f"/h5/checkouts/{bought.checkout_id}/consents")

    assert refusal(response) == (401, "session_unknown")


async def new_code(world: World) -> tuple[str, str, dict[str, str]]:
    checkout_id, person = await world.order(), world.somebody()
    path = f"/h5/checkouts/{checkout_id}"
    sent = (await world.http.post(f"{path}/codes", json={"mobile": person.mobile})).json()
    digits = world.code_sent_to(person.mobile)
    return path, digits, {"mobile": person.mobile, "code_id": sent["code_id"], "digits": digits}


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**6:06}"


async def test_a_wrong_code_counts_although_it_is_refused(world: World):
    path, digits, answer = await new_code(world)
    refused = answer | {"digits": wrong(digits)}

    told = [(await world.http.post(f"{path}/sessions", json=refused)).json()["refusal"] for _ in range(3)]

    assert [each["code"] for each in told] == ["code_wrong"] * 3
    assert [each["allowed"] for each in told] == [f"{left} more tries of 5" for left in (4, 3, 2)]
    assert (await world.http.post(f"{path}/sessions", json=answer)).status_code == 201


async def test_a_code_tried_too_often_is_dead_even_for_the_right_digits(world: World):
    path, digits, answer = await new_code(world)
    for _ in range(5):
        await world.http.post(f"{path}/sessions", json=answer | {"digits": wrong(digits)})

    assert refusal(await world.http.post(f"{path}/sessions", json=answer)) == (429, "code_tries_exhausted")


async def test_tries_made_at_the_same_instant_are_each_counted(world: World):
    path, digits, answer = await new_code(world)
    refused = answer | {"digits": wrong(digits)}

    answers = await asyncio.gather(*(world.http.post(f"{path}/sessions", json=refused) for _ in range(8)))

    assert sorted(refusal(each)[1] for each in answers) == ["code_tries_exhausted"] * 3 + ["code_wrong"] * 5


async def test_a_code_opens_one_session_and_no_second(world: World):
    path, _, answer = await new_code(world)

    answers = await asyncio.gather(*(world.http.post(f"{path}/sessions", json=answer) for _ in range(2)))

    assert sorted(each.status_code for each in answers) == [201, 409]


async def test_a_code_is_no_good_after_its_lifetime(world: World):
    path, _, answer = await new_code(world)
    world.wall.move(timedelta(minutes=5))

    assert refusal(await world.http.post(f"{path}/sessions", json=answer)) == (410, "code_expired")


async def test_a_second_code_within_a_minute_is_refused(world: World):
    path, _, answer = await new_code(world)

    response = await world.http.post(f"{path}/codes", json={"mobile": answer["mobile"]})

    assert refusal(response) == (429, "code_sent_too_often")


async def test_a_code_for_another_checkout_or_phone_is_unknown_here(world: World):
    _, _, answer = await new_code(world)
    elsewhere = await world.order()
    path = f"/h5/checkouts/{elsewhere}/sessions"

    assert refusal(await world.http.post(path, json=answer)) == (404, "code_unknown")
    stranger = answer | {"mobile": world.somebody().mobile}
    assert refusal(await world.http.post(path, json=stranger)) == (404, "code_unknown")


async def test_a_code_that_opened_a_session_signs_nothing(world: World):
    bought = await world.shown()
    world.pass_time(timedelta(minutes=2))
    sent = await bought.shopper.post(f"/h5/checkouts/{bought.checkout_id}/codes", {"mobile": bought.shopper.mobile})
    signing = {
        "shown_id": bought.shown["shown_id"],
        "code_id": sent["code_id"],
        "digits": world.code_sent_to(bought.shopper.mobile),
        "signed_sha256": [each["sha256"] for each in bought.shown["documents"]],
        "account_token": "tok_ok",
    }

    response = await world.http.post(
        f"/h5/checkouts/{bought.checkout_id}/signatures",
        json=signing,
        headers={"authorization": f"Bearer {bought.shopper.token}"},
    )

    assert refusal(response) == (404, "code_unknown")


def number_of(*, born: str = "19900307", region: str = "110101", last: str | None = None) -> str:
    first_17 = f"{region}{born}477"
    return first_17 + (last or check_digit(first_17))


RIGHT = check_digit("11010119900307477")


@pytest.mark.parametrize(
    ("id_number", "status", "code"),
    [
        (number_of(last="X" if RIGHT != "X" else "1"), 400, "id_number_check_digit_wrong"),
        (number_of(born="19900231"), 400, "id_number_birth_date_impossible"),
        (number_of(born="20100307"), 422, "underage"),
        (number_of(region="770101"), 400, "id_number_region_unknown"),
        ("1101011990", 400, "id_number_malformed"),
        ("", 400, "id_number_malformed"),
    ],
)
async def test_an_identity_number_that_cannot_be_right_is_refused(world: World, id_number: str, status: int, code: str):
    checkout_id, shopper = await world.order(), world.shopper()
    await shopper.enter(checkout_id)

    response = await world.http.post(
        f"/h5/checkouts/{checkout_id}/identity",
        json={"name": shopper.name, "id_number": id_number},
        headers={"authorization": f"Bearer {shopper.token}"},
    )

    assert refusal(response) == (status, code)
    assert (await world.shop.get(f"/v1/checkouts/{checkout_id}"))["status"] == "created"


@pytest.mark.parametrize("mobile", ["", "1", "02012345678", "139１2345678", "+1 555 0100", "13912345678\0"])
async def test_what_is_no_mobile_number_gets_no_code(world: World, mobile: str):
    checkout_id = await world.order()

    response = await world.http.post(f"/h5/checkouts/{checkout_id}/codes", json={"mobile": mobile})

    assert refusal(response) in {(400, "mobile_malformed"), (400, "request_invalid")}


async def test_a_database_that_goes_away_is_something_outside_that_does_not_answer(
    world: World, shared_installed: Installed
):
    with psycopg.connect(shared_installed.dsn, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
            " and pid <> pg_backend_pid()"
        )

    answers = [await world.http.get("/v1/checkouts", headers=world.shop.headers) for _ in range(12)]

    assert {answer.status_code for answer in answers} == {503, 200}
    assert refusal(answers[0]) == (503, "unavailable")
    assert answers[-1].status_code == 200
