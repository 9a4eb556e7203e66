"""A shopper shows once more who they are, and what was decided takes effect."""

import json
from typing import Any, ClassVar
from uuid import UUID

from fenqi.core.decision.case import CaseKind
from fenqi.core.decision.record import credit_outcome_of, screening_of
from fenqi.core.decision.screening_strategy import StepUp
from fenqi.core.merchant.freeze import prove
from fenqi.core.merchant.purchase import PurchaseState, require_step
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.freeze_order import STATE_OF
from fenqi.services.grant_limit import grant_limit
from fenqi.services.open_case import open_case
from fenqi.services.port import Ports
from fenqi.services.purchase import advanced, find_for_customer, lock_for_customer, purchase_of
from fenqi.services.show_decision import decision_of_checkout
from fenqi.stores import checkout as checkouts
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection

PURPOSE = "step_up"


class OtherProofWanted(Refusal):
    """Another way of showing who one is was asked for."""

    code: ClassVar[str] = "other_proof_wanted"
    kind: ClassVar[Kind] = Kind.CONFLICT


async def require_proof_wanted(
    connection: Connection, ports: Ports, *, checkout_id: UUID, customer_id: UUID, how: StepUp
) -> None:
    """Refuse a proof that nobody has asked for, before a code is sent or the registry asked.

    Raises: CheckoutNotYours, CheckoutExpired, CheckoutStepOutOfOrder, OtherProofWanted.
    """
    checkout = await find_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
    require_step(purchase_of(checkout), frozenset({PurchaseState.CHALLENGED}), at=ports.business.now())
    wanted = await _wanted(connection, checkout)
    if wanted is not how:
        raise OtherProofWanted(f"{how} was not asked for", allowed=wanted or "nothing")


async def prove_identity(connection: Connection, ports: Ports, *, checkout_id: UUID, customer_id: UUID) -> Checkout:
    """Let the decision take effect; the caller has seen the proof succeed.

    Raises: CheckoutNotYours, CheckoutExpired, CheckoutStepOutOfOrder.
    """
    checkout = await lock_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
    stored = await decision_of_checkout(connection, checkout)
    outcome = STATE_OF[credit_outcome_of(json.loads(stored.content))]
    following = advanced(checkout, prove(purchase_of(checkout), outcome=outcome, at=ports.business.now()))
    await checkouts.save(connection, following)
    if outcome is PurchaseState.APPROVED:
        await grant_limit(connection, ports, stored, currency=checkout.currency)
    else:
        await open_case(connection, ports, stored, kind=CaseKind.REFERRED, due_at=checkout.expires_at)
    return following


async def _wanted(connection: Connection, checkout: Checkout) -> StepUp | None:
    content: dict[str, Any] = json.loads((await decision_of_checkout(connection, checkout)).content)
    screening = screening_of(content)
    return None if screening is None else screening.step_up
