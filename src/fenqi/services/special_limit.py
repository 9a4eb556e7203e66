"""Temporary and dedicated limits: proposed by one, approved by another, ended on their day, kept for their purpose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar
from uuid import UUID

from fenqi.core.ledger.account import bucket_in, bucket_of, id_in_bucket
from fenqi.core.limit.assessment import Told, burden_max_minor
from fenqi.core.limit.law import limit_law
from fenqi.core.limit.special import (
    Place,
    Special,
    SpecialKind,
    Used,
    require_special,
    require_within,
    reserved_minor,
)
from fenqi.core.postings.set_limit import credit_line
from fenqi.core.product.goods import GoodsCategory, category_of
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.credit_line import read_line
from fenqi.services.find_merchant import find_merchant
from fenqi.services.limit_rules import rules_in_force
from fenqi.services.line_behaviour import behaviour_of
from fenqi.services.move_line import LineMove, lock_line, move_line, require_open
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.stores import checkout as checkouts
from fenqi.stores import limit_special as specials
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection
from fenqi.stores.limit import CreditStanding
from fenqi.stores.limit_special import StoredSpecial


class SpecialUnknown(Refusal):
    """Nobody has proposed this limit."""

    code: ClassVar[str] = "limit_special_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class SpecialAnswered(Refusal):
    """The proposal was answered already."""

    code: ClassVar[str] = "limit_special_answered"
    kind: ClassVar[Kind] = Kind.CONFLICT


class SpecialOwnProposal(Refusal):
    """Whoever proposed a limit cannot answer it."""

    code: ClassVar[str] = "limit_special_own_proposal"
    kind: ClassVar[Kind] = Kind.FORBIDDEN


class LineReserved(Refusal):
    """What is left of the line is kept for another merchant, or for other goods."""

    code: ClassVar[str] = "credit_line_reserved"
    kind: ClassVar[Kind] = Kind.RULE


@dataclass(frozen=True, kw_only=True)
class NewSpecial:
    """What is to be granted beside the fixed limit, until when, and why."""

    customer_id: UUID
    kind: SpecialKind
    merchant_id: UUID | None
    goods_category: GoodsCategory | None
    amount_minor: int
    until_on: date
    reason: str


async def propose_special(connection: Connection, ports: Ports, *, new: NewSpecial, by: str) -> StoredSpecial:
    """Keep a proposal, which changes nothing before somebody else approves it.

    Raises: LineUnknown, CreditSuspended, SpecialMalformed, SpecialBeyond, MerchantUnknown.
    """
    standing = await lock_line(connection, customer_id=new.customer_id)
    if new.merchant_id is not None:
        await find_merchant(connection, merchant_id=new.merchant_id)
    proposed = StoredSpecial(
        b=standing.b,
        special_id=id_in_bucket(ports.new_id(), standing.b),
        customer_id=new.customer_id,
        kind=new.kind.value,
        merchant_id=new.merchant_id,
        goods_category=new.goods_category and new.goods_category.value,
        amount_minor=new.amount_minor,
        currency=standing.currency,
        until_on=new.until_on,
        reason=new.reason,
        state="proposed",
        proposed_by=by,
        proposed_at=ports.business.now(),
    )
    await _require_bearable(connection, ports, proposed, standing)
    await specials.add(connection, proposed)
    await _note(connection, ports, proposed, action="proposed_special_limit", by=by)
    return proposed


async def answer_special(
    connection: Connection, ports: Ports, *, special_id: UUID, is_approved: bool, reason: str, by: str
) -> StoredSpecial:
    """Grant a special limit from today on, or turn it down; what law and income allow is looked at again.

    Raises: SpecialUnknown, SpecialAnswered, SpecialOwnProposal, CreditSuspended, SpecialMalformed, SpecialBeyond.
    """
    special = await specials.lock(connection, b=bucket_in(special_id), special_id=special_id)
    if special is None:
        raise SpecialUnknown("there is no such limit", allowed="one that was proposed")
    if special.state != "proposed":
        raise SpecialAnswered(f"{special.decided_by} answered it already", allowed="a new proposal")
    if special.proposed_by == by:
        raise SpecialOwnProposal("you proposed this limit", allowed="an answer by somebody else")
    today = ports.business.today()
    answered = replace(
        special,
        state="approved" if is_approved else "rejected",
        decided_by=by,
        decided_at=ports.business.now(),
        decided_why=reason,
        from_on=today if is_approved else None,
    )
    if is_approved:
        standing = await lock_line(connection, customer_id=special.customer_id)
        await _require_bearable(connection, ports, special, standing)
        after = replace(standing, special_minor=standing.special_minor + special.amount_minor)
        move = _move(special, cause="special", move="special_granted", template="limit_special", by=by)
        await move_line(connection, ports, before=standing, after=after, move=move)
    await specials.decide(connection, answered)
    await _note(connection, ports, answered, action=f"{answered.state}_special_limit", by=by)
    return answered


async def end_specials(connection: Connection, ports: Ports, *, lane: Sequence[int]) -> int:
    """Take what has ended off the lines of a lane; how many limits."""
    ended = await specials.ended(connection, lane=lane, on=ports.business.today())
    for special in ended:
        standing = await lock_line(connection, customer_id=special.customer_id)
        after = replace(standing, special_minor=standing.special_minor - special.amount_minor)
        move = _move(
            special, cause="special_over", move="special_over", template="limit_special_over", by="limit rules"
        )
        await move_line(connection, ports, before=standing, after=after, move=move)
        await specials.over(connection, b=special.b, special_id=special.special_id)
    return len(ended)


def place_of(checkout: Checkout) -> Place:
    """Where a checkout spends a line."""
    return Place(checkout.merchant_id, category_of(checkout.goods))


async def reserved_elsewhere(connection: Connection, *, customer_id: UUID, place: Place) -> int:
    """What of a customer's line dedicated limits keep for other places than one."""
    b = bucket_of(customer_id)
    found = await specials.of_customer(connection, b=b, customer_id=customer_id)
    running = [_special(each) for each in found if (each.state, each.kind) == ("approved", SpecialKind.DEDICATED)]
    if not running:
        return 0
    spent = await _owed(connection, b=b, customer_id=customer_id)
    for currency in sorted({each.currency for each in found}):
        spent += await _held(connection, b=b, customer_id=customer_id, currency=currency)
    return reserved_minor(running, spent, place=place)


