"""An application is decided: everything known about it, judged at once and kept whole."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec

from fenqi.core.decision.case import CaseKind
from fenqi.core.decision.graph_outcome import decide_by_graph
from fenqi.core.decision.law import decision_law
from fenqi.core.decision.outcome import Decision
from fenqi.core.decision.record import decision_record
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.merchant.purchase import PurchaseState
from fenqi.core.merchant.webhook import Topic
from fenqi.gateways.bureau.port import CreditEnquiry
from fenqi.services.application import facts_of, hold_application
from fenqi.services.attempt import NOWHERE, Origin, to_log
from fenqi.services.freeze_order import freeze_until, purchase_after, to_stop
from fenqi.services.grant_limit import to_grant_limit
from fenqi.services.look_at_network import look_at_network
from fenqi.services.offer import with_own_days
from fenqi.services.open_case import open_case
from fenqi.services.port import Ports
from fenqi.services.prepare_enquiry import Subject
from fenqi.services.purchase import advanced, purchase_of
from fenqi.services.screen_order import order_attempt, screen_order
from fenqi.services.show_decision import new_decision_shown
from fenqi.services.statement import Statement
from fenqi.services.tell_merchant import to_tell_merchant
from fenqi.stores import checkout as checkouts
from fenqi.stores import credit_enquiry as enquiries
from fenqi.stores import customer as customers
from fenqi.stores import decision as decisions
from fenqi.stores.checkout import Checkout
from fenqi.stores.credit_enquiry import Enquiry
from fenqi.stores.customer import OutsideRecord
from fenqi.stores.decision import StoredDecision
from fenqi.stores.fetch import Connection, at_last, together
from fenqi.stores.fetch import Statement as Write

CASE_OF = {PurchaseState.REFERRED: CaseKind.REFERRED, PurchaseState.FROZEN: CaseKind.FROZEN}
"""The states in which people have to look, and as what."""


async def decide_application(
    connection: Connection,
    ports: Ports,
    *,
    subject: Subject,
    statement: Statement,
    enquiry: CreditEnquiry,
    asked: Enquiry,
    origin: Origin = NOWHERE,
) -> dict[str, Any]:
    """Decide, keep the decision, grant the limit or open a case for a person; what the applicant may know of it.

    Raises: CheckoutNotYours, CheckoutExpired, CheckoutStepOutOfOrder, CreditSuspended.
    """
    at = ports.business.now()
    held = await hold_application(connection, ports, subject=subject)
    authority, deciding = ports.authority, ports.strategies.deciding(subject.customer_id, at=at)
    attempt = order_attempt(held.checkout, origin)
    screening = await screen_order(
        connection, ports, attempt, checkout=held.checkout, orders_in_24h_count=held.standing.other_orders_count
    )
    network = await look_at_network(connection, ports, attempt, subject=subject, checkout=held.checkout)
    decided = decide_by_graph(
        facts_of(ports, held, statement=statement, enquiry=enquiry, network=network),
        strategy=deciding.strategy,
        scorecard=authority.scorecard,
        law=decision_law(authority.pack, lender_type=authority.house.lender_type, on=ports.business.today()),
        catalogue=authority.catalogue,
        decided_at=at,
        role=deciding.role,
        is_halted=deciding.is_halted,
        screening=screening,
    )
    stored = stored_of(ports, decided, checkout=held.checkout, customer_id=subject.customer_id)
    purchase = purchase_after(purchase_of(held.checkout), decided, until=freeze_until(ports), at=at)
    following = replace(advanced(held.checkout, purchase), decision_id=stored.decision_id)
    record = await _record(ports, enquiry, customer_id=subject.customer_id)
    granting = ()
    if following.state == PurchaseState.APPROVED:
        granting = to_grant_limit(
            ports,
            stored,
            facts=decided.facts,
            line=held.line,
            standing=held.credit_standing,
            currency=following.currency,
        )
    tried = to_log(connection, ports, attempt)
    besides = (
        enquiries.to_add(asked),
        tried,
        *to_stop(connection, ports, decided, stored, checkout=following, attempt=attempt),
    )
    await _keep(connection, ports, record=record, stored=stored, checkout=following, granting=granting, besides=besides)
    shown = new_decision_shown(decided, stored, state=following.state)
    return with_own_days(authority, shown, customer_id=subject.customer_id, on=ports.business.today())


async def _keep(
    connection: Connection,
    ports: Ports,
    *,
    record: OutsideRecord,
    stored: StoredDecision,
    checkout: Checkout,
    granting: Iterable[Write[Any]],
    besides: Iterable[Write[Any]],
) -> None:
    """Write the record, the decision and what follows from it: the limit, a word to the merchant, or a case."""
    writes: list[Write[Any]] = [
        customers.to_add_outside_record(record),
        decisions.to_add(stored),
        checkouts.to_save(checkout),
        *granting,
        *besides,
    ]
    kind = CASE_OF.get(PurchaseState(checkout.state))
    if kind is not None:
        await together(connection, *writes)
        await open_case(connection, ports, stored, kind=kind, due_at=checkout.expires_at)
        return
    if checkout.state == PurchaseState.DECLINED:
        writes.append(to_tell_merchant(ports, checkout, topic=Topic.CHECKOUT_DECLINED))
    await at_last(connection, *writes)


def stored_of(ports: Ports, decided: Decision, *, checkout: Checkout, customer_id: UUID) -> StoredDecision:
    """A decision as it is kept."""
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
