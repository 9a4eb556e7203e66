"""Frozen orders and rings in the console: who is tied to whom, answers, one act on many, rules put to sleep."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from fenqi.api.access import ACCESS, Role
from fenqi.api.body import Body
from fenqi.api.edge import AskingStaff, Installed
from fenqi.core.decision.case import Disposition
from fenqi.core.refusal import Refusal
from fenqi.services.act_on_ring import ActOnRing, RingAct, act_on_order
from fenqi.services.answer_freeze import AnswerFreeze, Verdict, answer_freeze
from fenqi.services.look_at_ring import RingView, look_at_ring
from fenqi.services.note import note
from fenqi.services.work_on_case import find_case, worker_of
from fenqi.stores import checkout as checkouts
from fenqi.stores import freeze as freezes
from fenqi.stores.staff import Staff

router = APIRouter(prefix="/staff", tags=["staff"])
Why = Annotated[str, Field(min_length=5, max_length=2000)]
_CUSTOMER_PAGE = ("GET", "/staff/customers/{customer_id}")


class NewFreezeAnswer(Body):
    """What you say to a frozen order."""

    verdict: Verdict
    reason: Why
    found: Disposition | None = None


class NewRingAct(Body):
    """One thing to do to several orders of a ring."""

    act: RingAct
    reason: Why
    found: Disposition | None = None
    decision_ids: list[UUID] = Field(min_length=1, max_length=64)


@router.post("/decisions/{decision_id}/freeze-answers", status_code=201)
async def post_freeze_answer(
    decision_id: UUID, new: NewFreezeAnswer, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Let a frozen order go on, or end it; from an amount on, two people have to let it go on."""
    command = AnswerFreeze(new.verdict, new.reason, new.found)
    async with installation.transaction() as connection:
        answered = await answer_freeze(
            connection, installation.ports, decision_id=decision_id, staff=staff, command=command
        )
    return {"decision_id": str(decision_id), **vars(answered)}


@router.get("/decisions/{decision_id}/freeze")
async def get_freeze(decision_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Whether and why the order of a decision was frozen, and what people said to it."""
    async with installation.transaction() as connection:
        found = await freezes.of_decision(connection, b=decision_id.bytes[-1], decision_id=decision_id)
        if found is None:
            return {"freeze": None}
        answers = await freezes.answers(connection, found)
        checkout = await checkouts.known(connection, b=found.checkout_b, checkout_id=found.checkout_id)
    told = {
        "checkout_status": checkout.state,
        "frozen_at": found.frozen_at.isoformat(),
        "frozen_by": found.frozen_by,
        "why": found.why,
        "amount_minor": found.amount_minor,
        "pivot_key": found.pivot_key,
        "pivot_value": found.pivot_value,
        "people_needed": found.people_needed,
        "answers": [
            {
                "login": one.login,
                "verdict": one.verdict,
                "reason": one.reason,
                "answered_at": one.answered_at.isoformat(),
            }
            for one in answers
        ],
    }
    return {"freeze": told}


@router.get("/cases/{case_id}/ring")
async def get_ring(case_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Everybody whom strong ties lead to from a case, what ties them, and which of their orders wait."""
    async with installation.transaction() as connection:
        case = await find_case(connection, case_id=case_id)
        view = await look_at_ring(connection, installation.ports, case)
        await note(
            connection,
            installation.ports,
            actor_kind="staff",
            actor=staff.login,
            action="looked_at_ring",
            subject=str(case_id),
            detail={"customers": len(view.customers)},
        )
    return _ring_shown(view, staff=staff)


@router.post("/cases/{case_id}/ring-acts", status_code=201)
async def post_ring_act(case_id: UUID, new: NewRingAct, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Do one thing to several orders of a ring; each is done or refused by itself."""
    async with installation.transaction() as connection:
        case = await find_case(connection, case_id=case_id)
    command = ActOnRing(new.act, new.reason, new.found)
    lines: list[dict[str, Any]] = []
    for decision_id in dict.fromkeys(new.decision_ids):
        line: dict[str, Any] = {"decision_id": str(decision_id), "checkout_status": None, "refusal": None}
        try:
            async with installation.transaction() as connection:
                line["checkout_status"] = await act_on_order(
                    connection, installation.ports, case=case, decision_id=decision_id, staff=staff, command=command
                )
        except Refusal as refusal:
            line["refusal"] = refusal.as_dict()
        lines.append(line)
    return {"orders": lines}


@router.get("/order-log")
async def get_order_log(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """How the engine that counts stands: how far it has read, and a hash of everything it could answer."""
    orders = installation.orders
    return {
        "engine": orders.engine,
        "is_behind": orders.is_behind,
        "position": orders.streams.position,
        "waiting_count": orders.waiting_count,
        "digest": orders.streams.digest(),
    }


def _ring_shown(view: RingView, *, staff: Staff) -> dict[str, Any]:
    case_of = {case.customer_id: case for case in view.cases}
    hops: dict[str, int] = {}
    for tie in view.ring.ties:
        hops.setdefault(tie.customer, tie.hops)
    may_open = not ACCESS[_CUSTOMER_PAGE].isdisjoint(Role(role) for role in staff.roles)
    levels = worker_of(staff).levels
    people: list[dict[str, Any]] = []
    for customer_id in view.customers:
        case = case_of.get(customer_id)
        people.append(
            {
                "customer_id": str(customer_id),
                "hops": hops.get(customer_id.hex, 0),
                "is_frozen": customer_id.hex in view.ring.frozen,
                "is_fraud": customer_id.hex in view.ring.fraud,
                "case_id": case and str(case.case_id),
                "may_open": may_open,
                "may_act": bool(levels) and (case is None or case.level in levels),
            }
        )
    return {
        "people": people,
        "ties": [
            {"customer_id": str(UUID(hex=tie.customer)), "key": tie.key, "value": tie.value, "hops": tie.hops}
            for tie in view.ring.ties
        ],
        "orders": [
            {
                "decision_id": str(order.decision_id),
                "customer_id": str(order.customer_id),
                "decided_at": order.decided_at.isoformat(),
                "status": order.status,
                "amount_minor": order.amount_minor,
            }
            for order in view.orders
        ],
        "is_cut": view.ring.is_cut,
    }
