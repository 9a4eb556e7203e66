"""A borrower in difficulty: asking in one step, proving, reading what is offered, signing."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from fenqi.api.body import Body
from fenqi.api.edge import AskingCustomer, Installed
from fenqi.api.h5.checkout import Digits, Sha256, hand_over
from fenqi.api.paper import NewPaper
from fenqi.core.collection.hardship import HardshipCause, Stated
from fenqi.core.customer.paper import read_paper
from fenqi.core.identity.factor import require_passed
from fenqi.core.ledger.account import bucket_of
from fenqi.services.agree_hardship import ReliefSignature, require_relief_readable, show_relief, sign_relief
from fenqi.services.ask_hardship import CUSTOMER, AskHardship, ask_hardship, law_of, lock_request, withdraw_hardship
from fenqi.services.identify_customer import mobile_of
from fenqi.services.keep_paper import keep_paper
from fenqi.services.send_code import SendCode, send_code
from fenqi.services.show_hardship import option_shown, own_request_shown
from fenqi.services.try_code import TryCode, try_sent_code
from fenqi.services.weigh_relief import weigh_relief
from fenqi.stores import hardship as requests
from fenqi.stores import loan as loans

router = APIRouter(prefix="/h5", tags=["borrower"])
MINOR_MAX = 10**12


class HardshipWords(Body):
    """Why it is difficult, and what a month brings and takes."""

    cause: HardshipCause
    text: str = Field(default="", max_length=2000)
    monthly_income_minor: int = Field(strict=True, ge=0, le=MINOR_MAX)
    monthly_living_minor: int = Field(strict=True, ge=0, le=MINOR_MAX)
    monthly_debts_minor: int = Field(strict=True, ge=0, le=MINOR_MAX)

    def stated(self) -> Stated:
        """What is stated."""
        return Stated(
            cause=self.cause,
            text=self.text,
            monthly_income_minor=self.monthly_income_minor,
            monthly_living_minor=self.monthly_living_minor,
            monthly_debts_minor=self.monthly_debts_minor,
        )


class NewHardship(HardshipWords):
    """The same; `request_id` makes it happen once."""

    request_id: str = Field(min_length=8, max_length=128, pattern=r"^[\x21-\x7e]+$")


class NewReliefShowing(Body):
    """Which way out is to be read, in which language."""

    option_id: str = Field(max_length=60)
    language: str = Field(default="zh-CN", pattern="^(zh-CN|en)$")


class NewReliefCode(Body):
    """The plan that is to be signed."""

    showing_id: UUID


class NewReliefSignature(NewReliefCode):
    """The code under the plan that was read."""

    code_id: UUID
    digits: Digits
    signed_sha256: Sha256


@router.get("/hardship")
async def list_hardship(customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Your requests for help, newest first, and whether you can ask now."""
    ports, b = installation.ports, bucket_of(customer_id)
    async with installation.transaction() as connection:
        known = await requests.of_customer(connection, b=b, customer_id=customer_id)
        rows = await loans.of_customer(connection, b=b, customer_id=customer_id)
        shown = [await own_request_shown(connection, ports, each) for each in known]
    is_open = any(each.is_open for each in known)
    return {
        "requests": shown,
        "can_ask": not is_open and any(row.outstanding_minor for row in rows),
        "answer_days": law_of(ports).answer_days,
    }


@router.post("/hardship", status_code=201)
async def ask(new: NewHardship, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Ask for help: from now on nobody collects, debits or charges for lateness until you have an answer."""
    ports = installation.ports
    command = AskHardship(customer_id=customer_id, stated=new.stated(), by=CUSTOMER, once_for=new.request_id)
    async with installation.transaction() as connection:
        request = await ask_hardship(connection, ports, command)
        return await own_request_shown(connection, ports, request)


@router.post("/hardship/{request_id}/papers", status_code=201)
async def hand_in(
    request_id: UUID, new: NewPaper, customer_id: AskingCustomer, installation: Installed
) -> dict[str, Any]:
    """Hand in a paper that proves what you stated; only those who look after your request see it."""
    ports = installation.ports
    paper = read_paper(name=new.name, media_type=new.media_type, content_base64=new.content_base64)
    async with installation.transaction() as connection:
        request = await lock_request(connection, request_id=request_id, customer_id=customer_id)
        await keep_paper(connection, ports, paper, customer_id=customer_id, about=request_id, by=CUSTOMER)
        return await own_request_shown(connection, ports, request)


@router.post("/hardship/{request_id}/withdrawal", status_code=200)
async def withdraw(request_id: UUID, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Want no help any more."""
    ports = installation.ports
    async with installation.transaction() as connection:
        request = await withdraw_hardship(connection, ports, request_id=request_id, customer_id=customer_id)
        return await own_request_shown(connection, ports, request)


@router.post("/hardship/{request_id}/showings", status_code=201)
async def show(
    request_id: UUID, new: NewReliefShowing, customer_id: AskingCustomer, installation: Installed
) -> dict[str, Any]:
    """Have the plan of a way out put before you; it can be signed once it has been readable for long enough."""
    ports = installation.ports
    async with installation.transaction() as connection:
        shown = await show_relief(
            connection,
            ports,
            request_id=request_id,
            customer_id=customer_id,
            option_id=new.option_id,
            language=new.language,
        )
        request = await lock_request(connection, request_id=request_id, customer_id=customer_id)
        weighed = await weigh_relief(connection, ports, request)
    return {
        "showing_id": str(shown.showing.showing_id),
        "shown_at": shown.showing.shown_at.isoformat(),
        "read_seconds_min": shown.showing.read_seconds_min,
        "document_id": str(shown.document.document_id),
        "sha256": shown.document.content_hash,
        "option": option_shown(shown.option, weighed),
    }


@router.post("/hardship/{request_id}/codes", status_code=201)
async def new_relief_code(
    request_id: UUID, new: NewReliefCode, customer_id: AskingCustomer, installation: Installed
) -> dict[str, Any]:
    """Send the code that signs the plan."""
    ports = installation.ports
    async with installation.transaction() as connection:
        await require_relief_readable(
            connection, ports, request_id=request_id, customer_id=customer_id, showing_id=new.showing_id
        )
        mobile = await mobile_of(connection, ports, customer_id=customer_id)
        sent = await send_code(connection, ports, SendCode(mobile, "hardship", new.showing_id))
    return await hand_over(installation, sent)


@router.post("/hardship/{request_id}/signature", status_code=201)
async def sign(
    request_id: UUID, new: NewReliefSignature, customer_id: AskingCustomer, installation: Installed
) -> dict[str, Any]:
    """Sign the plan with the code; your loans change at once."""
    ports = installation.ports
    async with installation.transaction() as connection:
        mobile = await mobile_of(connection, ports, customer_id=customer_id)
        command = TryCode(new.code_id, mobile, "hardship", new.showing_id, new.digits)
        tried = await try_sent_code(connection, ports, command)
    require_passed(tried, policy=ports.authority.code_policy(on=ports.business.today()))
    signature = ReliefSignature(new.showing_id, new.signed_sha256, tried)
    async with installation.transaction() as connection:
        request = await sign_relief(
            connection, ports, request_id=request_id, customer_id=customer_id, signature=signature
        )
        return await own_request_shown(connection, ports, request)
