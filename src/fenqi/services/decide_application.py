"""An application is decided: everything known about it, judged at once and kept whole."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec

from fenqi.core.decision.law import decision_law
from fenqi.core.decision.outcome import Decision, Outcome, decide
from fenqi.core.decision.record import decision_record
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.merchant.checkout import decide as decide_purchase
from fenqi.core.merchant.purchase import PurchaseState, require_step
from fenqi.core.merchant.webhook import Topic
from fenqi.gateways.bureau.port import CreditEnquiry
from fenqi.services.application import gather_facts
from fenqi.services.grant_limit import grant_limit
from fenqi.services.port import Ports
from fenqi.services.prepare_enquiry import APPLICABLE
from fenqi.services.purchase import advanced, lock_for_customer, purchase_of
from fenqi.services.show_decision import decision_shown
from fenqi.services.statement import Statement
from fenqi.services.tell_merchant import tell_merchant
from fenqi.stores import checkout as checkouts
from fenqi.stores import customer as customers
from fenqi.stores import decision as decisions
from fenqi.stores.checkout import Checkout
from fenqi.stores.customer import OutsideRecord
from fenqi.stores.decision import StoredDecision
from fenqi.stores.fetch import Connection

STATE_OF = {
    Outcome.APPROVE: PurchaseState.APPROVED,
    Outcome.REFER: PurchaseState.REFERRED,
    Outcome.DECLINE: PurchaseState.DECLINED,
}


async def decide_application(
    connection: Connection,
    ports: Ports,
    *,
    checkout_id: UUID,
    customer_id: UUID,
    statement: Statement,
    enquiry: CreditEnquiry,
) -> dict[str, Any]:
    """Decide, keep the decision and grant the limit; what the applicant may know of it.

    The customer's row is held, so that two applications at one instant see each other's exposure.

    Raises: CheckoutNotYours, CheckoutExpired, CheckoutStepOutOfOrder.
    """
    at = ports.business.now()
    checkout = await lock_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
    require_step(purchase_of(checkout), APPLICABLE, at=at)
    b = bucket_of(customer_id)
    await customers.lock(connection, b=b, customer_id=customer_id)
    await customers.add_outside_record(connection, await _record(ports, enquiry, customer_id=customer_id))
    facts = await gather_facts(
        connection, ports, checkout=checkout, customer_id=customer_id, statement=statement, enquiry=enquiry
    )
    authority = ports.authority
    decided = decide(
        facts,
        strategy=authority.strategy,
        scorecard=authority.scorecard,
        law=decision_law(authority.pack, lender_type=authority.house.lender_type, on=ports.business.today()),
        catalogue=authority.catalogue,
        decided_at=at,
    )
    stored = _stored(ports, decided, checkout=checkout, customer_id=customer_id)
    await decisions.add(connection, stored)
    purchase = decide_purchase(purchase_of(checkout), outcome=STATE_OF[decided.outcome], at=at)
    following = replace(advanced(checkout, purchase), decision_id=stored.decision_id)
    await checkouts.save(connection, following)
    if decided.outcome is Outcome.APPROVE:
        await grant_limit(connection, ports, stored, currency=checkout.currency)
    if decided.outcome is Outcome.DECLINE:
        await tell_merchant(connection, ports, following, topic=Topic.CHECKOUT_DECLINED)
    return await decision_shown(connection, ports, checkout=following)


def _stored(ports: Ports, decided: Decision, *, checkout: Checkout, customer_id: UUID) -> StoredDecision:
    b = bucket_of(customer_id)
    return StoredDecision(
        b=b,
        decision_id=id_in_bucket(ports.new_id(), b),
        customer_id=customer_id,
        checkout_b=checkout.b,
        checkout_id=checkout.checkout_id,
        outcome=decided.outcome.value,
        points=decided.scored.points if decided.scored else None,
        limit_minor=decided.limit.granted_minor if decided.limit else 0,
        strategy_version=decided.strategy.version,
        scorecard_version=decided.scorecard_version,
        rulepack_on=decided.law.on,
        content=decision_record(decided),
        decided_at=decided.decided_at,
    )


async def _record(ports: Ports, enquiry: CreditEnquiry, *, customer_id: UUID) -> OutsideRecord:
    b = bucket_of(customer_id)
    record_id = id_in_bucket(ports.new_id(), b)
    content = msgspec.json.encode(enquiry).decode()
    return OutsideRecord(
        b=b,
        record_id=record_id,
        customer_id=customer_id,
        kind="credit_record",
        source=enquiry.provider,
        is_stand_in=enquiry.stand_in,
        content_sealed=await ports.keys.seal(content, row=record_id, field="content"),
        observed_at=enquiry.observed_at,
    )
