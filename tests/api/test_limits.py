"""A credit line moves with what its borrower does: kept, booked, told, and made again from what was seen."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from fenqi.api.shape.told import SHAPES
from fenqi.batch.refresh_limits import refresh_limits_due
from fenqi.batch.send_notice import send_due_notices
from fenqi.core.collection.contact import ContactChannel, ContactPurpose
from fenqi.core.ledger.account import bucket_of
from fenqi.core.limit.record import replay_assessment
from fenqi.core.limit.special import Place
from fenqi.core.product.goods import GoodsCategory
from fenqi.services import refresh_limits
from fenqi.services.credit_line import read_line
from fenqi.services.limit_rules import rules_of
from fenqi.services.never_sold_to import never_sold_to
from fenqi.services.open_session import customer_of_session
from fenqi.services.special_limit import LineReserved, require_unreserved, reserved_elsewhere
from fenqi.services.start_contact import StartContact, start_contacts
from fenqi.stores import limit as limits
from fenqi.stores.fetch import together
from fenqi.stores.limit import CreditStanding, LimitChange
from world import EVERY_BUCKET, PRICE_MINOR, Bought, World, refusal

pytestmark = pytest.mark.anyio


@pytest.fixture
def alone(town: World) -> World:
    """An installation of the test's own: the rules are the same for everybody."""
    return town


async def customer_of(world: World, bought: Bought) -> UUID:
    async with world.installation.transaction() as connection:
        return await customer_of_session(connection, world.installation.ports, token=bought.shopper.token)


async def stands(world: World, bought: Bought) -> tuple[CreditStanding, int]:
    """The line as it stands, and what is granted in the books."""
    customer_id = await customer_of(world, bought)
    async with world.installation.transaction() as connection:
        found = await limits.find(connection, b=bucket_of(customer_id), customer_id=customer_id)
        line = await read_line(connection, customer_id=customer_id, currency="CNY")
    assert found is not None
    return found, line.granted_minor


async def moves(world: World, bought: Bought) -> list[LimitChange]:
    """Every move that was kept, oldest first; each is made again from its record."""
    customer_id = await customer_of(world, bought)
    async with world.installation.transaction() as connection:
        found = await limits.history(
            connection, b=bucket_of(customer_id), customer_id=customer_id, with_kept=True, limit=50
        )
        for change in found:
            if change.content is not None:
                rules = await rules_of(connection, version=change.rules_version)
                assert replay_assessment(change.content, rules=rules) == change.content
    return list(reversed(found))


async def refresh(world: World) -> int:
    world.pass_time(timedelta(seconds=1))
    return await refresh_limits_due(world.installation, lane=EVERY_BUCKET)


async def pay_due(world: World, bought: Bought) -> None:
    """Pay whatever is unpaid and due by today."""
    loan = await bought.shopper.loan(bought.loan_id)
    due = [
        row
        for row in loan["instalments"]
        if row["outstanding_minor"] and row["due_on"] <= world.business.today().isoformat()
    ]
    if due:
        amount = sum(row["outstanding_minor"] for row in due)
        await bought.shopper.pay(bought.loan_id, amount_minor=amount, request_id=uuid4().hex)


async def days_to(world: World, day: date) -> None:
    await world.close_days((day - world.business.today()).days)


async def test_a_line_rises_after_payments_in_time_is_told_and_can_be_drawn(world: World):
    bought = await world.lent()
    granted, booked = await stands(world, bought)
    assert granted.fixed_minor == booked == granted.anchor_minor
    assert granted.monthly_income_minor == 2_000_000
    for row in (await bought.shopper.loan(bought.loan_id))["instalments"][:4]:
        await days_to(world, date.fromisoformat(row["due_on"]))
        await pay_due(world, bought)
        await refresh(world)
    await days_to(world, date(2027, 1, 2))
    await refresh(world)

    raised, booked = await stands(world, bought)
    changes = await moves(world, bought)
    assert raised.fixed_minor > granted.fixed_minor
    assert booked == raised.fixed_minor == changes[-1].after_minor
    (rise,) = [change for change in changes if change.move == "raised"]
    assert rise.reasons[0]["code"] == "paid_on_time"
    before = len(changes)
    await refresh(world)
    assert len(await moves(world, bought)) == before

    await send_due_notices(world.installation, lane=EVERY_BUCKET)
    inbox = (await bought.shopper.get("/h5/inbox"))["messages"]
    assert any("按时还清" in message["text"] for message in inbox)
    assert await world.findings() == []

    again = await world.decided(bought.shopper, price_minor=granted.fixed_minor - 1_000_000)
    assert again.decision["limit_minor"] <= raised.fixed_minor
    assert (await stands(world, bought))[0].fixed_minor == raised.fixed_minor


