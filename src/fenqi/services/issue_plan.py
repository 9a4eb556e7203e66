"""The final plan is issued at the capture, and may not cost more than was disclosed."""

from datetime import date
from decimal import Decimal
from typing import Any

from fenqi.core.compliance.disclosure import Disclosure, require_within_disclosure
from fenqi.core.compliance.document import render_plan
from fenqi.services.book_loan import OpenLoan
from fenqi.services.offer import disclosure_of, plan_offer
from fenqi.services.port import Ports
from fenqi.services.show_offer import goods_text, keep
from fenqi.stores import agreement as agreements
from fenqi.stores import merchant as merchants
from fenqi.stores.agreement import Document, SignedAgreement
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection
from fenqi.stores.merchant import Merchant


async def issue_plan(
    connection: Connection, ports: Ports, loan: OpenLoan, *, signed: SignedAgreement, checkout: Checkout
) -> Document:
    """Render the plan of what was really drawn, check it against what was disclosed, and keep it.

    Raises: PlanCostsMore, CostAboveCeiling.
    """
    shown = await agreements.known_showing(connection, b=signed.b, shown_id=signed.shown_id)
    disclosure = await agreements.known_document(connection, b=signed.b, document_id=shown.disclosure_id)
    merchant = await merchants.known(connection, merchant_id=checkout.merchant_id)
    language = disclosure.language

    def told(principal_minor: int, *, on: date) -> Disclosure:
        return _told(ports, shown.offer, checkout, merchant, principal_minor=principal_minor, language=language, on=on)

    issued = told(loan.row.principal_minor, on=loan.row.drawn_on)
    disclosed = told(shown.offer["principal_minor"], on=loan.agreement.signed_on)
    require_within_disclosure(issued.rows, annual_percent=issued.annual_percent, disclosed=disclosed)
    rendered = render_plan(
        ports.authority.texts.latest("plan", language=language),
        agreement_no=str(signed.agreement_id),
        order_no=checkout.order_number,
        plan=issued,
    )
    return await keep(connection, ports, rendered, customer_id=signed.customer_id, kind="plan")


def _told(
    ports: Ports,
    offered: dict[str, Any],
    checkout: Checkout,
    merchant: Merchant,
    *,
    principal_minor: int,
    language: str,
    on: date,
) -> Disclosure:
    offer = plan_offer(
        ports.authority,
        ports.authority.catalogue.find(offered["product_id"]),
        offer_id=offered["offer_id"],
        tenor=offered["tenor"],
        rate_per_year=Decimal(offered["rate_per_year"]),
        principal_minor=principal_minor,
        on=on,
    )
    return disclosure_of(
        ports.authority, offer, goods=goods_text(checkout), merchant=merchant, language=language, on=on
    )
