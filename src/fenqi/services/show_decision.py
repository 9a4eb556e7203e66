"""What an applicant may know of a decision: the outcome, its principal reasons, what would change it, the offers."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from fenqi.core.compliance.adverse_action import public_reasons, public_sources
from fenqi.core.decision.outcome import Decision, Outcome
from fenqi.core.decision.qualification import LayerVerdict, Qualified
from fenqi.core.decision.reason import Reason
from fenqi.core.decision.record import (
    facts_of_record,
    layers_of_record,
    reasons_of_record,
    rules_of_record,
    screening_of,
)
from fenqi.core.decision.screening import Screening
from fenqi.core.merchant.purchase import PurchaseState
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.keep_paper import papers_shown
from fenqi.stores import decision as decisions
from fenqi.stores import paper as papers
from fenqi.stores.checkout import Checkout
from fenqi.stores.decision import Review, StoredDecision
from fenqi.stores.fetch import Connection
from fenqi.stores.paper import PaperLine

_WITHOUT_OFFERS = {
    PurchaseState.REFERRED,
    PurchaseState.DECLINED,
    PurchaseState.CHALLENGED,
    PurchaseState.FROZEN,
}
"""What is offered for an application that waits only the person who decides on it sees."""


class NotDecided(Refusal):
    """Nothing has been decided at this checkout."""

    code: ClassVar[str] = "not_decided"
    kind: ClassVar[Kind] = Kind.CONFLICT


async def decision_of_checkout(connection: Connection, checkout: Checkout) -> StoredDecision:
    """The decision that a checkout came to.

    Raises: NotDecided.
    """
    if checkout.decision_id is None or checkout.customer_b is None:
        raise NotDecided("nothing has been decided here", allowed="apply first")
    found = await decisions.find(connection, b=checkout.customer_b, decision_id=checkout.decision_id)
    if found is None:
        raise LookupError(f"decision {checkout.decision_id} is named and has no row")
    return found


async def decision_shown(connection: Connection, *, checkout: Checkout) -> dict[str, Any]:
    """The decision as its applicant sees it, with what people have said of it since.

    Raises: NotDecided.
    """
    stored = await decision_of_checkout(connection, checkout)
    content: dict[str, Any] = json.loads(stored.content)
    told = _Told(
        reasons=_reasons(reasons_of_record(content), screening_of(content), state=checkout.state),
        screening=screening_of(content),
        offers=offers_of(content),
        sources=public_sources(facts_of_record(content), rules_of_record(content)),
        is_person_asked=await decisions.is_person_asked(connection, stored),
        reviews=await decisions.reviews(connection, b=stored.b, decision_id=stored.decision_id),
        layers=layers_of_record(content),
        papers=await papers.about(connection, b=stored.b, about=checkout.checkout_id),
    )
    return _shown(stored, told, state=checkout.state)


def new_decision_shown(decision: Decision, stored: StoredDecision, *, state: str) -> dict[str, Any]:
    """A decision that was made just now, as its applicant sees it."""
    told = _Told(
        reasons=_reasons(decision.reasons, decision.screening, state=state),
        screening=decision.screening,
        offers=_with_ids(offer.record for offer in decision.offers),
        sources=public_sources(decision.facts, decision.rules),
        is_person_asked=False,
        reviews=(),
        layers=decision.layers or (),
        papers=(),
    )
    return _shown(stored, told, state=state)


def _reasons(decided: tuple[Reason, ...], screening: Screening | None, *, state: str) -> tuple[Reason, ...]:
    """While the shopper is to show who they are, why; else why it was decided so."""
    if screening is not None and state == PurchaseState.CHALLENGED:
        return screening.shown_reasons
    return decided


@dataclass(frozen=True)
class _Told:
    reasons: tuple[Reason, ...]
    screening: Screening | None
    offers: list[dict[str, Any]]
    sources: tuple[str, ...]
    is_person_asked: bool
    reviews: tuple[Review, ...]
    layers: tuple[Qualified, ...]
    papers: tuple[PaperLine, ...]


def _shown(stored: StoredDecision, told: _Told, *, state: str) -> dict[str, Any]:
    may_buy = state not in _WITHOUT_OFFERS
    return {
        "decision_id": str(stored.decision_id),
        "outcome": Outcome.REFER.value if state == PurchaseState.CHALLENGED else stored.outcome,
        "step_up": told.screening.step_up if told.screening and state == PurchaseState.CHALLENGED else None,
        "status": state,
        "decided_at": stored.decided_at.isoformat(),
        "limit_minor": stored.limit_minor if may_buy else 0,
        "reasons": _reasons_shown(told.reasons),
        "offers": told.offers if may_buy else [],
        "sources": list(told.sources),
        "person_asked": told.is_person_asked,
        "person_said": [
            {"verdict": review.verdict, "reason": review.reason} for review in told.reviews if review.verdict != "asked"
        ],
        "papers": papers_shown(told.papers),
        "needed": _needed(told.layers) if state == PurchaseState.REFERRED else [],
    }


def _needed(layers: Iterable[Qualified]) -> list[dict[str, Any]]:
    """What an applicant who waits may bring: of every layer that wants more and whose reasons may be told."""
    open_ = (one for one in layers if one.verdict is LayerVerdict.MORE_NEEDED)
    wanting = ((one.layer, _reasons_shown(reason for reason in one.reasons if not reason.hidden)) for one in open_)
    return [{"layer": layer, "reasons": reasons} for layer, reasons in wanting if reasons]


def _reasons_shown(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    return [
        {
            "code": reason.code,
            "zh-CN": reason.zh,
            "en": reason.en,
            "change": {"zh-CN": reason.change_zh, "en": reason.change_en},
        }
        for reason in public_reasons(reasons)
    ]


def offers_of(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The offers of a decision, each with the id by which it is chosen."""
    return _with_ids(content["offers"])


def _with_ids(offers: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"offer_id": f"{offer['product_id']}:{offer['tenor']}"} | offer for offer in offers]
