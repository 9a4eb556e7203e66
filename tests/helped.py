"""A borrower in difficulty, and one who complains, from the first word to the last, over HTTP."""

import base64
from datetime import timedelta

from fenqi.simulation.caller import Json
from world import Bought, World

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(40)).decode()
STATED: Json = {
    "cause": "job_loss",
    "monthly_income_minor": 300_000,
    "monthly_living_minor": 200_000,
    "monthly_debts_minor": 0,
}


async def be_helped(world: World, bought: Bought) -> None:
    """Ask, take it back, ask again, prove, read and sign what is offered."""
    shopper, collector = bought.shopper, await world.colleague("collector")
    first = await shopper.post("/h5/hardship", STATED | {"request_id": "help-first"})
    await shopper.post(f"/h5/hardship/{first['request_id']}/withdrawal", {})
    asked = await shopper.post("/h5/hardship", STATED | {"request_id": "help-again"})
    path = f"/h5/hardship/{asked['request_id']}"
    await shopper.post(f"{path}/papers", {"name": "a.png", "media_type": "image/png", "content_base64": PNG})
    offer = {"option_ids": ["deferral:1"], "reason": "one month is enough"}
    await collector.post(f"/staff/hardship/{asked['request_id']}/offer", offer)
    await shopper.get("/h5/hardship")
    shown = await shopper.post(f"{path}/showings", {"option_id": "deferral:1"})
    world.pass_time(timedelta(seconds=shown["read_seconds_min"]))
    world.wall.move(timedelta(seconds=61))
    sent = await shopper.post(f"{path}/codes", {"showing_id": shown["showing_id"]})
    body = {"showing_id": shown["showing_id"], "code_id": sent["code_id"], "signed_sha256": shown["sha256"]}
    await shopper.post(f"{path}/signature", body | {"digits": shopper.inbox(shopper.mobile)})


async def be_heard(world: World, bought: Bought) -> None:
    """Complain, take it back, complain again, prove, be answered, and be satisfied."""
    shopper, collector = bought.shopper, await world.colleague("collector")
    body: Json = {"cause": "cost", "text": "charged twice", "loan_id": bought.loan_id}
    first = await shopper.post("/h5/complaints", body | {"request_id": "heard-first"})
    await shopper.post(f"/h5/complaints/{first['complaint_id']}/withdrawal", {})
    second = await shopper.post("/h5/complaints", body | {"request_id": "heard-again"})
    path = f"/h5/complaints/{second['complaint_id']}"
    await shopper.post(f"{path}/papers", {"name": "a.png", "media_type": "image/png", "content_base64": PNG})
    answer = {"outcome": "rejected", "answer": "charged once"}
    await collector.post(f"/staff/complaints/{second['complaint_id']}/answer", answer)
    await shopper.post(f"{path}/satisfaction", {"is_satisfied": True})
    await shopper.get("/h5/complaints")
    await shopper.get("/h5/credit-record")
