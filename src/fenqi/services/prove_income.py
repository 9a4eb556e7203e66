"""An applicant who waits hands in proof of what they earn; a reviewer reads it, and it is judged with that."""

import json
from dataclasses import dataclass, replace
from typing import ClassVar
from uuid import UUID

from fenqi.core.customer.paper import ReadPaper
from fenqi.core.decision.case import Case, CaseKind, disposition_of_decision
from fenqi.core.decision.facts import Fact, Facts
from fenqi.core.decision.graph_outcome import PERSON_AWAITED, decide_by_graph
from fenqi.core.decision.law import decision_law
from fenqi.core.decision.outcome import Decision, Outcome
from fenqi.core.decision.record import facts_of_record, screening_of
from fenqi.core.merchant.checkout import decide as decide_purchase
from fenqi.core.merchant.purchase import PurchaseState, require_step
from fenqi.core.merchant.webhook import Topic
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.application import WAITING, Held, facts_again, hold_waiting
from fenqi.services.decide_application import stored_of
from fenqi.services.grant_limit import grant_limit
from fenqi.services.keep_paper import PaperUnknown, keep_paper
from fenqi.services.note import note
from fenqi.services.open_case import close_case, open_case
from fenqi.services.port import Ports
from fenqi.services.purchase import advanced, purchase_of
from fenqi.services.review_decision import find_decision, require_latest
from fenqi.services.show_decision import decision_of_checkout
from fenqi.services.tell_merchant import tell_merchant
from fenqi.services.work_on_case import require_workable
from fenqi.stores import checkout as checkouts
from fenqi.stores import decision as decisions
from fenqi.stores import paper as papers
from fenqi.stores.checkout import Checkout
from fenqi.stores.decision import StoredDecision
from fenqi.stores.fetch import Connection
from fenqi.stores.staff import Staff

INCOME = "monthly_income_minor"
BY_PAPER = "paper"
"""Who says so: what the applicant handed in, as a reviewer read it."""
BY_US = "fenqi"
_CUSTOMER = "customer"
_STATES = {
    Outcome.APPROVE: PurchaseState.APPROVED,
    Outcome.REFER: PurchaseState.REFERRED,
    Outcome.DECLINE: PurchaseState.DECLINED,
}


class ProofUnlike(Refusal):
    """The paper was not handed in for this application."""

    code: ClassVar[str] = "proof_of_another"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True, kw_only=True)
class ProvenIncome:
    """What a paper proves, as a reviewer read it."""

    paper_id: UUID
    monthly_income_minor: int


async def hand_in_proof(connection: Connection, ports: Ports, paper: ReadPaper, *, checkout: Checkout) -> UUID:
    """Keep a paper about the application of a checkout that waits for a person; the caller holds it.

    Raises: NotDecided, CheckoutStepOutOfOrder, CheckoutExpired, PapersTooMany.
    """
    require_step(purchase_of(checkout), WAITING, at=ports.business.now())
    stored = await decision_of_checkout(connection, checkout)
    return await keep_paper(
        connection, ports, paper, customer_id=stored.customer_id, about=checkout.checkout_id, by=_CUSTOMER
    )


async def require_paper_of(connection: Connection, *, decision_id: UUID, paper_id: UUID) -> StoredDecision:
    """The decision, if the paper was handed in for its application.

    Raises: DecisionUnknown, PaperUnknown.
    """
    stored = await find_decision(connection, decision_id=decision_id)
    known = await papers.about(connection, b=stored.b, about=stored.checkout_id)
    if all(each.paper_id != paper_id for each in known):
        raise PaperUnknown("no such paper", allowed="a paper of this application")
    return stored


