"""The console's lists of moves of credit lines, and of temporary and dedicated limits that staff propose."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.responses import StreamingResponse

from fenqi.api.body import Body
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import ListDay, Paged, Sorted, StaffList, begin
from fenqi.api.shape.limit import LimitCause, LimitChangeLine, LimitMove, SpecialLimitLine
from fenqi.core.limit.reason import reasons_told, told_of
from fenqi.core.limit.special import SpecialKind
from fenqi.core.product.goods import GoodsCategory
from fenqi.services.show_limit import change_in_full
from fenqi.services.special_limit import NewSpecial, answer_special, propose_special
from fenqi.stores.limit_list import CHANGES
from fenqi.stores.limit_list import LimitChangeLine as ChangeRow
from fenqi.stores.limit_special import SPECIALS, SpecialLine

router = APIRouter(prefix="/staff", tags=["staff"])
MOVES = StaffList("limits", CHANGES, LimitChangeLine)
SPECIAL_LIMITS = StaffList("special_limits", SPECIALS, SpecialLimitLine)


class SpecialState(StrEnum):
    """How far a special limit has come."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    OVER = "over"


class NewSpecialLimit(Body):
    """What is to be granted beside the fixed limit, and why."""

    customer_id: UUID
    kind: SpecialKind
    merchant_id: UUID | None = None
    goods_category: GoodsCategory | None = None
    amount_minor: int = Field(ge=1, le=10**9)
    until_on: ListDay
    reason: str = Field(min_length=5, max_length=1000)


class NewSpecialAnswer(Body):
    """What the second person says."""

    is_approved: bool
    reason: str = Field(min_length=5, max_length=1000)


@dataclass(frozen=True)
class _Moves:
    """Which moves; days on which they happened, from the first on and before the last."""

    move: LimitMove | None = None
    cause: LimitCause | None = None
    customer_id: UUID | None = None
    from_on: ListDay | None = None
    until_on: ListDay | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return {
            "move": self.move,
            "cause": self.cause,
            "customer_id": self.customer_id,
            "from_at": self.from_on and begin(self.from_on),
            "until_at": self.until_on and begin(self.until_on),
        }


@dataclass(frozen=True)
class _Specials:
    """Which special limits."""

    state: SpecialState | None = None
    kind: SpecialKind | None = None
    customer_id: UUID | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return {
            "state": self.state and self.state.value,
            "kind": self.kind and self.kind.value,
            "customer_id": self.customer_id,
        }


MovesAsked = Annotated[_Moves, Depends()]
SpecialsAsked = Annotated[_Specials, Depends()]


@router.get("/limits")
async def list_limits(staff: AskingStaff, installation: Installed, asked: MovesAsked, paging: Paged) -> dict[str, Any]:
    """Moves of credit lines, newest first unless sorted otherwise; looks that moved nothing only if asked for."""
    return await MOVES.page(installation, asked.wanted, paging, _move_line)


@router.get("/exports/limits", response_class=StreamingResponse)
async def export_limits(
    staff: AskingStaff, installation: Installed, asked: MovesAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every move that a filter lets through, as CSV."""
    return await MOVES.file(installation, staff, asked.wanted, sort, _move_line)


@router.get("/limits/{change_id}")
async def get_limit_change(change_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """One move with the facts it went by, made again.

    Raises: LimitChangeUnknown.
    """
    async with installation.reading() as connection:
        return await change_in_full(connection, change_id=change_id)


@router.get("/special-limits")
async def list_special_limits(
    staff: AskingStaff, installation: Installed, asked: SpecialsAsked, paging: Paged
) -> dict[str, Any]:
    """Temporary and dedicated limits, newest first unless sorted otherwise."""
    return await SPECIAL_LIMITS.page(installation, asked.wanted, paging, _special_line)


@router.get("/exports/special-limits", response_class=StreamingResponse)
async def export_special_limits(
    staff: AskingStaff, installation: Installed, asked: SpecialsAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every special limit that a filter lets through, as CSV."""
    return await SPECIAL_LIMITS.file(installation, staff, asked.wanted, sort, _special_line)


@router.post("/special-limits", status_code=201)
async def post_special_limit(new: NewSpecialLimit, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Propose a temporary or dedicated limit.

    Raises: LineUnknown, CreditSuspended, SpecialMalformed, SpecialBeyond, MerchantUnknown.
    """
    wanted = NewSpecial(
        customer_id=new.customer_id,
        kind=new.kind,
        merchant_id=new.merchant_id,
        goods_category=new.goods_category,
        amount_minor=new.amount_minor,
        until_on=new.until_on,
        reason=new.reason,
    )
    async with installation.transaction() as connection:
        return _special_line(await propose_special(connection, installation.ports, new=wanted, by=staff.login))


@router.post("/special-limits/{special_id}/answer", status_code=201)
async def post_special_answer(
    special_id: UUID, new: NewSpecialAnswer, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Grant what somebody else proposed, or turn it down.

    Raises: SpecialUnknown, SpecialAnswered, SpecialOwnProposal, CreditSuspended, SpecialMalformed, SpecialBeyond.
    """
    async with installation.transaction() as connection:
        answered = await answer_special(
            connection,
            installation.ports,
            special_id=special_id,
            is_approved=new.is_approved,
            reason=new.reason,
            by=staff.login,
        )
    return _special_line(answered)


def _move_line(row: ChangeRow) -> dict[str, Any]:
    reasons = reasons_told(told_of(row.reasons))
    return {
        "change_id": str(row.change_id),
        "customer_id": str(row.customer_id),
        "move": row.move,
        "cause": row.cause,
        "before_minor": row.before_minor,
        "after_minor": row.after_minor,
        "currency": row.currency,
        "points": row.points,
        "reasons_zh": "；".join(each["zh"] for each in reasons),
        "reasons_en": "; ".join(each["en"] for each in reasons),
        "rules_version": row.rules_version,
        "changed_by": row.changed_by,
        "changed_at": row.changed_at.isoformat(),
    }


def _special_line(row: SpecialLine) -> dict[str, Any]:
    return {
        "special_id": str(row.special_id),
        "customer_id": str(row.customer_id),
        "kind": row.kind,
        "merchant_id": None if row.merchant_id is None else str(row.merchant_id),
        "goods_category": row.goods_category,
        "amount_minor": row.amount_minor,
        "currency": row.currency,
        "from_on": row.from_on and row.from_on.isoformat(),
        "until_on": row.until_on.isoformat(),
        "state": row.state,
        "reason": row.reason,
        "proposed_by": row.proposed_by,
        "proposed_at": row.proposed_at.isoformat(),
        "decided_by": row.decided_by,
        "decided_at": row.decided_at and row.decided_at.isoformat(),
        "decided_why": row.decided_why,
    }