async def _owed(connection: Connection, *, b: int, customer_id: UUID) -> list[Used]:
    used = await specials.used_at(connection, b=b, customer_id=customer_id)
    return [Used(Place(each.merchant_id, GoodsCategory(each.goods_category)), each.used_minor) for each in used]


async def _held(connection: Connection, *, b: int, customer_id: UUID, currency: str) -> list[Used]:
    """What is signed and not delivered yet uses the line already, and so its dedicated limits."""
    line_id = credit_line(customer_id, currency=currency).account_id
    held = list[Used]()
    for each in await specials.held_at(connection, b=b, line_id=line_id):
        checkout = await checkouts.known(connection, b=each.checkout_b, checkout_id=each.checkout_id)
        held.append(Used(Place(checkout.merchant_id, GoodsCategory(each.goods_category)), each.held_minor))
    return held


async def require_unreserved(
    connection: Connection, *, customer_id: UUID, place: Place, amount_minor: int, currency: str
) -> None:
    """Refuse an order that would spend what a dedicated limit keeps for another place; the customer is held.

    Raises: LineReserved.
    """
    kept = await reserved_elsewhere(connection, customer_id=customer_id, place=place)
    if not kept:
        return
    line = await read_line(connection, customer_id=customer_id, currency=currency)
    if amount_minor > line.available_minor - kept:
        raise LineReserved(
            "the rest of the line is kept for another merchant or other goods",
            allowed=f"at most {max(line.available_minor - kept, 0)}",
        )


async def _require_bearable(
    connection: Connection, ports: Ports, special: StoredSpecial, standing: CreditStanding
) -> None:
    require_open(standing)
    today, authority = ports.business.today(), ports.authority
    rules = await rules_in_force(connection, on=today)
    require_special(_special(special, from_on=today), on=today, step_minor=rules.step_minor)
    law = limit_law(authority.pack, lender_type=authority.house.lender_type, on=today)
    known = await behaviour_of(
        connection, lane=[standing.b], rules=rules, on=today, customer_ids=[standing.customer_id]
    )
    if known is not None:
        require_within(
            fixed_minor=standing.fixed_minor,
            special_minor=standing.special_minor + special.amount_minor,
            law_minor=law.exposure_max_minor,
            burden_minor=burden_max_minor(known.behaviour(0), rules=rules, law=law),
        )


def _special(stored: StoredSpecial, *, from_on: date | None = None) -> Special:
    return Special(
        special_id=stored.special_id,
        kind=SpecialKind(stored.kind),
        amount_minor=stored.amount_minor,
        from_on=from_on or stored.from_on or stored.until_on,
        until_on=stored.until_on,
        merchant_id=stored.merchant_id,
        goods_category=GoodsCategory(stored.goods_category) if stored.goods_category else None,
    )


def _move(special: StoredSpecial, *, cause: str, move: str, template: str, by: str) -> LineMove:
    reason = "special_granted" if move == "special_granted" else "special_over"
    return LineMove(
        cause=cause,
        about=special.special_id,
        move=move,
        template=template,
        reasons=(Told(reason, 0, special.until_on),),
        by=by,
    )


async def _note(connection: Connection, ports: Ports, special: StoredSpecial, *, action: str, by: str) -> None:
    detail = {"special_id": str(special.special_id), "kind": special.kind, "amount_minor": special.amount_minor}
    subject = str(special.customer_id)
    await note(connection, ports, actor_kind="staff", actor=by, action=action, subject=subject, detail=detail)
