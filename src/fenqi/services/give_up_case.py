"""A case goes to court, or is proposed for writing off: each needs a second person."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any
from uuid import UUID

from fenqi.core.collection.arrears_case import CollectionCase
from fenqi.core.collection.contact import SHANGHAI
from fenqi.core.collection.legal import LegalStep, require_follows, require_write_off
from fenqi.core.loan.change import Change, ChangeKind
from fenqi.services.change_loan import ProposeChange, SecondPersonNeeded, propose_change
from fenqi.services.contact_in_case import NothingOverdue
from fenqi.services.find_collection_case import Collector, hold_case, write_down
from fenqi.services.hold_collection import held_of_customer
from fenqi.services.loans_of import open_loans
from fenqi.services.port import Ports
from fenqi.stores import collection as cases
from fenqi.stores.fetch import Connection
from fenqi.stores.loan_change import LoanChange


@dataclass(frozen=True, kw_only=True)
class TakeLegalStep:
    """A step in court, with what it costs and the court's reference."""

    case_id: UUID
    step: LegalStep
    reference: str
    cost_minor: int
    text: str


async def take_legal_step(
    connection: Connection, ports: Ports, command: TakeLegalStep, *, collector: Collector
) -> CollectionCase:
    """Take the next step; whoever wants to go to court is not who agrees.

    Raises: LegalStepOutOfOrder, SecondPersonNeeded, CollectionCaseUnknown, CollectionCaseClosed, CollectionCaseTaken.
    """
    case = await hold_case(connection, ports, case_id=command.case_id, collector=collector, action="took_legal_step")
    require_follows(command.step, after=case.legal_step)
    if command.step is LegalStep.APPROVED:
        await _require_second_person(connection, case, collector)
    stepped = replace(case, legal_step=command.step.value)
    await cases.put(connection, [stepped])
    detail: dict[str, Any] = {"reference": command.reference, "cost_minor": command.cost_minor}
    await write_down(
        connection,
        ports,
        stepped,
        what=f"legal_{command.step}",
        by=collector.login,
        text=command.text,
        detail=detail,
    )
    return stepped


async def _require_second_person(connection: Connection, case: CollectionCase, collector: Collector) -> None:
    proposed = await cases.last_event(connection, b=case.b, case_id=case.case_id, what=f"legal_{LegalStep.PROPOSED}")
    if proposed is None:
        raise SecondPersonNeeded("nobody is known to have proposed it", allowed="a step that somebody proposed")
    if proposed.by == collector.login:
        raise SecondPersonNeeded("you proposed to go to court yourself", allowed="somebody else agrees")


async def propose_write_off(
    connection: Connection, ports: Ports, *, case_id: UUID, collector: Collector, reason: str, request_id: str
) -> tuple[LoanChange, ...]:
    """Propose to write off every late loan of a case that the rule lets go; somebody else answers each change.

    Raises: WriteOffTooEarly, NothingOverdue, CollectionCaseUnknown, CollectionCaseClosed, CollectionCaseTaken.
    """
    case = await hold_case(connection, ports, case_id=case_id, collector=collector, action="proposed_write_off")
    today = ports.business.today()
    law = ports.authority.pack.value("collection.write_off", on=today)
    opened_at = datetime.combine(case.opened_on, time(0), tzinfo=SHANGHAI)
    count = await cases.contact_count(connection, b=case.b, customer_id=case.customer_id, since=opened_at)
    held = await held_of_customer(connection, customer_id=case.customer_id)
    known = [(loan, loan.state(as_of=today)) for loan in await open_loans(connection, customer_id=case.customer_id)]
    late = [
        (loan, state)
        for loan, state in known
        if state.overdue.total and state.charged_off_on is None and not held.covers(loan.row.loan_id)
    ]
    if not late:
        raise NothingOverdue("no loan is late that is neither held nor written off", allowed="a loan that is late")
    worst = max(state.days_past_due for _, state in late)
    require_write_off(days_past_due=worst, contact_count=count, source=law.cited, **law.value)
    proposed = [
        await propose_change(
            connection,
            ports,
            ProposeChange(loan.row.loan_id, Change(kind=ChangeKind.CHARGE_OFF, on=today), reason, request_id),
            staff=collector.staff,
        )
        for loan, state in late
        if state.days_past_due >= law.value["days"]
    ]
    detail = {"changes": [str(change.change_id) for change in proposed], "rule": law.cited}
    await write_down(connection, ports, case, what="write_off_proposed", by=collector.login, text=reason, detail=detail)
    return tuple(proposed)