async def test_the_first_late_day_suspends_new_credit_and_paying_ends_it(world: World):
    bought = await world.lent()
    first = (await bought.shopper.loan(bought.loan_id))["instalments"][0]
    await days_to(world, date.fromisoformat(first["payable_until"]) + timedelta(days=1))
    await refresh(world)

    suspended, booked = await stands(world, bought)
    assert suspended.is_suspended
    assert booked == 0
    assert (await bought.shopper.get("/h5/me"))["available_minor"] == 0
    entered = await world.entered(bought.shopper, price_minor=200_000)
    answer = await world.http.post(
        f"/h5/checkouts/{entered.checkout_id}/decision",
        json={"is_student": False, "down_payment_minor": 0, "monthly_income_minor": None},
        headers={"authorization": f"Bearer {bought.shopper.token}"},
    )
    assert refusal(answer) == (422, "credit_suspended"), answer.text

    await pay_due(world, bought)
    await refresh(world)
    resumed, booked = await stands(world, bought)
    assert not resumed.is_suspended
    assert booked == resumed.fixed_minor
    assert [change.move for change in await moves(world, bought) if change.move != "kept"] == ["suspended", "resumed"]
    assert [change.cause for change in await moves(world, bought)][-1] == "caught_up"
    assert await world.findings() == []


async def test_a_hold_is_captured_although_the_line_was_suspended_after_it(world: World):
    bought = await world.signed()
    async with world.installation.transaction() as connection:
        customer_id = await customer_of_session(connection, world.installation.ports, token=bought.shopper.token)
        standing = await limits.lock(connection, b=bucket_of(customer_id), customer_id=customer_id)
        assert standing is not None
    await _flag_student(world, standing)
    await refresh_limits_of(world, customer_id)
    assert (await stands(world, bought))[1] == 0

    await world.capture(bought)
    assert bought.loan_id
    assert await world.findings() == []


async def _flag_student(world: World, standing: CreditStanding) -> None:
    async with world.installation.transaction() as connection:
        await together(connection, limits.to_save(replace(standing, is_student=True)))


async def refresh_limits_of(world: World, customer_id: UUID) -> None:
    cause = refresh_limits.LookCause("stated", None, "test")
    async with world.installation.transaction() as connection:
        await refresh_limits.refresh_customers(connection, world.installation.ports, causes={customer_id: cause})


async def test_two_refreshes_at_one_instant_move_a_line_once(world: World, monkeypatch: pytest.MonkeyPatch):
    bought = await world.lent()
    first = (await bought.shopper.loan(bought.loan_id))["instalments"][0]
    await days_to(world, date.fromisoformat(first["payable_until"]) + timedelta(days=1))

    async def dies(*_given: object, **_named: object) -> None:
        raise ValueError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(refresh_limits.notices, "add", dies)
        await refresh(world)
    assert await moves(world, bought) == []
    await asyncio.gather(refresh(world), refresh(world), refresh(world))
    assert [change.move for change in await moves(world, bought)] == ["suspended"]
    assert await world.findings() == []


async def asked(world: World, role: str, path: str, body: dict) -> tuple[int, dict]:
    caller = await world.colleague(role)
    answer = await world.http.post(path, json=body, headers={"authorization": f"Bearer {caller.token}"})
    return answer.status_code, answer.json()


def code(answer: tuple[int, dict]) -> tuple[int, str]:
    return answer[0], answer[1]["refusal"]["code"]


