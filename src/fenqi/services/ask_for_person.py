"""An applicant asks for a person; a declined application is looked at again."""

from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from fenqi.core.decision.case import CaseKind
from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.merchant.checkout import reconsider
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.open_case import open_case
from fenqi.services.port import Ports
from fenqi.services.purchase import advanced, purchase_of
from fenqi.services.show_decision import decision_of_checkout
from fenqi.stores import checkout as checkouts
from fenqi.stores import decision as decisions
from fenqi.stores.checkout import Checkout
from fenqi.stores.decision import Review
from fenqi.stores.fetch import Connection

TIME_TO_LOOK = timedelta(days=3)
"""How long a checkout waits for a person's answer at least."""


class PersonAskedAlready(Refusal):
    """A person has been asked for, and will look."""

    code: ClassVar[str] = "person_asked_already"
    kind: ClassVar[Kind] = Kind.CONFLICT


async def ask_for_person(connection: Connection, ports: Ports, *, checkout: Checkout, reason: str) -> UUID:
    """Keep the request beside the decision, whatever its outcome was; what was declined waits for a person again.

    The checkout is held by the caller.

    Raises: NotDecided, PersonAskedAlready.
    Source: PIPL art. 24.
    """
    stored = await decision_of_checkout(connection, checkout)
    reviews = await decisions.reviews(connection, b=stored.b, decision_id=stored.decision_id)
    if any(review.verdict == "asked" for review in reviews):
        raise PersonAskedAlready("a person has been asked already", allowed="one request a decision")
    review = Review(
        b=stored.b,
        review_id=id_in_bucket(ports.new_id(), stored.b),
        decision_id=stored.decision_id,
        verdict="asked",
        reason=reason,
        staff_id=None,
        asked_by="customer",
        recorded_at=ports.business.now(),
    )
    await decisions.add_review(connection, review)
    until = ports.business.now() + TIME_TO_LOOK
    await checkouts.save(connection, advanced(checkout, reconsider(purchase_of(checkout), until=until)))
    await open_case(connection, ports, stored, kind=CaseKind.ASKED, due_at=until)
    return review.review_id
