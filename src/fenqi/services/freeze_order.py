"""An order is frozen: by the screening as it is decided, or by people who look into a ring."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from fenqi.core.decision.case import CaseKind
from fenqi.core.decision.outcome import Decision, Outcome
from fenqi.core.decision.record import credit_outcome_of
from fenqi.core.decision.screening import Pivot
from fenqi.core.decision.screening_strategy import ScreeningAction
from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.merchant.checkout import decide as decide_purchase
from fenqi.core.merchant.freeze import challenge, freeze
from fenqi.core.merchant.purchase import Purchase, PurchaseState
from fenqi.core.velocity.entry import EntryKind
from fenqi.services.attempt import Attempt, log, of_decision, to_log
from fenqi.services.open_case import open_case
from fenqi.services.port import Ports
from fenqi.services.purchase import advanced, purchase_of
from fenqi.services.review_decision import find_decision
from fenqi.services.watch_customer import ORDER_FROZEN, to_watch_customer
from fenqi.stores import checkout as checkouts
from fenqi.stores import freeze as freezes
from fenqi.stores.checkout import Checkout
from fenqi.stores.decision import StoredDecision
from fenqi.stores.fetch import Connection, Statement, together
from fenqi.stores.freeze import Freeze

STATE_OF = {
    Outcome.APPROVE: PurchaseState.APPROVED,
    Outcome.REFER: PurchaseState.REFERRED,
    Outcome.DECLINE: PurchaseState.DECLINED,
}
SCREENING = "screening"


def freeze_until(ports: Ports) -> datetime:
    """Until when a frozen order waits for people."""
    return ports.business.now() + timedelta(hours=ports.authority.screening.hold_hours)


def purchase_after(purchase: Purchase, decided: Decision, *, until: datetime, at: datetime) -> Purchase:
    """The purchase as a decision leaves it; what the screening stopped waits, unless it was declined anyway."""
    action = ScreeningAction.ALLOW if decided.screening is None else decided.screening.action
    if decided.outcome is not Outcome.DECLINE and action is ScreeningAction.FREEZE:
        return freeze(purchase, until=until, at=at)
    if decided.outcome is not Outcome.DECLINE and action is ScreeningAction.STEP_UP:
        return challenge(purchase, at=at)
    return decide_purchase(purchase, outcome=STATE_OF[decided.outcome], at=at)


def to_stop(
    connection: Connection,
    ports: Ports,
    decided: Decision,
    stored: StoredDecision,
    *,
    checkout: Checkout,
    attempt: Attempt,
) -> tuple[Statement[Any], ...]:
    """Keeps that and why an order was frozen as it was decided; nothing for one that was not."""
    screening = decided.screening
    if screening is None or checkout.state != PurchaseState.FROZEN:
        return ()
    goes_on_as = STATE_OF[decided.outcome if decided.credit is None else decided.credit.outcome]
    frozen = Freeze(
        b=stored.b,
        freeze_id=id_in_bucket(uuid5(stored.decision_id, SCREENING), stored.b),
        customer_id=stored.customer_id,
        decision_id=stored.decision_id,
        checkout_b=checkout.b,
        checkout_id=checkout.checkout_id,
        amount_minor=checkout.amount_minor,
        goes_on_as=goes_on_as.value,
        pivot_key=screening.pivot and screening.pivot.key,
        pivot_value=screening.pivot and screening.pivot.value,
        people_needed=ports.authority.screening.people_needed(checkout.amount_minor),
        frozen_by=SCREENING,
        why=", ".join(reason.code for reason in screening.reasons),
        frozen_at=ports.business.now(),
    )
    return (
        freezes.to_add(frozen),
        to_watch_customer(ports, customer_id=stored.customer_id, kind=ORDER_FROZEN, about=frozen.freeze_id),
        to_log(connection, ports, replace(attempt, kind=EntryKind.FROZEN)),
    )


async def freeze_order(
    connection: Connection, ports: Ports, *, decision_id: UUID, by: str, why: str, pivot: Pivot | None
) -> Checkout:
    """Freeze an order that was decided and has not been delivered, because people saw something in its ring.

    Raises: DecisionUnknown, CheckoutFrozen, AlreadyCaptured, CheckoutExpired, the refusals of a purchase that is over.
    """
    stored = await find_decision(connection, decision_id=decision_id)
    checkout = await checkouts.lock(connection, b=stored.checkout_b, checkout_id=stored.checkout_id)
    if checkout is None:
        raise LookupError(f"decision {decision_id} names a checkout that is not there")
    at = ports.business.now()
    following = advanced(checkout, freeze(purchase_of(checkout), until=freeze_until(ports), at=at))
    frozen = Freeze(
        b=stored.b,
        freeze_id=id_in_bucket(ports.new_id(), stored.b),
        customer_id=stored.customer_id,
        decision_id=decision_id,
        checkout_b=checkout.b,
        checkout_id=checkout.checkout_id,
        amount_minor=checkout.amount_minor,
        goes_on_as=_goes_on_as(checkout, stored).value,
        pivot_key=pivot and pivot.key,
        pivot_value=pivot and pivot.value,
        people_needed=ports.authority.screening.people_needed(checkout.amount_minor),
        frozen_by=by,
        why=why,
        frozen_at=at,
    )
    watch = to_watch_customer(ports, customer_id=stored.customer_id, kind=ORDER_FROZEN, about=frozen.freeze_id)
    await together(connection, freezes.to_add(frozen), checkouts.to_save(following), watch)
    await open_case(connection, ports, stored, kind=CaseKind.FROZEN, due_at=following.expires_at)
    await log(connection, ports, of_decision(following, EntryKind.FROZEN, json.loads(stored.content)))
    return following


def _goes_on_as(checkout: Checkout, stored: StoredDecision) -> PurchaseState:
    """Where a purchase stood; one whose customer was to show who they are goes on as it was decided."""
    state = PurchaseState(checkout.state)
    return STATE_OF[credit_outcome_of(json.loads(stored.content))] if state is PurchaseState.CHALLENGED else state
