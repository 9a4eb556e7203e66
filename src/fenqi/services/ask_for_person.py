"""An applicant asks for a person; a declined application is looked at again."""

from typing import ClassVar
from uuid import UUID

from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.port import Ports
from fenqi.services.show_decision import decision_of_checkout
from fenqi.stores import decision as decisions
from fenqi.stores.checkout import Checkout
from fenqi.stores.decision import Review
from fenqi.stores.fetch import Connection


class PersonAskedAlready(Refusal):
    """A person has been asked for, and will look."""

    code: ClassVar[str] = "person_asked_already"
    kind: ClassVar[Kind] = Kind.CONFLICT


async def ask_for_person(connection: Connection, ports: Ports, *, checkout: Checkout, reason: str) -> UUID:
    """Keep the request beside the decision, whatever its outcome was.

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
    return review.review_id
