"""An offer of a decision, as it stands today: terms, plan, costs, and everything the documents say of it."""

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from fenqi.core.billing.cycle import bill_day_of
from fenqi.core.compliance.cost_cap import require_within_cap
from fenqi.core.compliance.disclosure import ContingentCost, Disclosure, Party, disclose, require_complete
from fenqi.core.compliance.late_charge import LateCharge, late_charge
from fenqi.core.decision.pricing import Offer
from fenqi.core.money.amount import Rounding
from fenqi.core.product.capped import CappedPlan, CostAboveCeiling, capped_plan
from fenqi.core.product.catalogue import BillingMode, Product, ProductUnknown
from fenqi.core.product.fee import subsidy_of, subsidy_rows
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.rulepack.ceiling import cost_ceiling
from fenqi.services.authority import Authority
from fenqi.services.show_decision import offers_of
from fenqi.stores.decision import StoredDecision
from fenqi.stores.merchant import Merchant

CURRENCY = "CNY"


class OfferUnknown(Refusal):
    """The decision made no such offer."""

    code: ClassVar[str] = "offer_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@dataclass(frozen=True)
class OpenOffer:
    """An offer with its product, planned from a day on."""

    offer_id: str
    product: Product
    plan: CappedPlan
    late: LateCharge

    @property
    def payer(self) -> str | None:
        """Who pays the interest in the borrower's place, if somebody does."""
        return self.product.interest_paid_by.value if self.product.interest_paid_by else None


def open_offer(authority: Authority, decision: StoredDecision, *, offer_id: str, on: date) -> OpenOffer:
    """Plan an offer again for the day on which it is shown; its price is the decision's.

    Raises: OfferUnknown, CostAboveCeiling.
    """
    content: dict[str, Any] = json.loads(decision.content)
    found = [offer for offer in offers_of(content) if offer["offer_id"] == offer_id]
    if not found:
        known = ", ".join(offer["offer_id"] for offer in offers_of(content))
        raise OfferUnknown("the decision made no such offer", allowed=known)
    product = authority.catalogue.find(found[0]["product_id"])
    return plan_offer(
        authority,
        product,
        offer_id=offer_id,
        tenor=found[0]["tenor"],
        rate_per_year=Decimal(found[0]["rate_per_year"]),
        principal_minor=found[0]["principal_minor"],
        on=on,
        customer_id=decision.customer_id,
    )


def with_own_days(authority: Authority, shown: dict[str, Any], *, customer_id: UUID, on: date) -> dict[str, Any]:
    """A decision as its shopper sees it, with offers in bill mode planned on the shopper's own bill days.

    Each offer also says how it is billed, and for how many days it can be withdrawn from. What is sold no more stays
    as it was decided, and so does what the law would not allow today: both are refused when they are chosen.
    """
    offers = [_with_own_days(authority, offer, customer_id=customer_id, on=on) for offer in shown["offers"]]
    return shown | {"offers": offers}


def _with_own_days(authority: Authority, offer: dict[str, Any], *, customer_id: UUID, on: date) -> dict[str, Any]:
    try:
        product = authority.catalogue.find(offer["product_id"])
    except ProductUnknown:
        return offer | {"billing": None, "cooling_off_days": None}
    told = offer | {"billing": product.billing.value, "cooling_off_days": product.cooling_off.days}
    if product.billing is BillingMode.ORDER:
        return told
    try:
        planned = plan_offer(
            authority,
            product,
            offer_id=offer["offer_id"],
            tenor=offer["tenor"],
            rate_per_year=Decimal(offer["rate_per_year"]),
            principal_minor=offer["principal_minor"],
            on=on,
            customer_id=customer_id,
        )
    except CostAboveCeiling:
        return told
    return told | Offer(product_id=product.product_id, tenor=offer["tenor"], plan=planned.plan).record


def plan_offer(
    authority: Authority,
    product: Product,
    *,
    offer_id: str,
    tenor: int,
    rate_per_year: Decimal,
    principal_minor: int,
    on: date,
    customer_id: UUID,
    rounding: Rounding = Rounding.HALF_UP,
) -> OpenOffer:
    """A product at a price, under the ceiling and the late charge that the law sets on a day.

    In bill mode it falls due after the customer's own bill days.

    Raises: CostAboveCeiling.
    """
    lender_type = authority.house.lender_type
    plan = capped_plan(
        replace(
            product.terms(tenor, rate_per_year=rate_per_year),
            rounding=rounding,
            bill_day=bill_day_of(customer_id) if product.billing is BillingMode.BILL else None,
        ),
        principal_minor=principal_minor,
        start_on=on,
        ceiling=cost_ceiling(authority.pack, lender_type=lender_type, on=on),
    )
    late = late_charge(
        authority.pack,
        lender_type=lender_type,
        on=on,
        contract_percent=plan.terms.rate_per_year * 100,
        agreed_per_day=product.late_per_day,
    )
    return OpenOffer(offer_id=offer_id, product=product, plan=plan, late=late)


def disclosure_of(
    authority: Authority, offer: OpenOffer, *, goods: str, merchant: Merchant, language: str, on: date
) -> Disclosure:
    """The all-in cost of an offer, complete as the law wants it on a day.

    Raises: DisclosureIncomplete, CostAboveCeiling.
    """
    house = authority.house
    lender = house.name[language]
    late = ContingentCost(
        code=offer.late.code,
        base="overdue_principal",
        percent_per_year=offer.late.percent_per_year,
        payee=lender,
    )
    parties = (
        Party(role="lender", name=lender, contact=house.contact),
        Party(role="merchant", name=merchant.name_zh if language == "zh-CN" else merchant.name_en),
    )
    plan = offer.plan
    require_within_cap(plan.schedule, plan.terms, pack=authority.pack, lender_type=house.lender_type, on=on)
    shown = disclose(
        plan,
        on=on,
        currency=CURRENCY,
        parties=parties,
        goods=goods,
        contingent=(late, *_agreed_charges(offer.product, payee=lender)),
        subsidised_minor=_subsidised_minor(offer),
        cooling_off=offer.product.cooling_off,
    )
    fields = authority.pack.value("disclosure.fields", on=on)
    require_complete(shown, fields=fields.value, source=fields.source)
    return shown


def _agreed_charges(product: Product, *, payee: str) -> tuple[ContingentCost, ...]:
    """What may be charged beyond the plan, each with the most of it."""
    charges = {"costs": product.fee_minor_max, "contract_penalty": product.penalty_minor_max}
    return tuple(
        ContingentCost(code=code, base="fixed", percent_per_year=Decimal(0), payee=payee, minor_max=minor)
        for code, minor in charges.items()
        if minor
    )


def _subsidised_minor(offer: OpenOffer) -> int:
    if not offer.product.is_subsidised:
        return 0
    schedule = offer.plan.schedule
    rows = subsidy_rows(
        offer.plan.terms,
        rate_per_year=offer.product.rate_per_year,
        principal_minor=schedule.principal_minor,
        start_on=schedule.start_on,
    )
    return subsidy_of(rows)
