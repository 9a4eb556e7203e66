"""The shopper applies, and the application is decided at once: the busiest route there is."""

import msgspec
from fastapi import APIRouter
from pydantic import Field, StrictBool
from starlette.requests import Request
from starlette.responses import Response

from fenqi.api.body import Body
from fenqi.api.edge import session_token
from fenqi.api.origin import origin_of
from fenqi.api.plain import PlainRoute, path_id, read_body, told
from fenqi.gateways.bureau.port import CreditEnquiry
from fenqi.services.decide_application import decide_application
from fenqi.services.log_enquiry import PURPOSE, answered_enquiry, log_enquiry, planned_enquiry
from fenqi.services.prepare_enquiry import Subject, find_applying, prepare_enquiry
from fenqi.services.statement import Statement
from fenqi.stores.credit_enquiry import Enquiry
from fenqi.wiring import Installation

router = APIRouter(prefix="/h5", tags=["shopper"], route_class=PlainRoute)


class Application(Body):
    """What the shopper states; everything else is asked elsewhere."""

    is_student: StrictBool
    down_payment_minor: int = Field(default=0, strict=True, ge=0)
    monthly_income_minor: int | None = Field(default=None, strict=True, ge=0)


@router.post(
    "/checkouts/{checkout_id}/decision", status_code=201, openapi_extra=told(Application, ids=("checkout_id",))
)
async def decide(request: Request) -> Response:
    """Apply: the credit record is asked for, and the application decided at once."""
    installation: Installation = request.app.state.installation
    ports, checkout_id = installation.ports, path_id(request, "checkout_id")
    token = session_token(request.headers.get("authorization", ""))
    async with installation.reading() as connection:
        applying = await find_applying(connection, ports, checkout_id=checkout_id, token=token)
    new = await read_body(request, Application)
    subject = await prepare_enquiry(ports, applying)
    origin = await origin_of(request)
    statement = Statement(
        is_student=new.is_student,
        down_payment_minor=new.down_payment_minor,
        monthly_income_minor=new.monthly_income_minor,
    )
    enquiry, asked = await _ask_bureau(installation, subject)
    try:
        async with installation.late_transaction() as connection:
            shown = await decide_application(
                connection, ports, subject=subject, statement=statement, enquiry=enquiry, asked=asked, origin=origin
            )
    except Exception:
        await _log_alone(installation, asked)
        raise
    return Response(msgspec.json.encode(shown), status_code=201, media_type="application/json")


async def _ask_bureau(installation: Installation, subject: Subject) -> tuple[CreditEnquiry, Enquiry]:
    """The answer, and the line that says it was asked for; one that does not come leaves its line at once."""
    ports, bureau = installation.ports, installation.bureau
    at = ports.business.now()
    asked = planned_enquiry(ports, subject, bureau=bureau.name, is_stand_in=bureau.is_stand_in, at=at)
    try:
        answer = await bureau.enquire(name=subject.name, id_number=subject.id_number, purpose=PURPOSE, at=at)
    except Exception:
        await _log_alone(installation, asked)
        raise
    return answer, answered_enquiry(asked, answer)


async def _log_alone(installation: Installation, asked: Enquiry) -> None:
    async with installation.transaction() as connection:
        await log_enquiry(connection, asked)
