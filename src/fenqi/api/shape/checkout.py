"""What the routes of a checkout answer."""

from typing import Literal

from pydantic import Field

from fenqi.api.shape.credit import DocumentsShape
from fenqi.api.shape.hardship import PaperLineShape
from fenqi.api.shape.part import Names, PlanRow, SentCodeShape, SessionShape, Shape
from fenqi.core.decision.qualification import Layer
from fenqi.core.decision.screening_strategy import StepUp
from fenqi.core.merchant.purchase import PurchaseState
from fenqi.core.merchant.step import Step
from fenqi.core.product.catalogue import BillingMode
from fenqi.core.product.goods import GoodsCategory

Outcome = Literal["approve", "refer", "decline"]


class GoodShape(Shape):
    """One line of the order."""

    sku: str
    name: str
    price_minor: int
    quantity: int
    category: GoodsCategory | None = None


class CheckoutShape(Shape):
    """What is being bought."""

    checkout_id: str
    status: PurchaseState
    merchant: Names
    goods: list[GoodShape]
    amount_minor: int
    currency: str
    expires_at: str


class IdentityShape(Shape):
    """The registry's answer."""

    match: str
    provider: str
    is_stand_in: bool


class Consent(Shape):
    """One text to agree to."""

    purpose: str
    recipient: str
    source: str
    text: str
    text_sha256: str
    text_version: int
    ticked: bool


class ConsentsShape(Shape):
    """Everything still to agree to."""

    consents: list[Consent]
    optional: list[Consent]


class GivenShape(Shape):
    """How many consents were kept."""

    given_count: int


class Change(Shape):
    """What would change a reason, in both languages."""

    zh_cn: str = Field(alias="zh-CN")
    en: str


class Reason(Shape):
    """One principal reason."""

    code: str
    zh_cn: str = Field(alias="zh-CN")
    en: str
    change: Change


class Offer(Shape):
    """One plan on offer; rates are shares as exact decimals; the last two are not known of what is sold no more."""

    offer_id: str
    product_id: str
    tenor: int
    method: str
    rate_per_year: str
    rounding: str
    principal_minor: int
    instalment_minor_max: int
    cost_minor: int
    total_minor: int
    first_due_on: str
    last_due_on: str
    irr_nominal: str
    billing: BillingMode | None
    cooling_off_days: int | None


class Said(Shape):
    """What a person said of the decision."""

    verdict: str
    reason: str


class NeededLayer(Shape):
    """A layer of an application that waits, of which more is needed: why, and what would help."""

    layer: Layer
    reasons: list[Reason]


class DecisionShape(Shape):
    """A decision as its applicant sees it."""

    decision_id: str
    outcome: Outcome
    step_up: StepUp | None
    status: PurchaseState
    decided_at: str
    limit_minor: int
    reasons: list[Reason]
    offers: list[Offer]
    sources: list[str]
    person_asked: bool
    person_said: list[Said]
    papers: list[PaperLineShape]
    needed: list[NeededLayer]


class ProvenShape(Shape):
    """How a checkout stands after its customer has shown who they are."""

    checkout_id: str
    status: PurchaseState


class ReviewShape(Shape):
    """A person was asked for."""

    review_id: str


class ShownOffer(Shape):
    """An offer as it was shown."""

    offer_id: str
    on: str
    product_id: str
    tenor: int
    method: str
    rate_per_year: str
    rounding: str
    principal_minor: int
    cost_minor: int
    total_minor: int
    irr_nominal: str
    late_per_day: str
    subsidy_payer: str | None


class ShownDocument(Shape):
    """A document to be read and signed."""

    document_id: str
    kind: Literal["disclosure", "agreement"]
    sha256: str


class ShownShape(Shape):
    """What was put before the shopper."""

    shown_id: str
    shown_at: str
    read_seconds_min: int
    offer: ShownOffer
    rows: list[PlanRow]
    documents: list[ShownDocument]


class ProgressShape(Shape):
    """Where a shopper stands at a checkout."""

    checkout_id: str
    status: PurchaseState
    step: Step
    order_number: str
    return_url: str
    expires_at: str
    authorised_minor: int
    loan_id: str | None
    shown: ShownShape | None
    read_seconds_left: int


class TakenUpShape(Shape):
    """A checkout that was taken up."""

    checkout_id: str


class PlanShape(Shape):
    """The repayment table of an offer."""

    offer_id: str
    rows: list[PlanRow]


class SignedShape(Shape):
    """A signed purchase."""

    checkout_id: str
    status: PurchaseState
    agreement_id: str
    authorised_minor: int
    expires_at: str


_AT = "/h5/checkouts/{checkout_id}"
SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", _AT): CheckoutShape,
    ("POST", f"{_AT}/codes"): SentCodeShape,
    ("POST", f"{_AT}/sessions"): SessionShape,
    ("GET", f"{_AT}/progress"): ProgressShape,
    ("PUT", f"{_AT}/customer"): TakenUpShape,
    ("POST", f"{_AT}/identity"): IdentityShape,
    ("GET", f"{_AT}/consents"): ConsentsShape,
    ("POST", f"{_AT}/consents"): GivenShape,
    ("POST", f"{_AT}/decision"): DecisionShape,
    ("GET", f"{_AT}/decision"): DecisionShape,
    ("POST", f"{_AT}/proof-codes"): SentCodeShape,
    ("POST", f"{_AT}/proofs/code"): ProvenShape,
    ("POST", f"{_AT}/proofs/identity"): ProvenShape,
    ("POST", f"{_AT}/reviews"): ReviewShape,
    ("GET", f"{_AT}/offers/{{offer_id}}"): PlanShape,
    ("POST", f"{_AT}/disclosures"): ShownShape,
    ("POST", f"{_AT}/signing-codes"): SentCodeShape,
    ("POST", f"{_AT}/signatures"): SignedShape,
    ("GET", f"{_AT}/documents"): DocumentsShape,
}