async def judge_with_income(
    connection: Connection, ports: Ports, *, decision_id: UUID, staff: Staff, proven: ProvenIncome
) -> tuple[StoredDecision, str]:
    """Judge an application that waits once more, with the income that a paper proves; the new decision and the state.

    The decision before stays as it was made. What the screening saw is kept; strategy, score, catalogue and law are
    those of today, and so is what the customer owes us. A new referral goes on in the same case. Where a person was
    asked for, nothing is declined: a person answers.

    Raises: DecisionUnknown, DecisionReplaced, CheckoutStepOutOfOrder, CheckoutExpired, CreditSuspended, CaseTaken,
    CaseNotYours, ProofUnlike.
    """
    stored = await find_decision(connection, decision_id=decision_id)
    placed = await checkouts.known(connection, b=stored.checkout_b, checkout_id=stored.checkout_id)
    held = await hold_waiting(connection, ports, placed=placed, customer_id=stored.customer_id)
    require_latest(held.checkout, decision_id=decision_id)
    case = await require_workable(connection, ports, decision_id=decision_id, staff=staff)
    try:
        await require_paper_of(connection, decision_id=decision_id, paper_id=proven.paper_id)
    except PaperUnknown as unknown:
        raise ProofUnlike(unknown.what, allowed=unknown.allowed) from unknown
    decided = _judged(ports, held, stored=stored, proven=proven, case=case)
    anew = stored_of(ports, decided, checkout=held.checkout, customer_id=stored.customer_id)
    purchase = purchase_of(held.checkout)
    decided_on = decide_purchase(purchase, outcome=_STATES[decided.outcome], at=ports.business.now())
    following = replace(advanced(held.checkout, decided_on), decision_id=anew.decision_id)
    await decisions.add(connection, anew)
    await checkouts.save(connection, following)
    await _follow(connection, ports, decided, before=stored, anew=anew, checkout=following, staff=staff)
    await note(
        connection,
        ports,
        actor_kind="staff",
        actor=staff.login,
        action="proved_income",
        subject=str(decision_id),
        detail={"paper": str(proven.paper_id), "decision": str(anew.decision_id), "outcome": anew.outcome},
    )
    return anew, following.state


def _judged(ports: Ports, held: Held, *, stored: StoredDecision, proven: ProvenIncome, case: Case) -> Decision:
    content, at, authority = json.loads(stored.content), ports.business.now(), ports.authority
    deciding = ports.strategies.deciding(stored.customer_id, at=at)
    known = {fact.name: fact for fact in facts_again(ports, held, seen=facts_of_record(content)).stated}
    known[INCOME] = Fact(INCOME, proven.monthly_income_minor, BY_PAPER, at)
    if case.kind is not CaseKind.REFERRED:
        known[PERSON_AWAITED] = Fact(PERSON_AWAITED, True, BY_US, at)
    return decide_by_graph(
        Facts(known.values()),
        strategy=deciding.strategy,
        scorecard=authority.scorecard,
        law=decision_law(authority.pack, lender_type=authority.house.lender_type, on=ports.business.today()),
        catalogue=authority.catalogue,
        decided_at=at,
        role=deciding.role,
        is_halted=deciding.is_halted,
        screening=screening_of(content),
    )


async def _follow(
    connection: Connection,
    ports: Ports,
    decided: Decision,
    *,
    before: StoredDecision,
    anew: StoredDecision,
    checkout: Checkout,
    staff: Staff,
) -> None:
    """What comes of the new decision: the limit, a word to the merchant, or the same case goes on with it."""
    if decided.outcome is Outcome.APPROVE:
        await grant_limit(connection, ports, anew, currency=checkout.currency)
    elif decided.outcome is Outcome.DECLINE:
        await tell_merchant(connection, ports, checkout, topic=Topic.CHECKOUT_DECLINED)
    else:
        await open_case(connection, ports, anew, kind=CaseKind.REFERRED, due_at=checkout.expires_at)
        return
    found = disposition_of_decision(decided)
    await close_case(connection, ports, decision_id=before.decision_id, b=before.b, by=staff.login, found=found)
