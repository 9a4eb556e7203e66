"""A decision that a person has to look into becomes a case, or joins the one that is open."""

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from fenqi.core.decision.case import Case, CaseKind, Disposition, Level, close, expected_loss_minor, joined
from fenqi.core.decision.record import facts_of_record, screening_of
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.merchant.purchase import PurchaseState
from fenqi.services.port import Ports
from fenqi.stores import case as cases
from fenqi.stores import checkout as checkouts
from fenqi.stores.case import CaseEvent
from fenqi.stores.decision import StoredDecision
from fenqi.stores.fetch import Connection

SYSTEM = "system"
_WAITING = {PurchaseState.REFERRED, PurchaseState.FROZEN}


async def open_case(
    connection: Connection, ports: Ports, decision: StoredDecision, *, kind: CaseKind, due_at: datetime
) -> Case:
    """The case in which a decision is looked into, open from now on; a frozen one turns on what it was frozen for.

    An application that is judged again loses no more than it did.
    """
    at = ports.business.now()
    content: dict[str, Any] = json.loads(decision.content)
    loss_minor = _at_stake_minor(content)
    found = await cases.lock_open(connection, b=decision.b, customer_id=decision.customer_id)
    if found is None:
        case = Case(
            b=decision.b,
            case_id=id_in_bucket(ports.new_id(), decision.b),
            customer_id=decision.customer_id,
            kind=kind,
            level=Level.REVIEWER,
            opened_at=at,
            due_at=due_at,
            expected_loss_minor=loss_minor,
        )
        case = _around(case, content)
        await cases.add(connection, case)
        await cases.add_decision(connection, case, decision_id=decision.decision_id, added_at=at)
    else:
        known = {line.checkout_id for line in await cases.decisions(connection, found)}
        await cases.add_decision(connection, found, decision_id=decision.decision_id, added_at=at)
        new_minor = 0 if decision.checkout_id in known else loss_minor
        case = _around(joined(found, kind=kind, due_at=due_at, loss_minor=new_minor), content)
        await cases.save(connection, case)
    await tell(connection, ports, case, what=f"opened_{kind}", by=SYSTEM)
    return case


async def close_case(
    connection: Connection, ports: Ports, *, decision_id: UUID, b: int, by: str, found: Disposition
) -> Case | None:
    """End the case of a decision once nothing in it waits; None if there is none open."""
    of_decision = await cases.of_decision(connection, b=b, decision_id=decision_id)
    case = of_decision and await cases.lock(connection, b=b, case_id=of_decision.case_id)
    if case is None or case.closed_at is not None:
        return None
    if await waits(connection, case, but_for=decision_id):
        return case
    ended = close(case, by=by, disposition=found, at=ports.business.now())
    await cases.save(connection, ended)
    await tell(connection, ports, ended, what=f"closed_{found}", by=by)
    return ended


async def waits(connection: Connection, case: Case, *, but_for: UUID | None = None) -> bool:
    """Whether a decision in a case is still to be answered, one of them left out."""
    for line in await cases.decisions(connection, case):
        if line.verdict is not None or line.decision_id == but_for:
            continue
        checkout = await checkouts.known(connection, b=bucket_of(line.checkout_id), checkout_id=line.checkout_id)
        if checkout.state in _WAITING and checkout.decision_id == line.decision_id:
            return True
    return False


async def tell(connection: Connection, ports: Ports, case: Case, *, what: str, by: str, text: str = "") -> None:
    """Keep what was done in a case."""
    event = CaseEvent(
        b=case.b,
        case_event_id=id_in_bucket(ports.new_id(), case.b),
        case_id=case.case_id,
        what=what,
        by=by,
        text=text,
        recorded_at=ports.business.now(),
    )
    await cases.add_event(connection, event)


def _around(case: Case, content: dict[str, Any]) -> Case:
    """The case, turning on what the screening found last, if it found anything."""
    screening = screening_of(content)
    if screening is None or screening.pivot is None:
        return case
    return replace(case, pivot_key=screening.pivot.key, pivot_value=screening.pivot.value)


def _at_stake_minor(content: dict[str, Any]) -> int:
    facts = facts_of_record(content)
    financed_minor = (facts.number("order_minor") or 0) - (facts.number("down_payment_minor") or 0)
    score = content["score"]
    pd_permille = None if score is None else round(Decimal(score["pd"]) * 1000)
    return expected_loss_minor(pd_permille=pd_permille, financed_minor=max(0, financed_minor))
