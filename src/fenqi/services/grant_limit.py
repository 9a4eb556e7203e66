"""A customer's limit follows from a decision, until what they do moves it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec

from fenqi.core.decision.facts import Facts
from fenqi.core.decision.record import facts_of_record
from fenqi.core.postings.party import Cause
from fenqi.core.postings.set_limit import set_limit
from fenqi.services.credit_line import Line, read_line
from fenqi.services.look_at_line import to_look_at_line
from fenqi.services.port import Ports
from fenqi.stores import limit as limits
from fenqi.stores import posting
from fenqi.stores.decision import StoredDecision
from fenqi.stores.fetch import Connection, Statement, together
from fenqi.stores.limit import CreditStanding


async def grant_limit(connection: Connection, ports: Ports, decision: StoredDecision, *, currency: str) -> None:
    """Set the limit to what a decision says; the decision is the cause, so it is set once."""
    line = await read_line(connection, customer_id=decision.customer_id, currency=currency)
    standing = await limits.lock(connection, b=decision.b, customer_id=decision.customer_id)
    facts = facts_of_record(json.loads(decision.content))
    writes = to_grant_limit(ports, decision, facts=facts, line=line, standing=standing, currency=currency)
    await together(connection, *writes)


def to_grant_limit(
    ports: Ports,
    decision: StoredDecision,
    *,
    facts: Facts,
    line: Line,
    standing: CreditStanding | None,
    currency: str,
) -> tuple[Statement[Any], ...]:
    """Sets the limit, given the customer's line as it is; nothing where it stays as it is.

    A line that rules or people have moved stays where it is, as the decision went by it; it is looked at soon, by
    what is known of income and debts since.
    """
    today = ports.business.today()
    after = _granted(ports, decision, facts=facts, standing=standing, currency=currency)
    keeping = () if after == standing else (limits.to_save(after),)
    if standing is not None and standing.is_moved:
        about = decision.decision_id
        look = to_look_at_line(ports, customer_id=decision.customer_id, kind="stated", about=about)
        return (*keeping, look) if keeping else ()
    change = set_limit(
        decision.customer_id,
        currency=currency,
        before_minor=line.granted_minor,
        after_minor=decision.limit_minor,
        cause=Cause(cause_id=decision.decision_id, effective_on=today, value_on=today),
    )
    return keeping if change is None else (*keeping, posting.to_demand(change, posted_at=ports.business.now()))


def standing_of(stored: Mapping[str, Any] | None) -> CreditStanding | None:
    """A line as it stands, from its columns."""
    return None if stored is None else msgspec.convert(stored, CreditStanding)


def _granted(
    ports: Ports, decision: StoredDecision, *, facts: Facts, standing: CreditStanding | None, currency: str
) -> CreditStanding:
    """The line as it stands from now on, with what is known of income and debts since this decision."""
    today, granted_minor = ports.business.today(), decision.limit_minor
    before = standing or _new(decision, currency=currency, on=today)
    known = replace(
        before,
        is_student=facts.get("student") is True,
        monthly_income_minor=max(facts.number("monthly_income_minor") or 0, 0),
        outside_service_minor=max(facts.number("bureau_debt_service_minor") or 0, 0),
        stated_on=today,
    )
    if before.is_moved:
        return known
    changed_on = before.changed_on if granted_minor == before.fixed_minor else today
    return replace(known, anchor_minor=granted_minor, fixed_minor=granted_minor, changed_on=changed_on)


def _new(decision: StoredDecision, *, currency: str, on: date) -> CreditStanding:
    return CreditStanding(
        b=decision.b,
        customer_id=decision.customer_id,
        currency=currency,
        anchor_minor=decision.limit_minor,
        fixed_minor=decision.limit_minor,
        special_minor=0,
        points=None,
        is_suspended=False,
        takes_rises=True,
        is_student=False,
        monthly_income_minor=0,
        outside_service_minor=0,
        stated_on=on,
        changed_on=on,
    )
