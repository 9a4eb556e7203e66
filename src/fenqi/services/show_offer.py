"""An offer is put before the customer: its whole cost and the agreement, as they will be signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fenqi.core.compliance.document import AgreementForm, render_agreement, render_disclosure
from fenqi.core.identity.id_number import mask_id_number
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.merchant.checkout import choose_plan, disclose
from fenqi.core.product.schedule import PlanRow
from fenqi.core.rulepack.text import Rendered
from fenqi.services.identify_customer import known_customer
from fenqi.services.offer import OpenOffer, disclosure_of, open_offer
from fenqi.services.port import Ports
from fenqi.services.purchase import advanced, lock_for_customer, purchase_of
from fenqi.services.show_decision import decision_of_checkout
from fenqi.stores import agreement as agreements
from fenqi.stores import checkout as checkouts
from fenqi.stores import merchant as merchants
from fenqi.stores.agreement import Document, Shown
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection

ALLOCATION = ("penalty", "fee", "interest", "principal")


@dataclass(frozen=True)
class ShownOffer:
    """What the page shows, and how long it must be readable before it can be signed."""

    shown_id: UUID
    shown_at: datetime
    read_seconds_min: int
    offer: dict[str, Any]
    rows: tuple[PlanRow, ...]
    disclosure: Document
    agreement: Document

    def as_dict(self) -> dict[str, Any]:
        """As the page gets it."""
        return {
            "shown_id": str(self.shown_id),
            "shown_at": self.shown_at.isoformat(),
            "read_seconds_min": self.read_seconds_min,
            "offer": self.offer,
            "rows": rows_shown(self.rows),
            "documents": [
                {"document_id": str(one.document_id), "kind": one.kind, "sha256": one.content_hash}
                for one in (self.disclosure, self.agreement)
            ],
        }


def rows_shown(rows: Sequence[PlanRow]) -> list[dict[str, Any]]:
    """A repayment table as pages get it."""
    return [
        {
            "instalment": row.instalment,
            "due_on": row.due_on.isoformat(),
            "principal_minor": row.principal_minor,
            "interest_minor": row.interest_minor,
            "fee_minor": row.fee_minor,
            "total_minor": row.total_minor,
            "balance_minor": row.balance_minor,
        }
        for row in rows
    ]


async def show_offer(
    connection: Connection, ports: Ports, *, checkout_id: UUID, customer_id: UUID, offer_id: str, language: str
) -> ShownOffer:
    """Render and keep the documents of an offer; the reading time begins now.

    Raises: CheckoutNotYours, CheckoutExpired, CheckoutStepOutOfOrder, NotDecided, OfferUnknown, CostAboveCeiling,
    DisclosureIncomplete.
    """
    at, on = ports.business.now(), ports.business.today()
    checkout = await lock_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
    purchase = disclose(choose_plan(purchase_of(checkout), at=at), at=at)
    decision = await decision_of_checkout(connection, checkout)
    offer = open_offer(ports.authority, decision, offer_id=offer_id, on=on)
    disclosure, agreement = await _documents(
        connection, ports, checkout=checkout, customer_id=customer_id, offer=offer, language=language
    )
    shown = Shown(
        b=bucket_of(customer_id),
        shown_id=id_in_bucket(ports.new_id(), bucket_of(customer_id)),
        customer_id=customer_id,
        checkout_id=checkout_id,
        decision_id=decision.decision_id,
        offer=offer_record_of(offer, on=on),
        disclosure_id=disclosure.document_id,
        agreement_document_id=agreement.document_id,
        read_seconds_min=ports.authority.reading_seconds_min(on=on),
        shown_at=at,
    )
    await agreements.add_shown(connection, shown)
    await checkouts.save(connection, advanced(checkout, purchase))
    return ShownOffer(
        shown_id=shown.shown_id,
        shown_at=at,
        read_seconds_min=shown.read_seconds_min,
        offer=shown.offer,
        rows=offer.plan.schedule.rows,
        disclosure=disclosure,
        agreement=agreement,
    )


def offer_record_of(offer: OpenOffer, *, on: date) -> dict[str, Any]:
    """An offer as it is kept with its showing."""
    plan, product = offer.plan, offer.product
    return {
        "offer_id": offer.offer_id,
        "on": on.isoformat(),
        "product_id": product.product_id,
        "tenor": plan.terms.instalment_count,
        "method": plan.terms.method.value,
        "rate_per_year": str(plan.terms.rate_per_year),
        "rounding": plan.terms.rounding.value,
        "principal_minor": plan.schedule.principal_minor,
        "cost_minor": plan.schedule.cost_minor,
        "total_minor": plan.schedule.total_minor,
        "irr_nominal": str(plan.annual.irr_nominal),
        "late_per_day": str(offer.late.per_day),
        "subsidy_payer": offer.payer,
    }


async def _documents(
    connection: Connection,
    ports: Ports,
    *,
    checkout: Checkout,
    customer_id: UUID,
    offer: OpenOffer,
    language: str,
) -> tuple[Document, Document]:
    authority, on = ports.authority, ports.business.today()
    merchant = await merchants.known(connection, merchant_id=checkout.merchant_id)
    customer = await known_customer(connection, customer_id=customer_id)
    name = await ports.keys.unseal(customer.name_sealed or b"", row=customer_id, field="name")
    id_number = await ports.keys.unseal(customer.id_number_sealed or b"", row=customer_id, field="id_number")
    told = disclosure_of(
        authority,
        offer,
        goods=goods_text(checkout),
        merchant=merchant,
        language=language,
        on=on,
    )
    disclosure = render_disclosure(authority.texts.latest("disclosure", language=language), told)
    form = AgreementForm(
        agreement_no=str(checkout.checkout_id),
        order_no=checkout.order_number,
        disclosure=told,
        disclosure_sha256=disclosure.sha256,
        borrower_name=name,
        id_number_masked=mask_id_number(id_number),
        mobile_masked=customer.mobile_masked,
        rate_per_year=offer.plan.terms.rate_per_year,
        allocation=ALLOCATION,
        complaint_contact=authority.house.complaint_contact,
        regulator_contact=authority.house.regulator_contact,
        place_of_performance=authority.house.place_of_performance,
    )
    agreement = render_agreement(authority.texts.latest("agreement", language=language), form)
    return (
        await keep(connection, ports, disclosure, customer_id=customer_id, kind="disclosure"),
        await keep(connection, ports, agreement, customer_id=customer_id, kind="agreement"),
    )


def goods_text(checkout: Checkout) -> str:
    """What was ordered, in one line."""
    return ", ".join(f"{good['name']} × {good['quantity']}" for good in checkout.goods)


async def keep(
    connection: Connection,
    ports: Ports,
    rendered: Rendered,
    *,
    customer_id: UUID,
    kind: str,
    seed: UUID | None = None,
) -> Document:
    """Keep a rendered document for ever; with a seed its id follows from it, so that it is found again by that."""
    b = bucket_of(customer_id)
    document_id = id_in_bucket(seed or ports.new_id(), b)
    document = Document(
        b=b,
        document_id=document_id,
        customer_id=customer_id,
        kind=kind,
        language=rendered.language,
        template_version=str(rendered.version),
        content_hash=rendered.sha256,
        content_sealed=await ports.keys.seal(rendered.content.decode(), row=document_id, field="content"),
        media_type=rendered.media_type,
        created_at=ports.business.now(),
    )
    await agreements.add_document(connection, document)
    return document
