"""People answer a frozen order: they let it go on, two of them where much is at stake, or end it."""

import json
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from fenqi.core.decision.case import CaseKind, Disposition, disposition_of
from fenqi.core.ledger.account import bucket_in
from fenqi.core.ledger.hold import HoldEnd
from fenqi.core.merchant.freeze import reject, release, require_frozen
from fenqi.core.merchant.purchase import PurchaseState
from fenqi.core.merchant.webhook import Topic
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.velocity.entry import EntryKind
from fenqi.services.attempt import Attempt, log, of_decision
from fenqi.services.grant_limit import grant_limit
from fenqi.services.note import note
from fenqi.services.open_case import close_case, open_case
from fenqi.services.port import Ports
from fenqi.services.purchase import advanced, purchase_of
from fenqi.services.release_hold import release_hold
from fenqi.services.review_decision import find_decision
from fenqi.services.tell_merchant import tell_merchant
from fenqi.services.work_on_case import give_back, require_workable
from fenqi.stores import checkout as checkouts
from fenqi.stores import freeze as freezes
from fenqi.stores.checkout import Checkout
from fenqi.stores.decision import StoredDecision
from fenqi.stores.fetch import Connection
from fenqi.stores.freeze import Freeze, FreezeAnswer
from fenqi.stores.staff import Staff


class Verdict(StrEnum):
    """What somebody answers to a frozen order."""

    RELEASE = "release"
    """It may go on."""
    REJECT = "reject"
    """It ends; one person is enough to stop something."""


class FreezeAnsweredByYou(Refusal):
    """You have let it go on already; somebody else has to say the same."""

    code: ClassVar[str] = "freeze_answered_by_you"
    kind: ClassVar[Kind] = Kind.FORBIDDEN


class NotFrozen(Refusal):
    """The decision's order was never frozen."""

    code: ClassVar[str] = "order_not_frozen"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True)
class AnswerFreeze:
    """What a person answers, why, and what they found."""

    verdict: Verdict
    reason: str
    found: Disposition | None = None


@dataclass(frozen=True)
class Answered:
    """How a frozen order stands after an answer."""

    checkout_status: str
    people_said: int
    people_needed: int


async def answer_freeze(
    connection: Connection, ports: Ports, *, decision_id: UUID, staff: Staff, command: AnswerFreeze
) -> Answered:
    """Answer a frozen order; it goes on once as many different people as it needs have said so.

    Raises: DecisionUnknown, NotFrozen, CheckoutNotFrozen, CheckoutExpired, AuthorisationExpired, CaseTaken,
    CaseNotYours, FreezeAnsweredByYou, DispositionDiffers.
    """
    is_release = command.verdict is Verdict.RELEASE
    disposition = disposition_of(command.found, approved=is_release)
    stored = await find_decision(connection, decision_id=decision_id)
    checkout = await checkouts.lock(connection, b=stored.checkout_b, checkout_id=stored.checkout_id)
    frozen = await freezes.of_decision(connection, b=bucket_in(decision_id), decision_id=decision_id)
    if checkout is None or frozen is None:
        raise NotFrozen("the order of this decision was never frozen", allowed="a frozen order")
    require_frozen(purchase_of(checkout), at=ports.business.now())
    await require_workable(connection, ports, decision_id=decision_id, staff=staff)
    said = await _say(connection, ports, frozen, staff=staff, command=command)
    if not is_release:
        kind = EntryKind.FRAUD if disposition is Disposition.FRAUD else EntryKind.RELEASED
        following = await _reject(connection, ports, checkout, of_decision(checkout, kind, json.loads(stored.content)))
    elif said >= frozen.people_needed:
        following = await _release(connection, ports, checkout, frozen, stored)
    else:
        await give_back(connection, ports, decision_id=decision_id, by=staff.login, what="release_said")
        return Answered(checkout.state, said, frozen.people_needed)
    if following.state != PurchaseState.REFERRED:
        await close_case(connection, ports, decision_id=decision_id, b=stored.b, by=staff.login, found=disposition)
    return Answered(following.state, said, frozen.people_needed)


async def _say(connection: Connection, ports: Ports, frozen: Freeze, *, staff: Staff, command: AnswerFreeze) -> int:
    """Keep the answer; how many people have now said that it may go on."""
    answer = FreezeAnswer(
        b=frozen.b,
        freeze_id=frozen.freeze_id,
        login=staff.login,
        verdict=command.verdict.value,
        reason=command.reason,
        answered_at=ports.business.now(),
    )
    is_new = await freezes.add_answer(connection, answer)
    if not is_new and command.verdict is Verdict.RELEASE:
        raise FreezeAnsweredByYou("you have let it go on already", allowed="another person's answer")
    await note(
        connection,
        ports,
        actor_kind="staff",
        actor=staff.login,
        action=f"freeze_{command.verdict}",
        subject=str(frozen.decision_id),
        detail={"reason": command.reason, "found": command.found},
    )
    answers = await freezes.answers(connection, frozen)
    return sum(one.verdict == Verdict.RELEASE for one in answers)


async def _release(
    connection: Connection, ports: Ports, checkout: Checkout, frozen: Freeze, stored: StoredDecision
) -> Checkout:
    at, to = ports.business.now(), PurchaseState(frozen.goes_on_as)
    until = at + timedelta(hours=ports.authority.screening.time_after_release_hours)
    following = advanced(checkout, release(purchase_of(checkout), to=to, until=until, at=at))
    await checkouts.save(connection, following)
    if to is PurchaseState.APPROVED:
        await grant_limit(connection, ports, stored, currency=checkout.currency)
    if to is PurchaseState.REFERRED:
        await open_case(connection, ports, stored, kind=CaseKind.REFERRED, due_at=following.expires_at)
    await log(connection, ports, of_decision(following, EntryKind.RELEASED, json.loads(stored.content)))
    return following


async def _reject(connection: Connection, ports: Ports, checkout: Checkout, said: Attempt) -> Checkout:
    following = advanced(checkout, reject(purchase_of(checkout), at=ports.business.now()))
    await checkouts.save(connection, following)
    await release_hold(connection, ports, checkout, how=HoldEnd.VOIDED)
    await tell_merchant(connection, ports, following, topic=Topic.CHECKOUT_DECLINED)
    await log(connection, ports, said)
    return following