async def test_a_temporary_limit_needs_two_people_and_ends_on_its_day(world: World):
    bought = await world.lent()
    customer_id, until_on = str(await customer_of(world, bought)), world.business.today() + timedelta(days=2)
    standing, _ = await stands(world, bought)
    body = {"customer_id": customer_id, "kind": "temporary", "until_on": until_on.isoformat(), "reason": "a wedding"}
    path = "/staff/special-limits"
    assert code(await asked(world, "risk", path, body | {"amount_minor": 10_001})) == (400, "limit_special_malformed")
    assert code(await asked(world, "risk", path, body | {"amount_minor": 10**9})) == (422, "limit_special_beyond")
    nobody = {"customer_id": str(uuid4()), "amount_minor": 10_000}
    assert code(await asked(world, "risk", path, body | nobody)) == (404, "limit_line_unknown")
    _, special = await asked(world, "risk", path, body | {"amount_minor": 200_000})
    answer, agreed = f"{path}/{special['special_id']}/answer", {"is_approved": True, "reason": "as asked for"}
    assert code(await asked(world, "risk", answer, agreed)) == (403, "limit_special_own_proposal")
    assert (await stands(world, bought))[1] == standing.fixed_minor

    assert (await asked(world, "risk2", answer, agreed))[0] == 201
    assert code(await asked(world, "risk2", answer, agreed)) == (409, "limit_special_answered")
    assert (await stands(world, bought))[1] == standing.fixed_minor + 200_000
    shown = await bought.shopper.get("/h5/limit")
    SHAPES["GET", "/h5/limit"].model_validate(shown)
    assert shown["limit_minor"] == standing.fixed_minor + 200_000
    assert shown["specials"][0]["until_on"] == until_on.isoformat()

    await days_to(world, until_on)
    await refresh(world)
    assert (await stands(world, bought))[1] == standing.fixed_minor
    history = (await bought.shopper.get("/h5/limit"))["history"]
    assert [line["move"] for line in history] == ["special_over", "special_granted", "granted"]
    assert await world.findings() == []


@pytest.mark.parametrize("dedicated_to", ["merchant", "category"])
async def test_a_dedicated_limit_is_kept_for_its_merchant_or_category(world: World, dedicated_to: str):
    bought = await world.lent()
    other = await world.another_shop()
    until_on = (world.business.today() + timedelta(days=30)).isoformat()
    body = {
        "customer_id": str(await customer_of(world, bought)),
        "kind": "dedicated",
        "merchant_id": str(other.merchant_id) if dedicated_to == "merchant" else None,
        "goods_category": "appliance" if dedicated_to == "category" else None,
        "amount_minor": 500_000,
        "until_on": until_on,
        "reason": "a kitchen",
    }
    both = {"merchant_id": str(other.merchant_id), "goods_category": "phone"}
    assert code(await asked(world, "risk", "/staff/special-limits", body | both)) == (400, "limit_special_malformed")
    _, special = await asked(world, "risk", "/staff/special-limits", body)
    await asked(
        world,
        "risk2",
        f"/staff/special-limits/{special['special_id']}/answer",
        {"is_approved": True, "reason": "as asked"},
    )

    async def order(merchant_id: UUID | str, amount_minor: int, goods: GoodsCategory) -> None:
        async with world.installation.transaction() as connection:
            await require_unreserved(
                connection,
                customer_id=await customer_of(world, bought),
                place=Place(UUID(str(merchant_id)), goods),
                amount_minor=amount_minor,
                currency="CNY",
            )

    _, booked = await stands(world, bought)
    available_minor = booked - PRICE_MINOR
    (line,) = (await bought.shopper.get("/h5/limit"))["specials"]
    assert (line["merchant"] is None, line["goods_category"]) == (dedicated_to == "category", body["goods_category"])
    phone, kitchen = GoodsCategory.PHONE, GoodsCategory.APPLIANCE
    mine = world.shop.merchant_id if dedicated_to == "category" else other.merchant_id
    await order(mine, available_minor, kitchen)
    await order(world.shop.merchant_id, available_minor - 500_000, phone)
    with pytest.raises(LineReserved):
        await order(world.shop.merchant_id, available_minor - 499_999, phone)
    risk = await world.colleague("risk")
    for path in ("limits", "special-limits"):
        found = await risk.get(f"/staff/{path}?customer_id={body['customer_id']}")
        assert {each["customer_id"] for each in found[path.replace("-", "_")]} == {body["customer_id"]}


