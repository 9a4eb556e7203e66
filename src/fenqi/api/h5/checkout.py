"""The shopper's way through a checkout: who, consents, decision, offer, disclosure, signature."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field, StrictBool

from fenqi.api.body import Body
from fenqi.api.edge import AskingCustomer, Installed
from fenqi.api.origin import AskedFrom
from fenqi.api.paper import NewPaper
from fenqi.core.customer.paper import read_paper
from fenqi.core.identity.factor import require_passed
from fenqi.core.identity.mobile import mask_mobile, read_mobile
from fenqi.core.ledger.account import bucket_of
from fenqi.core.merchant.purchase import CheckoutUnknown
from fenqi.gateways.notice.port import Message
from fenqi.services.ask_for_person import ask_for_person
from fenqi.services.give_consent import Ticked, consents_offered, consents_wanted, give_consents
from fenqi.services.identify_customer import identify_customer, mobile_of, read_elements, require_match
from fenqi.services.offer import with_own_days
from fenqi.services.open_session import open_session
from fenqi.services.prove_income import hand_in_proof
from fenqi.services.purchase import find_for_customer, lock_for_customer
from fenqi.services.send_code import SendCode, SentCode, send_code
from fenqi.services.show_decision import decision_shown
from fenqi.services.show_offer import show_offer
from fenqi.services.sign_agreement import Signature, find_showing, require_readable, sign_agreement
from fenqi.services.try_code import TryCode, try_sent_code
from fenqi.stores import checkout as checkouts
from fenqi.stores import merchant as merchants
from fenqi.wiring import Installation

router = APIRouter(prefix="/h5", tags=["shopper"])
Language = Annotated[str, Query(pattern="^(zh-CN|en)$")]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Digits = Annotated[str, Field(pattern="^[0-9]{4,8}$")]


class Mobile(Body):
    """Whose phone gets a code."""

    mobile: str = Field(max_length=20)


class Answer(Body):
    """The code as typed."""

    mobile: str = Field(max_length=20)
    code_id: UUID
    digits: Digits


class Identity(Body):
    """Who the shopper is."""

    name: str = Field(max_length=100)
    id_number: str = Field(max_length=30)


class OneConsent(Body):
    """One box: which text it stood beside, and that the shopper ticked it."""

    purpose: str = Field(max_length=40)
    recipient: str = Field(max_length=40)
    text_sha256: Sha256
    language: str = Field(pattern="^(zh-CN|en)$")
    ticked: StrictBool


class Consents(Body):
    """The boxes ticked."""

    consents: list[OneConsent] = Field(min_length=1, max_length=20)


class Choice(Body):
    """An offer to see in full."""

    offer_id: str = Field(max_length=64)
    language: str = Field(default="zh-CN", pattern="^(zh-CN|en)$")


class ShownId(Body):
    """What is about to be signed."""

    shown_id: UUID


class Signing(Body):
    """The code under what was shown, and the account to debit."""

    shown_id: UUID
    code_id: UUID
    digits: Digits
    signed_sha256: list[Sha256] = Field(min_length=1, max_length=5)
    account_token: str = Field(min_length=4, max_length=64, pattern=r"^[\x21-\x7e]+$")


class Request(Body):
    """Why a person should look."""

    reason: str = Field(min_length=1, max_length=1000)


@router.get("/checkouts/{checkout_id}")
async def get_checkout(checkout_id: UUID, installation: Installed) -> dict[str, Any]:
    """What is being bought, from whom; nothing about who buys."""
    async with installation.transaction() as connection:
        row = await checkouts.find(connection, b=bucket_of(checkout_id), checkout_id=checkout_id)
        if row is None:
            raise CheckoutUnknown("no such checkout", allowed="the link that the shop gave you")
        merchant = await merchants.known(connection, merchant_id=row.merchant_id)
    return {
        "checkout_id": str(checkout_id),
        "status": row.state,
        "merchant": {"zh": merchant.name_zh, "en": merchant.name_en},
        "goods": row.goods,
        "amount_minor": row.amount_minor,
        "currency": row.currency,
        "expires_at": row.expires_at.isoformat(),
    }


@router.post("/checkouts/{checkout_id}/codes", status_code=201)
async def new_code(checkout_id: UUID, new: Mobile, installation: Installed, origin: AskedFrom) -> dict[str, Any]:
    """Send a code to a phone."""
    async with installation.transaction() as connection:
        row = await checkouts.find(connection, b=bucket_of(checkout_id), checkout_id=checkout_id)
        if row is None:
            raise CheckoutUnknown("no such checkout", allowed="the link that the shop gave you")
        sent = await send_code(connection, installation.ports, SendCode(new.mobile, "session", checkout_id, origin))
    return await hand_over(installation, sent)


@router.post("/checkouts/{checkout_id}/sessions", status_code=201)
async def new_session(checkout_id: UUID, answer: Answer, installation: Installed, origin: AskedFrom) -> dict[str, Any]:
    """Answer the code and be in."""
    ports = installation.ports
    mobile = read_mobile(answer.mobile)
    async with installation.transaction() as connection:
        command = TryCode(answer.code_id, mobile, "session", checkout_id, answer.digits, origin)
        tried = await try_sent_code(connection, ports, command)
    require_passed(tried, policy=ports.authority.code_policy(on=ports.business.today()))
    async with installation.transaction() as connection:
        session = await open_session(connection, ports, mobile=mobile, origin=origin)
    return {"token": session.token, "expires_at": session.expires_at.isoformat()}


@router.post("/checkouts/{checkout_id}/identity", status_code=201)
async def identify(
    checkout_id: UUID, new: Identity, customer_id: AskingCustomer, installation: Installed, origin: AskedFrom
) -> dict[str, Any]:
    """Say who you are; name, number and phone are checked together."""
    ports = installation.ports
    async with installation.transaction() as connection:
        await find_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
        elements = await read_elements(
            connection, ports, customer_id=customer_id, name=new.name, id_number=new.id_number
        )
    check = await installation.identity.check_three_elements(
        name=elements.name, id_number=elements.id_number, mobile=elements.mobile, at=ports.business.now()
    )
    async with installation.transaction() as connection:
        await identify_customer(
            connection,
            ports,
            checkout_id=checkout_id,
            customer_id=customer_id,
            elements=elements,
            check=check,
            origin=origin,
        )
    require_match(check)
    return {"match": check.match, "provider": check.provider, "is_stand_in": check.stand_in}


@router.get("/checkouts/{checkout_id}/consents")
async def get_consents(
    checkout_id: UUID, customer_id: AskingCustomer, installation: Installed, language: Language = "zh-CN"
) -> dict[str, Any]:
    """The texts to agree to before a decision, and those that may be left alone; none is ticked."""
    async with installation.transaction() as connection:
        row = await find_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
        wanted = await consents_wanted(connection, installation.ports, customer_id=customer_id, language=language)
        offered = await consents_offered(
            connection, installation.ports, checkout=row, customer_id=customer_id, language=language
        )
    return {"consents": [text.as_dict() for text in wanted], "optional": [text.as_dict() for text in offered]}


@router.post("/checkouts/{checkout_id}/consents", status_code=201)
async def post_consents(
    checkout_id: UUID, new: Consents, customer_id: AskingCustomer, installation: Installed
) -> dict[str, int]:
    """Agree, one purpose and recipient at a time."""
    ticked = [Ticked(**consent.model_dump()) for consent in new.consents]
    async with installation.transaction() as connection:
        row = await find_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
        count = await give_consents(
            connection, installation.ports, checkout=row, customer_id=customer_id, ticked=ticked
        )
    return {"given_count": count}


@router.get("/checkouts/{checkout_id}/decision")
async def get_decision(checkout_id: UUID, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """The decision as it stands, also after a person has looked."""
    async with installation.transaction() as connection:
        row = await find_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
        shown = await decision_shown(connection, checkout=row)
    ports = installation.ports
    return with_own_days(ports.authority, shown, customer_id=customer_id, on=ports.business.today())


@router.post("/checkouts/{checkout_id}/reviews", status_code=201)
async def want_person(
    checkout_id: UUID, new: Request, customer_id: AskingCustomer, installation: Installed
) -> dict[str, str]:
    """Ask for a person to look at the decision."""
    async with installation.transaction() as connection:
        row = await lock_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
        review_id = await ask_for_person(connection, installation.ports, checkout=row, reason=new.reason)
    return {"review_id": str(review_id)}


@router.post("/checkouts/{checkout_id}/papers", status_code=201)
async def hand_in(
    checkout_id: UUID, new: NewPaper, customer_id: AskingCustomer, installation: Installed
) -> dict[str, Any]:
    """Hand in a paper for an application that waits, a proof of income first of all; only who reviews it sees it."""
    ports = installation.ports
    paper = read_paper(name=new.name, media_type=new.media_type, content_base64=new.content_base64)
    async with installation.transaction() as connection:
        row = await lock_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
        await hand_in_proof(connection, ports, paper, checkout=row)
        shown = await decision_shown(connection, checkout=row)
    return with_own_days(ports.authority, shown, customer_id=customer_id, on=ports.business.today())


@router.post("/checkouts/{checkout_id}/disclosures", status_code=201)
async def disclose(
    checkout_id: UUID, new: Choice, customer_id: AskingCustomer, installation: Installed
) -> dict[str, Any]:
    """Choose an offer and be shown its whole cost and the agreement."""
    async with installation.transaction() as connection:
        shown = await show_offer(
            connection,
            installation.ports,
            checkout_id=checkout_id,
            customer_id=customer_id,
            offer_id=new.offer_id,
            language=new.language,
        )
    return shown.as_dict()


@router.post("/checkouts/{checkout_id}/signing-codes", status_code=201)
async def new_signing_code(
    checkout_id: UUID, new: ShownId, customer_id: AskingCustomer, installation: Installed, origin: AskedFrom
) -> dict[str, Any]:
    """Send the code that signs what was shown."""
    async with installation.transaction() as connection:
        shown = await find_showing(connection, shown_id=new.shown_id, checkout_id=checkout_id, customer_id=customer_id)
        require_readable(installation.ports, shown)
        mobile = await mobile_of(connection, installation.ports, customer_id=customer_id)
        command = SendCode(mobile, "signature", new.shown_id, origin)
        sent = await send_code(connection, installation.ports, command)
    return await hand_over(installation, sent)


@router.post("/checkouts/{checkout_id}/signatures", status_code=201)
async def sign(
    checkout_id: UUID, new: Signing, customer_id: AskingCustomer, installation: Installed, origin: AskedFrom
) -> dict[str, Any]:
    """Sign with the code; the amount is held on the limit until the merchant captures."""
    ports = installation.ports
    async with installation.transaction() as connection:
        mobile = await mobile_of(connection, ports, customer_id=customer_id)
        command = TryCode(new.code_id, mobile, "signature", new.shown_id, new.digits, origin)
        tried = await try_sent_code(connection, ports, command)
    require_passed(tried, policy=ports.authority.code_policy(on=ports.business.today()))
    signature = Signature(
        shown_id=new.shown_id,
        signed_sha256=tuple(new.signed_sha256),
        challenge=tried,
        account_token=new.account_token,
        origin=origin,
    )
    async with installation.transaction() as connection:
        row = await sign_agreement(
            connection, ports, checkout_id=checkout_id, customer_id=customer_id, signature=signature
        )
    return {
        "checkout_id": str(checkout_id),
        "status": row.state,
        "agreement_id": str(row.agreement_id),
        "authorised_minor": row.authorised_minor,
        "expires_at": row.expires_at.isoformat(),
    }


async def hand_over(installation: Installation, sent: SentCode) -> dict[str, Any]:
    """Give a code to the messenger, once what keeps its digest has committed."""
    ports = installation.ports
    on = ports.business.today()
    text = ports.authority.code_message(sent.digits, purpose=sent.purpose, on=on)
    message = Message(mobile=sent.mobile, kind="code", text=text, sent_at=ports.wall.now())
    await installation.notice.send(message)
    return {
        "code_id": str(sent.code_id),
        "sent_to": mask_mobile(sent.mobile),
        "resend_after_seconds": ports.authority.code_policy(on=on).resend_after_seconds,
    }
