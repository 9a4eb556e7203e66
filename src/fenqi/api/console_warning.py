"""The console's early warnings: who is watched, why, what was done about it, and what that brought."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.responses import StreamingResponse

from fenqi.api.body import Body
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.h5.hardship import MINOR_MAX, HardshipWords
from fenqi.api.listing import ListDay, Paged, Sorted, StaffList
from fenqi.api.shape.warning import WarningLine, WarningRung
from fenqi.core.collection.complaint import ComplaintCause
from fenqi.core.collection.contact import Answered
from fenqi.core.collection.warning_call import BorrowerSaid, CallTold
from fenqi.services.call_about_warning import AnswerWarningCall, Dispute, answer_warning_call, begin_warning_call
from fenqi.services.show_warning import effect_line, show_warning, warning_effects, warning_line
from fenqi.services.warning_rules import warning_strategy
from fenqi.stores.warning import WARNINGS

router = APIRouter(prefix="/staff", tags=["staff"])
LISTED = StaffList("warnings", WARNINGS, WarningLine)
ONE_DAY = timedelta(days=1)


class CallWanted(StrEnum):
    """Which warnings want somebody to call."""

    TO_MAKE = "to_make"
    """Every one whose call has not been answered."""
    OVERDUE = "overdue"
    """Those whose call should have been made before today."""


class NewWarningCall(Body):
    """A call that is about to be made; `request_id` makes it begin once."""

    request_id: str = Field(min_length=8, max_length=128, pattern=r"^[\x21-\x7e]+$")


class WarningDispute(Body):
    """What the borrower says is wrong."""

    cause: ComplaintCause
    text: str = Field(min_length=5, max_length=4000)
    loan_id: UUID | None = None
    disputed_minor: int = Field(default=0, strict=True, ge=0, le=MINOR_MAX)


class NewWarningAnswer(Body):
    """What came of a call; a day, a request for help or a complaint only with what was said to want it."""

    answered: Answered
    said: BorrowerSaid | None = None
    pays_on: date | None = None
    words: str = Field(default="", max_length=2000)
    help: HardshipWords | None = None
    dispute: WarningDispute | None = None

    def command(self, *, warning_id: UUID, contact_id: UUID, by: str) -> AnswerWarningCall:
        """The same, as a command."""
        told = CallTold(
            answered=self.answered,
            said=self.said,
            pays_on=self.pays_on,
            words=self.words,
            has_help=self.help is not None,
            has_complaint=self.dispute is not None,
        )
        return AnswerWarningCall(
            warning_id=warning_id,
            contact_id=contact_id,
            told=told,
            help=None if self.help is None else self.help.stated(),
            dispute=None if self.dispute is None else Dispute(**self.dispute.model_dump()),
            by=by,
        )


@dataclass(frozen=True)
class _Warnings:
    """Which warnings: by the highest rung, running or ended, opened from the first day on and before the last."""

    rung: WarningRung | None = None
    is_open: bool | None = None
    call: CallWanted | None = None
    from_on: ListDay | None = None
    until_on: ListDay | None = None

    def wanted(self, *, today: date) -> dict[str, Any]:
        return {
            "rung": self.rung,
            "is_open": self.is_open,
            "call_due_by": self.call and (date.max if self.call is CallWanted.TO_MAKE else today - ONE_DAY),
            "from_on": self.from_on,
            "until_on": self.until_on,
        }


WarningsAsked = Annotated[_Warnings, Depends()]


@router.get("/warnings")
async def list_warnings(
    staff: AskingStaff, installation: Installed, asked: WarningsAsked, paging: Paged
) -> dict[str, Any]:
    """Early warnings, newest first unless sorted otherwise."""
    today = installation.ports.business.today()
    return await LISTED.page(installation, asked.wanted(today=today), paging, partial(warning_line, on=today))


@router.get("/exports/warnings", response_class=StreamingResponse)
async def export_warnings(
    staff: AskingStaff, installation: Installed, asked: WarningsAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every warning that a filter lets through, as CSV."""
    today = installation.ports.business.today()
    return await LISTED.file(installation, staff, asked.wanted(today=today), sort, partial(warning_line, on=today))


@router.get("/warning-effects")
async def list_warning_effects(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """What each step of the strategy in force has brought, against those who were left out, with its interval."""
    async with installation.reading() as connection:
        strategy = await warning_strategy(connection, on=installation.ports.business.today())
        found = await warning_effects(connection, installation.ports, strategy=strategy)
    return {
        "strategy_version": strategy.version,
        "outcome_days": strategy.outcome_days,
        "outcome_days_late": strategy.outcome_days_late,
        "effects": [effect_line(each) for each in found],
    }


@router.get("/warnings/{warning_id}")
async def get_warning(warning_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """One warning with its steps, why each was taken, made again, and what such steps have brought.

    Raises: WarningUnknown.
    """
    async with installation.reading() as connection:
        return await show_warning(connection, installation.ports, warning_id=warning_id)


@router.post("/warnings/{warning_id}/calls", status_code=201)
async def post_warning_call(
    warning_id: UUID, new: NewWarningCall, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Begin the call that a warning asks for, and see the number, or be refused by the rule that forbids it.

    Raises: WarningUnknown, WarningCallNotWanted, ContactStopped, ContactUnwanted, ContactOutOfHours, ContactTooOften,
    ContactTextUnapproved.
    """
    async with installation.transaction() as connection:
        begun = await begin_warning_call(
            connection, installation.ports, warning_id=warning_id, request_id=new.request_id, by=staff.login
        )
    return {"contact_id": str(begun.contact.contact_id), "text": begun.contact.content, "mobile": begun.mobile}


@router.post("/warnings/{warning_id}/calls/{contact_id}/answer", status_code=201)
async def post_warning_answer(
    warning_id: UUID, contact_id: UUID, new: NewWarningAnswer, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Tell what came of a call, once; help, a complaint or silence follow from it.

    Raises: WarningUnknown, WarningCallUnknown, OutcomeTold, WarningAnswerContradicts, PromiseInThePast, PromiseTooFar,
    HardshipOpen, HardshipNothingOwed, ComplaintIncomplete, ComplaintOpen, LoanUnknown, RefundAboveCaptured.
    """
    command = new.command(warning_id=warning_id, contact_id=contact_id, by=staff.login)
    async with installation.transaction() as connection:
        await answer_warning_call(connection, installation.ports, command)
        return await show_warning(connection, installation.ports, warning_id=warning_id)
