"""What the routes of collection answer."""

from typing import Literal

from fenqi.api.shape.part import Names, Page, Parts, Shape
from fenqi.api.shape.staff_loan import ChangeShape
from fenqi.core.collection.agency import AgencyChangeKind
from fenqi.core.collection.contact import ContactChannel
from fenqi.core.collection.legal import LegalStep
from fenqi.core.collection.promise import PromiseState
from fenqi.core.collection.strategy import Action
from fenqi.core.loan.state import Status


class CollectionCaseLine(Shape):
    """A collection case in a list."""

    case_id: str
    customer_id: str
    opened_on: str
    late_from_on: str
    days_past_due: int
    loan_count: int
    overdue_minor: int
    owed_minor: int
    stage: Literal["reminder", "early", "middle", "late", "legal"]
    risk: Literal["low", "medium", "high"]
    strategy_version: str
    taken_by: str | None
    agency_id: str | None
    legal_step: LegalStep | None
    closed_on: str | None


class WorklistShape(Page):
    """Collection cases in an order."""

    cases: list[CollectionCaseLine]


class CaseCustomer(Shape):
    """Whom a case is about, masked."""

    customer_id: str
    mobile_masked: str
    name_masked: str | None
    assurance: str
    created_at: str


class CaseLoan(Shape):
    """A loan in a case, and what is owed of it."""

    loan_id: str
    status: Status
    currency: str
    days_past_due: int
    overdue: Parts
    outstanding: Parts
    payoff_minor: int
    charged_off_on: str | None
    is_held: bool


class NextActionShape(Shape):
    """What is best next, why, and what to say."""

    action: Action
    rule: str
    reason: Names
    script: Names | None
    strategy_version: str


class ContactOption(Shape):
    """Whether a contact may begin now; if not, by which rule, and from when."""

    channel: ContactChannel
    is_allowed: bool
    code: str
    what: str
    allowed: str
    source: str
    allowed_from: str | None


class PromiseShape(Shape):
    """A promise to pay."""

    promise_id: str
    amount_minor: int
    promised_on: str
    made_by: str
    made_at: str
    state: PromiseState
    paid_minor: int
    decided_on: str | None


class CaseHistoryLine(Shape):
    """A contact, a payment, or something done in a case."""

    at: str
    kind: Literal["contact", "payment", "event"]
    what: str
    by: str
    text: str
    amount_minor: int | None
    results: list[str]
    contact_id: str | None


class CollectionCaseShape(CollectionCaseLine):
    """A case as a workspace."""

    customer: CaseCustomer
    agency: str | None
    stops: list[str]
    overdue: Parts
    loans: list[CaseLoan]
    next_action: NextActionShape
    template: str
    options: list[ContactOption]
    promises: list[PromiseShape]
    history: list[CaseHistoryLine]


class BegunCaseContactShape(Shape):
    """A contact that begins; a message has no number, it leaves by itself."""

    contact_id: str
    text: str
    mobile: str


class AgencyOnListShape(Shape):
    """An agency on the list: its contract, its assessment, and what it is to earn."""

    agency_id: str
    name: str
    contract_from: str
    contract_until: str
    assessed_on: str
    commission_permille: int


class AgencyLine(AgencyOnListShape):
    """The same, with what it has in hand and has earned."""

    case_count: int
    commission_minor: int


class AgencyChangeLine(Shape):
    """What changed about an agency: which day stood there, and which stands there since."""

    change_id: str
    agency_id: str
    kind: AgencyChangeKind
    was_on: str
    is_on: str
    why: str
    changed_by: str
    changed_at: str


class AgenciesShape(Shape):
    """The list of agencies."""

    agencies: list[AgencyLine]
    changes: list[AgencyChangeLine]


class AgencyMemberShape(Shape):
    """A login that belongs to an agency."""

    agency_id: str
    login: str


class WriteOffShape(Shape):
    """The changes that wait for somebody else."""

    changes: list[ChangeShape]


class CollectionFigureLine(Shape):
    """An action in a month: how often, at what cost, and what was paid after it."""

    month_on: str
    action: Literal["inbox", "sms", "voice_notice", "call", "agency", "legal", "none"]
    action_count: int
    cost_minor: int
    payment_count: int
    brought_minor: int


class CollectionFiguresShape(Shape):
    """What collection cost and brought."""

    lines: list[CollectionFigureLine]


_CASE = "/staff/collection-cases/{case_id}"
SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/staff/collection-cases"): WorklistShape,
    ("POST", "/staff/collection-cases/next"): CollectionCaseShape,
    ("GET", _CASE): CollectionCaseShape,
    ("POST", f"{_CASE}/taking"): CollectionCaseShape,
    ("POST", f"{_CASE}/release"): CollectionCaseShape,
    ("POST", f"{_CASE}/notes"): CollectionCaseShape,
    ("POST", f"{_CASE}/contacts"): BegunCaseContactShape,
    ("POST", f"{_CASE}/contacts/{{contact_id}}/outcome"): CollectionCaseShape,
    ("POST", f"{_CASE}/promises"): CollectionCaseShape,
    ("POST", f"{_CASE}/traces"): CollectionCaseShape,
    ("POST", f"{_CASE}/assignment"): CollectionCaseShape,
    ("POST", f"{_CASE}/recall"): CollectionCaseShape,
    ("POST", f"{_CASE}/legal-steps"): CollectionCaseShape,
    ("POST", f"{_CASE}/write-off"): WriteOffShape,
    ("GET", "/staff/collection-figures"): CollectionFiguresShape,
    ("GET", "/staff/agencies"): AgenciesShape,
    ("POST", "/staff/agencies"): AgencyLine,
    ("POST", "/staff/agencies/{agency_id}/members"): AgencyMemberShape,
    ("POST", "/staff/agencies/{agency_id}/renewal"): AgencyOnListShape,
    ("POST", "/staff/agencies/{agency_id}/assessment"): AgencyOnListShape,
    ("POST", "/staff/agencies/{agency_id}/end"): AgencyOnListShape,
}
