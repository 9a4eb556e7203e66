"""What a borrower, and staff, see of a credit line: what it is, how it came about, and what would raise it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from fenqi.core.ledger.account import bucket_in, bucket_of
from fenqi.core.limit.assessment import Assessment, assess
from fenqi.core.limit.law import limit_law
from fenqi.core.limit.reason import advice_told, reasons_told, told_of
from fenqi.core.limit.record import facts_of_record, replay_assessment
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.credit_line import read_line
from fenqi.services.limit_rules import rules_in_force, rules_of
from fenqi.services.line_behaviour import behaviour_of
from fenqi.services.move_line import lock_line
from fenqi.services.note import note
from fenqi.services.offer import CURRENCY
from fenqi.services.port import Ports
from fenqi.stores import limit as limits
from fenqi.stores import limit_special as specials
from fenqi.stores import merchant as merchants
from fenqi.stores.fetch import Connection, together
from fenqi.stores.limit import CreditStanding, LimitChange
from fenqi.stores.limit_special import StoredSpecial

_HISTORY_MAX = 60


class LimitChangeUnknown(Refusal):
    """There is no such move."""

    code: ClassVar[str] = "limit_change_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


async def limit_shown(connection: Connection, ports: Ports, *, customer_id: UUID) -> dict[str, Any]:
    """A line as its borrower sees it, with its history, and what would raise it as things stand now."""
    b = bucket_of(customer_id)
    standing = await limits.find(connection, b=b, customer_id=customer_id)
    line = await read_line(connection, customer_id=customer_id, currency=CURRENCY)
    history = await limits.history(connection, b=b, customer_id=customer_id, with_kept=False, limit=_HISTORY_MAX)
    found = await specials.of_customer(connection, b=b, customer_id=customer_id)
    today = ports.business.today()
    assessed = None if standing is None else await _assessed(connection, ports, standing, on=today)
    return {
        "currency": CURRENCY,
        "limit_minor": line.granted_minor,
        "used_minor": line.exposure_minor,
        "available_minor": max(line.available_minor, 0),
        "fixed_minor": standing.fixed_minor if standing else 0,
        "is_suspended": standing is not None and standing.is_suspended,
        "points": assessed.scored.points if assessed else None,
        "takes_rises": standing is None or standing.takes_rises,
        "would_raise": advice_told(assessed.would_raise) if assessed else [],
        "specials": [await _special_shown(connection, each) for each in found if each.state == "approved"],
        "history": [change_shown(change) for change in history] + _granted_shown(standing, history),
    }


async def want_rises(connection: Connection, ports: Ports, *, customer_id: UUID, wanted: bool) -> None:
    """Switch the raising of one's own line on or off, from now on.

    Raises: LineUnknown.
    """
    standing = await lock_line(connection, customer_id=customer_id)
    await together(connection, limits.to_save(replace(standing, takes_rises=wanted)))
    action = "wanted_limit_rises" if wanted else "refused_limit_rises"
    actor = str(customer_id)
    await note(connection, ports, actor_kind="customer", actor=actor, action=action, subject=actor)


async def change_in_full(connection: Connection, *, change_id: UUID) -> dict[str, Any]:
    """One move with the facts that it went by, and whether looking again comes to the same bytes.

    Raises: LimitChangeUnknown.
    """
    change = await limits.find_change(connection, b=bucket_in(change_id), change_id=change_id)
    if change is None:
        raise LimitChangeUnknown("there is no such move", allowed="an id from the list of moves")
    facts, same = dict[str, Any](), None
    if change.content is not None:
        rules = await rules_of(connection, version=change.rules_version)
        facts, same = facts_of_record(change.content), replay_assessment(change.content, rules=rules) == change.content
    return change_shown(change) | {
        "customer_id": str(change.customer_id),
        "cause": change.cause,
        "points": change.points,
        "rules_version": change.rules_version,
        "changed_by": change.changed_by,
        "facts": [{"name": name, "value": str(value)} for name, value in sorted(facts.items())],
        "replays": same,
    }


def change_shown(change: LimitChange) -> dict[str, Any]:
    """A move as people read it."""
    return {
        "change_id": str(change.change_id),
        "on": change.happened_on.isoformat(),
        "changed_at": change.changed_at.isoformat(),
        "move": change.move,
        "currency": change.currency,
        "before_minor": change.before_minor,
        "after_minor": change.after_minor,
        "fixed_minor": change.fixed_minor,
        "reasons": reasons_told(told_of(change.reasons)),
        "would_raise": advice_told(told_of(change.would_raise)),
    }


async def _assessed(connection: Connection, ports: Ports, standing: CreditStanding, *, on: date) -> Assessment | None:
    authority = ports.authority
    rules = await rules_in_force(connection, on=on)
    law = limit_law(authority.pack, lender_type=authority.house.lender_type, on=on)
    known = await behaviour_of(connection, lane=[standing.b], rules=rules, on=on, customer_ids=[standing.customer_id])
    return None if known is None else assess(known.behaviour(0), known.line(0), rules=rules, law=law, on=on)


async def _special_shown(connection: Connection, special: StoredSpecial) -> dict[str, Any]:
    merchant = None
    if special.merchant_id is not None:
        found = await merchants.known(connection, merchant_id=special.merchant_id)
        merchant = {"zh": found.name_zh, "en": found.name_en}
    return {
        "kind": special.kind,
        "amount_minor": special.amount_minor,
        "currency": special.currency,
        "merchant": merchant,
        "goods_category": special.goods_category,
        "until_on": special.until_on.isoformat(),
    }


def _granted_shown(standing: CreditStanding | None, history: Sequence[LimitChange]) -> list[dict[str, Any]]:
    """What an application granted, with which every history begins."""
    if standing is None or len(history) == _HISTORY_MAX:
        return []
    on = min([standing.stated_on, *(change.happened_on for change in history)])
    return [
        {
            "change_id": None,
            "on": on.isoformat(),
            "changed_at": None,
            "move": "granted",
            "currency": standing.currency,
            "before_minor": 0,
            "after_minor": standing.anchor_minor,
            "fixed_minor": standing.anchor_minor,
            "reasons": reasons_told(told_of([{"code": "granted"}])),
            "would_raise": [],
        }
    ]
