"""What the staff console's routes answer."""

from datetime import datetime
from typing import Literal

from fenqi.api.shape.credit import LoanLine
from fenqi.api.shape.part import Page, Shape
from fenqi.api.shape.staff_book import SHAPES as BOOK
from fenqi.api.shape.staff_case import SHAPES as CASE
from fenqi.api.shape.staff_decision import SHAPES as DECISION
from fenqi.api.shape.staff_decision import DecisionLine
from fenqi.api.shape.staff_loan import SHAPES as LOAN
from fenqi.api.shape.staff_portfolio import SHAPES as PORTFOLIO
from fenqi.api.shape.staff_ring import SHAPES as RING
from fenqi.api.shape.staff_shadow import SHAPES as SHADOW
from fenqi.api.shape.staff_strategy import SHAPES as STRATEGY
from fenqi.stores.waiting import Queue


class StaffSessionShape(Shape):
    """A session of a member of staff; its token is told once."""

    token: str
    expires_at: datetime
    roles: list[str]


class QueueLine(Shape):
    """A queue of work, and how much waits in it, as far as it is counted."""

    queue: Queue
    count: int
    has_more: bool


class WaitingShape(Shape):
    """The queues that whoever has logged in may open."""

    waiting: list[QueueLine]


class StaffShape(Shape):
    """Who is here, and what they are there for."""

    login: str
    roles: list[str]
    is_demo: bool


class SearchHit(Shape):
    """One thing that was found."""

    kind: Literal["customer", "checkout", "decision", "loan", "transaction", "merchant"]
    id: str
    name: str
    status: str
    amount_minor: int | None
    currency: str


class SearchShape(Shape):
    """What a number stands for."""

    hits: list[SearchHit]


class StaffCustomerShape(Shape):
    """A customer, masked."""

    customer_id: str
    mobile_masked: str
    name_masked: str | None
    assurance: str
    created_at: str
    loans: list[LoanLine]
    decisions: list[DecisionLine]


class LookShape(Shape):
    """A customer, seen once."""

    customer_id: str
    mobile: str
    name: str | None
    id_number: str | None
    born_on: str | None


class AuditLine(Shape):
    """Who did or saw what."""

    audit_id: str
    actor: str
    action: str
    subject: str
    detail: dict[str, str]
    recorded_at: str


class AuditShape(Page):
    """The trail, newest first."""

    audit: list[AuditLine]


SHAPES: dict[tuple[str, str], type[Shape]] = {
    **DECISION,
    **BOOK,
    **CASE,
    **LOAN,
    **PORTFOLIO,
    **STRATEGY,
    **SHADOW,
    **RING,
    ("POST", "/staff/session"): StaffSessionShape,
    ("GET", "/staff/me"): StaffShape,
    ("GET", "/staff/waiting"): WaitingShape,
    ("POST", "/staff/searches"): SearchShape,
    ("GET", "/staff/customers/{customer_id}"): StaffCustomerShape,
    ("POST", "/staff/customers/{customer_id}/looks"): LookShape,
    ("GET", "/staff/audit"): AuditShape,
}
