"""How far a customer has come at a checkout, and what was put before them last: everything a page needs to go on."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.merchant.purchase import PLANNABLE, require_step
from fenqi.core.merchant.step import Step, next_step
from fenqi.services.give_consent import consents_wanted
from fenqi.services.issue_plan import plan_seed
from fenqi.services.offer import OpenOffer, open_offer
from fenqi.services.port import Ports
from fenqi.services.purchase import find_for_customer, purchase_of
from fenqi.services.show_decision import decision_of_checkout
from fenqi.services.show_offer import ShownOffer, rows_shown
from fenqi.stores import agreement as agreements
from fenqi.stores.agreement import Document, Shown
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection


@dataclass(frozen=True)
class Progress:
    """A checkout, its next step, and the last showing with the seconds until it may be signed."""

    checkout: Checkout
    step: Step
    shown: ShownOffer | None
    read_seconds_left: int

    def as_dict(self) -> dict[str, Any]:
        """As the page gets it."""
        row = self.checkout
        return {
            "checkout_id": str(row.checkout_id),
            "status": row.state,
            "step": self.step.value,
            "order_number": row.order_number,
            "return_url": row.return_url,
            "expires_at": row.expires_at.isoformat(),
            "authorised_minor": row.authorised_minor,
            "loan_id": None if row.loan_id is None else str(row.loan_id),
            "shown": None if self.shown is None else self.shown.as_dict(),
            "read_seconds_left": self.read_seconds_left,
        }


async def show_progress(connection: Connection, ports: Ports, *, checkout_id: UUID, customer_id: UUID) -> Progress:
    """Where a customer stands at a checkout.

    Raises: CheckoutUnknown, CheckoutNotYours.
    """
    checkout = await find_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
    wanted = await consents_wanted(connection, ports, customer_id=customer_id, language="zh-CN")
    step = next_step(
        purchase_of(checkout), customer_id=customer_id, consents_missing=bool(wanted), at=ports.business.now()
    )
    if step not in {Step.READ, Step.DONE}:
        return Progress(checkout, step, shown=None, read_seconds_left=0)
    b = bucket_of(customer_id)
    shown = await agreements.latest_shown(connection, b=b, checkout_id=checkout_id)
    if shown is None:
        raise LookupError(f"checkout {checkout_id} was disclosed and nothing was shown")
    passed = int((ports.business.now() - shown.shown_at).total_seconds())
    return Progress(
        checkout=checkout,
        step=step,
        shown=await _shown_again(connection, ports, checkout, shown),
        read_seconds_left=max(shown.read_seconds_min - passed, 0) if step is Step.READ else 0,
    )


async def plan_shown(
    connection: Connection, ports: Ports, *, checkout_id: UUID, customer_id: UUID, offer_id: str
) -> dict[str, Any]:
    """The repayment table of an offer from today on, to compare before one is chosen; nothing is kept of it.

    Raises: CheckoutNotYours, OfferUnknown, CostAboveCeiling, and what keeps a checkout from its plan.
    """
    checkout = await find_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
    require_step(purchase_of(checkout), PLANNABLE, at=ports.business.now())
    offer = await _open(connection, ports, checkout, offer_id=offer_id, on=ports.business.today())
    return {"offer_id": offer_id, "rows": rows_shown(offer.plan.schedule.rows)}


async def documents_of_agreement(
    connection: Connection, *, b: int, agreement_id: UUID, checkout_id: UUID
) -> tuple[Document, ...]:
    """What was read and signed, and the plan issued at the delivery if there was one."""
    signed = await agreements.known(connection, b=b, agreement_id=agreement_id)
    shown = await agreements.known_showing(connection, b=b, shown_id=signed.shown_id)
    plan_id = id_in_bucket(plan_seed(checkout_id), b)
    found = [
        await agreements.document(connection, b=b, document_id=document_id)
        for document_id in (shown.disclosure_id, shown.agreement_document_id, plan_id)
    ]
    return tuple(document for document in found if document is not None)


async def _shown_again(connection: Connection, ports: Ports, checkout: Checkout, shown: Shown) -> ShownOffer:
    on = date.fromisoformat(shown.offer["on"])
    offer = await _open(connection, ports, checkout, offer_id=shown.offer["offer_id"], on=on)
    return ShownOffer(
        shown_id=shown.shown_id,
        shown_at=shown.shown_at,
        read_seconds_min=shown.read_seconds_min,
        offer=shown.offer,
        rows=offer.plan.schedule.rows,
        disclosure=await agreements.known_document(connection, b=shown.b, document_id=shown.disclosure_id),
        agreement=await agreements.known_document(connection, b=shown.b, document_id=shown.agreement_document_id),
    )


async def _open(connection: Connection, ports: Ports, checkout: Checkout, *, offer_id: str, on: date) -> OpenOffer:
    decision = await decision_of_checkout(connection, checkout)
    return open_offer(ports.authority, decision, offer_id=offer_id, on=on)
