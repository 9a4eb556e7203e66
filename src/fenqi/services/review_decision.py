"""A person answers a referred application."""

import json
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fenqi.core.decision.case import Disposition, disposition_of
from fenqi.core.ledger.account import bucket_in, id_in_bucket
from fenqi.core.merchant.checkout import decide as decide_purchase
from fenqi.core.merchant.purchase import PurchaseState, require_step
from fenqi.core.merchant.webhook import Topic
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.grant_limit import grant_limit
from fenqi.services.note import note
from fenqi.services.open_case import close_case
from fenqi.services.port import Ports
from fenqi.services.purchase import advanced, purchase_of
from fenqi.services.show_decision import offers_of
from fenqi.services.tell_merchant import tell_merchant
from fenqi.services.work_on_case import require_workable
from fenqi.stores import checkout as checkouts
from fenqi.stores import decision as decisions
from fenqi.stores.checkout import Checkout
from fenqi.stores.decision import Review, StoredDecision
from fenqi.stores.fetch import Connection
from fenqi.stores.staff import Staff


class DecisionUnknown(Refusal):
    """There is no such decision."""

    code: ClassVar[str] = "decision_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class NothingToOffer(Refusal):
    """The application was referred before a limit and a price could be found."""

    code: ClassVar[str] = "nothing_to_offer"
    kind: ClassVar[Kind] = Kind.CONFLICT


class DecisionReplaced(Refusal):
    """The application was judged again since, with more that was shown."""

    code: ClassVar[str] = "decision_replaced"
    kind: ClassVar[Kind] = Kind.CONFLICT


def require_latest(checkout: Checkout, *, decision_id: UUID) -> None:
    """Refuse to answer a decision in whose place another stands.

    Raises: DecisionReplaced.
    """
    if checkout.decision_id != decision_id:
        raise DecisionReplaced("the application was judged again since", allowed=f"decision {checkout.decision_id}")


async def find_decision(connection: Connection, *, decision_id: UUID) -> StoredDecision:
    """A decision by its id.

    Raises: DecisionUnknown.
    """
    found = await decisions.find(connection, b=bucket_in(decision_id), decision_id=decision_id)
    if found is None:
        raise DecisionUnknown("no such decision", allowed="an id from the list of decisions")
    return found


@dataclass(frozen=True)
class Answer:
    """What a person says to a referred application, why, and what they found."""

    approved: bool
    reason: str
    found: Disposition | None = None


async def review_decision(
    connection: Connection, ports: Ports, *, decision_id: UUID, staff: Staff, answer: Answer
) -> str:
    """Approve or decline what was referred; the decision itself stays as it was made.

    Raises: DecisionUnknown, CheckoutStepOutOfOrder if it was not referred or was answered before, CheckoutExpired,
    DecisionReplaced, CaseTaken and CaseNotYours if the case is somebody else's, DispositionDiffers, NothingToOffer.
    """
    disposition = disposition_of(answer.found, approved=answer.approved)
    stored = await find_decision(connection, decision_id=decision_id)
    checkout = await checkouts.lock(connection, b=stored.checkout_b, checkout_id=stored.checkout_id)
    if checkout is None:
        raise LookupError(f"decision {decision_id} names a checkout that is not there")
    purchase, at = purchase_of(checkout), ports.business.now()
    require_step(purchase, frozenset({PurchaseState.REFERRED}), at=at)
    require_latest(checkout, decision_id=decision_id)
    await require_workable(connection, ports, decision_id=decision_id, staff=staff)
    if answer.approved and not offers_of(json.loads(stored.content)):
        raise NothingToOffer("the decision found nothing to offer", allowed="a decline; the customer may apply again")
    review = Review(
        b=stored.b,
        review_id=id_in_bucket(ports.new_id(), stored.b),
        decision_id=decision_id,
        verdict="approve" if answer.approved else "decline",
        reason=answer.reason,
        staff_id=staff.staff_id,
        asked_by=staff.login,
        recorded_at=at,
    )
    await decisions.add_review(connection, review)
    outcome = PurchaseState.APPROVED if answer.approved else PurchaseState.DECLINED
    following = advanced(checkout, decide_purchase(purchase, outcome=outcome, at=at))
    await checkouts.save(connection, following)
    if answer.approved:
        await grant_limit(connection, ports, stored, currency=checkout.currency)
    else:
        await tell_merchant(connection, ports, following, topic=Topic.CHECKOUT_DECLINED)
    await close_case(connection, ports, decision_id=decision_id, b=stored.b, by=staff.login, found=disposition)
    await note(
        connection,
        ports,
        actor_kind="staff",
        actor=staff.login,
        action=f"review_{review.verdict}",
        subject=str(decision_id),
        detail={"reason": answer.reason, "found": disposition},
    )
    return following.state
