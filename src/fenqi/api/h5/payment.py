"""The borrower pays several loans at once, and gives leave for automatic debits."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from fenqi.api.body import Body
from fenqi.api.edge import AskingCustomer, Installed
from fenqi.api.h5.checkout import Digits, Language, Sha256, hand_over
from fenqi.batch.send_payment import send_order, show_order
from fenqi.core.billing.placement import PlacementRule
from fenqi.core.identity.factor import require_passed
from fenqi.core.ledger.account import bucket_in, bucket_of
from fenqi.core.merchant.payment_order import PaymentOrderUnknown
from fenqi.services.identify_customer import mobile_of
from fenqi.services.mandate import MandateSignature, mandate_shown, mandate_subject, revoke_mandate, sign_mandate
from fenqi.services.request_joint_payment import RequestJointPayment, placement_of, request_joint_payment
from fenqi.services.send_code import SendCode, send_code
from fenqi.services.transfer_code import transfer_code
from fenqi.services.try_code import TryCode, try_sent_code
from fenqi.stores import joint_payment as joints
from fenqi.stores import loan as loans
from fenqi.wiring import Installation

router = APIRouter(prefix="/h5", tags=["borrower"])


class WantedPayment(Body):
    """An amount over some of your loans, over all if none is named; without an amount, all that is due today."""

    amount_minor: int | None = Field(default=None, strict=True, gt=0, le=10**12)
    rule: PlacementRule = PlacementRule.OLDEST_DUE
    loan_ids: list[UUID] = Field(default_factory=list[UUID], max_length=50)


class NewPayment(WantedPayment):
    """The same, to be made; `request_id` makes it happen once."""

    request_id: str = Field(min_length=8, max_length=128, pattern=r"^[\x21-\x7e]+$")


class NewMandate(Body):
    """The code under the text that was read, and the account to debit."""

    code_id: UUID
    digits: Digits
    text_sha256: Sha256
    language: str = Field(default="zh-CN", pattern="^(zh-CN|en)$")
    account_token: str = Field(min_length=4, max_length=64, pattern=r"^[\x21-\x7e]+$")


@router.post("/payment-previews", status_code=200)
async def preview_payment(new: WantedPayment, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """How a payment would be divided if it were made now; nothing happens."""
    command = RequestJointPayment(customer_id, new.amount_minor, new.rule, tuple(new.loan_ids), request_id="")
    async with installation.transaction() as connection:
        placed = await placement_of(connection, installation.ports, command)
    parts = [
        {"loan_id": str(part.loan_id), "amount_minor": part.amount_minor, "pays_off": part.pays_off}
        for part in placed.parts
    ]
    return {"amount_minor": sum(part.amount_minor for part in placed.parts), "parts": parts}


@router.post("/payments", status_code=201)
async def pay(new: NewPayment, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Pay several loans with one payment; the same request asked again is the same payment."""
    command = RequestJointPayment(customer_id, new.amount_minor, new.rule, tuple(new.loan_ids), new.request_id)
    async with installation.transaction() as connection:
        requested = await request_joint_payment(connection, installation.ports, command)
    deal_with = send_order if requested.is_new else show_order
    shown = await deal_with(installation, order_id=requested.order_id)
    return shown | {"parts": await _parts(installation, requested.order_id)}


@router.get("/payments/{order_id}")
async def get_payment(order_id: UUID, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """One payment over several loans: how far it has come, and what each loan got."""
    async with installation.reading() as connection:
        joint = await joints.find(connection, b=bucket_in(order_id), order_id=order_id)
    if joint is None or joint.customer_id != customer_id:
        raise PaymentOrderUnknown("no such payment", allowed="a payment of your own")
    return await show_order(installation, order_id=order_id) | {"parts": await _parts(installation, order_id)}


@router.get("/overpayments")
async def list_overpayments(customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """What you have paid too much, loan by loan, and what became of paying it back."""
    b = bucket_of(customer_id)
    async with installation.reading() as connection:
        rows = await loans.of_customer(connection, b=b, customer_id=customer_id)
        orders = await joints.orders_of(connection, b=b, customer_id=customer_id)
    held = [
        {"loan_id": str(row.loan_id), "overpaid_minor": row.overpaid_minor, "currency": row.currency}
        for row in rows
        if row.overpaid_minor
    ]
    returns = [
        {
            "order_id": str(order.order_id),
            "loan_id": str(order.loan_id),
            "amount_minor": order.amount_minor,
            "state": order.state,
            "account_ending": order.account_token[-4:],
            "requested_on": order.requested_on.isoformat(),
        }
        for order in reversed(orders)
        if order.purpose == "return_overpayment"
    ]
    return {"held": held, "returns": returns}


@router.get("/transfer-code")
async def get_transfer_code(customer_id: AskingCustomer, installation: Installed) -> dict[str, str]:
    """What to write in the remark of a bank transfer, so that the money is known as yours."""
    async with installation.transaction() as connection:
        return {"code": await transfer_code(connection, customer_id=customer_id)}


@router.get("/mandate")
async def get_mandate(
    customer_id: AskingCustomer, installation: Installed, language: Language = "zh-CN"
) -> dict[str, Any]:
    """Your leave for automatic debits, and the words under which a new one is signed."""
    async with installation.transaction() as connection:
        return await mandate_shown(connection, installation.ports, customer_id=customer_id, language=language)


@router.post("/mandate/codes", status_code=201)
async def new_mandate_code(customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Send the code that signs the leave for automatic debits."""
    async with installation.transaction() as connection:
        mobile = await mobile_of(connection, installation.ports, customer_id=customer_id)
        command = SendCode(mobile, "mandate", mandate_subject(customer_id))
        sent = await send_code(connection, installation.ports, command)
    return await hand_over(installation, sent)


@router.post("/mandate", status_code=201)
async def post_mandate(new: NewMandate, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Give leave for automatic debits, signed with the code; one before it ends."""
    ports = installation.ports
    async with installation.transaction() as connection:
        mobile = await mobile_of(connection, ports, customer_id=customer_id)
        command = TryCode(new.code_id, mobile, "mandate", mandate_subject(customer_id), new.digits)
        tried = await try_sent_code(connection, ports, command)
    require_passed(tried, policy=ports.authority.code_policy(on=ports.business.today()))
    signature = MandateSignature(new.text_sha256, new.language, new.account_token, tried)
    async with installation.transaction() as connection:
        await sign_mandate(connection, ports, customer_id=customer_id, signature=signature)
        return await mandate_shown(connection, ports, customer_id=customer_id, language=new.language)


@router.post("/mandate/revocation", status_code=200)
async def revoke(customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """End your leave for automatic debits at once."""
    async with installation.transaction() as connection:
        await revoke_mandate(connection, installation.ports, customer_id=customer_id)
        return await mandate_shown(connection, installation.ports, customer_id=customer_id, language="zh-CN")


async def _parts(installation: Installation, order_id: UUID) -> list[dict[str, Any]]:
    async with installation.reading() as connection:
        parts = await joints.parts(connection, b=bucket_in(order_id), payment_id=order_id)
    return [{"loan_id": str(part.loan_id), "amount_minor": part.amount_minor} for part in parts]
