"""What staff find and whom they see: the search, customers masked, and the look behind the mask that is kept."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from fenqi.api.access import ACCESS, Role
from fenqi.api.body import Body
from fenqi.api.console_list import decision_line
from fenqi.api.edge import AskingStaff, Installed, RoleMissing
from fenqi.services.find_loan import find_loan
from fenqi.services.look_at_customer import find_customer, look_at_customer, masked_customer
from fenqi.services.note import note
from fenqi.services.search import Hit, HitKind, masked, names_people, search
from fenqi.stores import checkout, loan, staff_list
from fenqi.stores import timeline as timelines
from fenqi.stores.loan import Loan, LoanEvent
from fenqi.stores.staff import Staff

router = APIRouter(prefix="/staff", tags=["staff"])
_DECISIONS_MAX = 50
_EVENTS_MAX = 200
_SHOWN_AT = {
    HitKind.CUSTOMER: ("GET", "/staff/customers/{customer_id}"),
    HitKind.CHECKOUT: ("POST", "/staff/searches"),
    HitKind.DECISION: ("GET", "/staff/decisions/{decision_id}"),
    HitKind.LOAN: ("GET", "/staff/loans/{loan_id}"),
    HitKind.TRANSACTION: ("GET", "/staff/ledger/transactions/{transaction_id}"),
    HitKind.MERCHANT: ("GET", "/staff/merchants"),
}
"""A hit is told to whoever may open it."""


class NewSearch(Body):
    """What is looked for: in the body, since an address is written into logs and histories."""

    q: str = Field(min_length=4, max_length=80)


class NewLook(Body):
    """Why somebody has to know who a customer is."""

    reason: str = Field(min_length=5, max_length=500)


@router.post("/searches")
async def search_everything(new: NewSearch, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """What an order number, an id or a mobile number stands for, as far as the asker may open it.

    Raises: RoleMissing if somebody looks for a person who is not there for people.
    """
    asked = new.q.strip()
    if names_people(asked) and not _may_open(staff, HitKind.CUSTOMER):
        allowed = ", ".join(sorted(ACCESS[_SHOWN_AT[HitKind.CUSTOMER]]))
        raise RoleMissing("your roles do not include looking for people", allowed=allowed)
    async with installation.transaction() as connection:
        hits = await search(connection, installation.ports, asked=asked)
        await note(
            connection,
            installation.ports,
            actor_kind="staff",
            actor=staff.login,
            action="searched",
            subject=masked(asked, is_number_of_ours=bool(hits)),
        )
    return {"hits": [_hit_line(hit) for hit in hits if _may_open(staff, hit.kind)]}


@router.get("/customers/{customer_id}")
async def get_customer(customer_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """A customer, masked, with their loans and decisions."""
    async with installation.transaction() as connection:
        customer = await find_customer(connection, customer_id=customer_id)
        loans = await loan.of_customer(connection, b=customer.b, customer_id=customer_id)
        decisions = await staff_list.decisions_of_customer(
            connection, b=customer.b, customer_id=customer_id, limit=_DECISIONS_MAX
        )
        shown = await masked_customer(installation.ports, customer)
    return shown | {
        "loans": [_loan_line(row) for row in loans],
        "decisions": [decision_line(row) for row in decisions],
    }


@router.get("/customers/{customer_id}/timeline")
async def get_customer_timeline(customer_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """What happened to a customer: loans, contacts, warnings with their steps and calls, help, complaints.

    Raises: CustomerUnknown.
    """
    async with installation.reading() as connection:
        customer = await find_customer(connection, customer_id=customer_id)
        events = await timelines.of_customer(connection, b=customer.b, customer_id=customer_id, limit=_EVENTS_MAX)
    return {
        "events": [
            {
                "kind": event.kind,
                "subject_id": str(event.subject_id),
                "at": event.at.isoformat(),
                "told": event.told,
                "by": event.by,
            }
            for event in events
        ]
    }


@router.post("/customers/{customer_id}/looks", status_code=201)
async def look(customer_id: UUID, new: NewLook, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """See behind the mask, once, for a reason that is kept."""
    async with installation.transaction() as connection:
        return await look_at_customer(
            connection, installation.ports, customer_id=customer_id, staff=staff, reason=new.reason
        )


@router.get("/loans/{loan_id}/file")
async def get_loan_file(loan_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """What belongs to a loan beside its schedule: order, borrower masked, and every event as it arrived."""
    async with installation.transaction() as connection:
        row = await find_loan(connection, loan_id=loan_id)
        customer = await find_customer(connection, customer_id=row.customer_id)
        order = await checkout.known(connection, b=row.checkout_b, checkout_id=row.checkout_id)
        events = await loan.events(connection, b=row.b, loan_id=loan_id)
    return {
        "loan_id": str(loan_id),
        "order_number": order.order_number,
        "decision_id": None if order.decision_id is None else str(order.decision_id),
        "customer_id": str(row.customer_id),
        "mobile_masked": customer.mobile_masked,
        "booked_on": row.books_on.isoformat(),
        "events": [_event_line(event) for event in events],
    }


def _may_open(staff: Staff, kind: HitKind) -> bool:
    return not ACCESS[_SHOWN_AT[kind]].isdisjoint(Role(role) for role in staff.roles)


def _hit_line(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind.value,
        "id": str(hit.id),
        "name": hit.name,
        "status": hit.status,
        "amount_minor": hit.amount_minor,
        "currency": hit.currency,
    }


def _loan_line(row: Loan) -> dict[str, Any]:
    return {
        "loan_id": str(row.loan_id),
        "status": row.status,
        "principal_minor": row.principal_minor,
        "outstanding_minor": row.outstanding_minor,
        "overpaid_minor": row.overpaid_minor,
        "currency": row.currency,
        "drawn_on": row.drawn_on.isoformat(),
        "next_due_on": None if row.next_due_on is None else row.next_due_on.isoformat(),
    }


def _event_line(event: LoanEvent) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "kind": event.kind,
        "happened_on": event.happened_on.isoformat(),
        "recorded_at": event.recorded_at.isoformat(),
        "content": event.content,
    }
