"""The final plan is issued at the capture, and may not cost more than was disclosed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from fenqi.core.compliance.disclosure import Disclosure, PlanCostsMore, require_within_disclosure
from fenqi.core.compliance.document import render_plan
from fenqi.core.money.amount import Rounding
from fenqi.core.product.terms import Terms
from fenqi.services.offer import OpenOffer, disclosure_of, plan_offer
from fenqi.services.port import Ports
from fenqi.services.show_offer import goods_text, keep
from fenqi.stores import agreement as agreements
from fenqi.stores import merchant as merchants
from fenqi.stores.agreement import Document, Shown, SignedAgreement
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection
from fenqi.stores.merchant import Merchant


@dataclass(frozen=True)
class IssuedPlan:
    """The terms that give the plan issued, and the document that says so."""

    terms: Terms
    document: Document


@dataclass(frozen=True)
class _Purchase:
    ports: Ports
    shown: Shown
    checkout: Checkout
    merchant: Merchant
    language: str

    def offer(self, principal_minor: int, *, on: date, rounding: Rounding = Rounding.HALF_UP) -> OpenOffer:
        offered = self.shown.offer
        return plan_offer(
            self.ports.authority,
            self.ports.authority.catalogue.find(offered["product_id"]),
            offer_id=offered["offer_id"],
            tenor=offered["tenor"],
            rate_per_year=Decimal(offered["rate_per_year"]),
            principal_minor=principal_minor,
            on=on,
            customer_id=self.shown.customer_id,
            rounding=rounding,
        )

    def told(self, offer: OpenOffer, *, on: date) -> Disclosure:
        return disclosure_of(
            self.ports.authority,
            offer,
            goods=goods_text(self.checkout),
            merchant=self.merchant,
            language=self.language,
            on=on,
        )


async def issue_plan(
    connection: Connection, ports: Ports, *, signed: SignedAgreement, checkout: Checkout, captured_minor: int
) -> IssuedPlan:
    """Plan what is really drawn, hold it against what was disclosed, and keep its document.

    A smaller amount may round to a dearer plan; its interest is then truncated, which never is.

    Raises: PlanCostsMore, CostAboveCeiling.
    """
    shown = await agreements.known_showing(connection, b=signed.b, shown_id=signed.shown_id)
    disclosure = await agreements.known_document(connection, b=signed.b, document_id=shown.disclosure_id)
    merchant = await merchants.known(connection, merchant_id=checkout.merchant_id)
    purchase = _Purchase(ports, shown, checkout, merchant, disclosure.language)
    offer, told = _within_disclosure(purchase, captured_minor=captured_minor)
    rendered = render_plan(
        ports.authority.texts.latest("plan", language=disclosure.language),
        agreement_no=str(signed.agreement_id),
        order_no=checkout.order_number,
        plan=told,
    )
    document = await keep(
        connection, ports, rendered, customer_id=signed.customer_id, kind="plan", seed=plan_seed(checkout.checkout_id)
    )
    return IssuedPlan(terms=offer.plan.terms, document=document)


def plan_seed(checkout_id: UUID) -> UUID:
    """What the id of a checkout's plan document follows from: there is one capture, and so one plan."""
    return uuid5(checkout_id, "plan")


def _within_disclosure(purchase: _Purchase, *, captured_minor: int) -> tuple[OpenOffer, Disclosure]:
    try:
        return _planned(purchase, captured_minor=captured_minor, rounding=Rounding.HALF_UP)
    except PlanCostsMore:
        return _planned(purchase, captured_minor=captured_minor, rounding=Rounding.DOWN)


def _planned(purchase: _Purchase, *, captured_minor: int, rounding: Rounding) -> tuple[OpenOffer, Disclosure]:
    """Raises: PlanCostsMore."""
    today, offered = purchase.ports.business.today(), purchase.shown.offer
    shown_on = date.fromisoformat(offered["on"])
    disclosed = purchase.told(purchase.offer(offered["principal_minor"], on=shown_on), on=shown_on)
    offer = purchase.offer(captured_minor, on=today, rounding=rounding)
    issued = purchase.told(offer, on=today)
    require_within_disclosure(issued.rows, annual_percent=issued.annual_percent, disclosed=disclosed)
    return offer, issued