async def test_rules_are_proposed_tried_on_the_book_and_let_in_by_another(alone: World):
    world = alone
    bought = await world.lent()
    risk = await world.colleague("risk")
    shipped = (await risk.get("/staff/limit-rules"))["versions"][-1]
    strict = shipped["text"].replace('"points_min": 570, "percent": 100', '"points_min": 570, "percent": 80')
    path = "/staff/limit-rules"
    malformed = {"text": shipped["text"].replace("-20", "20"), "remark": "kinder to the late"}
    assert code(await asked(world, "risk", path, malformed)) == (400, "limit_rules_malformed")
    version = (await asked(world, "risk", path, {"text": strict, "remark": "more careful"}))[1]["version"]
    assert code(await asked(world, "risk", path, {"text": strict, "remark": "once more"})) == (409, "limit_rules_known")
    answer, agreed = f"{path}/{version}/answer", {"is_approved": True, "reason": "as the committee wants"}
    assert code(await asked(world, "risk", answer, agreed)) == (403, "limit_rules_own_proposal")
    assert code(await asked(world, "risk2", answer, agreed)) == (409, "limit_rules_untried")

    _, trial = await asked(world, "risk", f"{path}/{version}/trials", {})
    whole = trial["found"][0]
    assert (whole["segment"], whole["raised_count"]) == ("all", 0)
    assert whole["lowered_count"] >= 1
    assert whole["after_minor"] < whole["before_minor"]
    before = await stands(world, bought)
    assert (await asked(world, "risk2", answer, agreed))[0] == 201
    listed = await risk.get("/staff/limit-rules")
    SHAPES["GET", "/staff/limit-rules"].model_validate(listed)
    assert listed["in_force"] == version

    await refresh_limits_of(world, await customer_of(world, bought))
    after, booked = await stands(world, bought)
    assert after.fixed_minor == booked == before[0].fixed_minor * 80 // 100 // 10_000 * 10_000
    (moved,) = (await risk.get("/staff/limits?move=lowered"))["limits"]
    full = await risk.get(f"/staff/limits/{moved['change_id']}")
    SHAPES["GET", "/staff/limits/{change_id}"].model_validate(full)
    assert full["replays"]
    assert full["rules_version"] == version

    shown = await bought.shopper.post("/h5/limit/rises", {"wanted": False})
    assert not shown["takes_rises"]
    assert "rises_switched_off" in [each["code"] for each in shown["would_raise"]]


async def test_nothing_is_sold_to_students_or_to_whose_debts_take_too_much(world: World):
    bought, heavy = await world.lent(), await world.lent()
    student = await world.lent()
    standing, _ = await stands(world, student)
    await _flag_student(world, standing)
    burdened, _ = await stands(world, heavy)
    async with world.installation.transaction() as connection:
        await together(connection, limits.to_save(replace(burdened, outside_service_minor=1_100_001)))
        asked_for = [await customer_of(world, each) for each in (bought, heavy, student)]
        found = await never_sold_to(connection, world.installation.ports, customer_ids=asked_for)
    assert [found[customer_id] for customer_id in asked_for] == [set(), {"over_indebted"}, {"student"}]
    text = {"name": "summer_sale", "purpose": "marketing", "zh": "{lender}：夏季活动", "en": "{lender}: summer sale"}
    await asked(world, "collector", "/staff/templates", text)
    approval = {"effective_from": world.business.today().isoformat()}
    await asked(world, "risk", "/staff/templates/summer_sale/1/approval", approval)
    commands = [
        StartContact(
            contact_id=uuid4(),
            customer_id=customer_id,
            purpose=ContactPurpose.MARKETING,
            channel=ContactChannel.INBOX,
            template="summer_sale",
            fields={},
            begun_by="test",
        )
        for customer_id in asked_for
    ]
    async with world.installation.transaction() as connection:
        answers = await start_contacts(connection, world.installation.ports, commands)
    assert [getattr(answer, "code", "") for answer in answers] == [
        "contact_unwanted",
        "contact_stopped",
        "contact_stopped",
    ]


async def test_what_is_signed_and_not_delivered_uses_its_dedicated_limit(world: World):
    bought = await world.lent(price_minor=120_000)
    customer_id = await customer_of(world, bought)
    body = {
        "customer_id": str(customer_id),
        "kind": "dedicated",
        "merchant_id": str(world.shop.merchant_id),
        "amount_minor": 500_000,
        "until_on": (world.business.today() + timedelta(days=30)).isoformat(),
        "reason": "a kitchen",
    }
    _, special = await asked(world, "risk", "/staff/special-limits", body)
    agreed = {"is_approved": True, "reason": "as asked"}
    await asked(world, "risk2", f"/staff/special-limits/{special['special_id']}/answer", agreed)

    async def left_elsewhere() -> int:
        async with world.installation.transaction() as connection:
            place = Place(uuid4(), GoodsCategory.PHONE)
            kept = await reserved_elsewhere(connection, customer_id=customer_id, place=place)
            return (await read_line(connection, customer_id=customer_id, currency="CNY")).available_minor - kept

    before = await left_elsewhere()
    world.pass_time(timedelta(seconds=61))
    await world.signed(bought.shopper, price_minor=240_000)
    assert await left_elsewhere() == before
