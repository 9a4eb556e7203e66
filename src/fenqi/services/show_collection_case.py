"""The collector's workspace: a case with everything that is owed, what was done, and what is best next."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fenqi.core.collection.arrears_case import CollectionCase
from fenqi.core.collection.contact import SHANGHAI, ContactChannel, ContactPurpose
from fenqi.core.collection.next_action import NEVER, Standing, next_action
from fenqi.core.collection.promise import Promise
from fenqi.core.collection.strategy import DEFAULT_SCRIPT, Rule
from fenqi.core.loan.component import add_parts
from fenqi.core.loan.event import Repaid
from fenqi.core.loan.state import LoanState
from fenqi.services.book_loan import OpenLoan
from fenqi.services.contact_in_case import options_of, options_shown
from fenqi.services.find_collection_case import Collector
from fenqi.services.hold_collection import held_of_customer
from fenqi.services.loans_of import open_loans
from fenqi.services.look_at_customer import find_customer, masked_customer
from fenqi.services.port import Ports
from fenqi.services.show_timeline import parts_shown
from fenqi.stores import agency as agencies
from fenqi.stores import collection as cases
from fenqi.stores import contact as contacts
from fenqi.stores.collection import CollectionEvent
from fenqi.stores.contact import ContactLine
from fenqi.stores.fetch import Connection

_LATEST = datetime.max.replace(tzinfo=SHANGHAI) - timedelta(days=2)
_LAST_ID = UUID(int=2**128 - 1)
_CONTACTS = 100


async def case_shown(
    connection: Connection, ports: Ports, case: CollectionCase, *, collector: Collector
) -> dict[str, Any]:
    """Everything that somebody needs who works on a case; names and numbers are masked."""
    on, at = ports.business.today(), ports.business.now()
    known = [(loan, loan.state(as_of=on)) for loan in await open_loans(connection, customer_id=case.customer_id)]
    events = await cases.events(connection, b=case.b, case_id=case.case_id)
    promises = await cases.promises_of(connection, b=case.b, case_id=case.case_id)
    lines = await _contacts(connection, case)
    held = await held_of_customer(connection, customer_id=case.customer_id)
    stops = await contacts.stops(connection, lane=[case.b], customer_ids=[case.customer_id])
    stopping = sorted({stop.kind for stop in stops if stop.lasts} | {hold.kind.value for hold in held.holds})
    standing = _standing(case, known, promises, lines, is_stopped=bool(stopping), at=at)
    rule = next_action(standing, ports.authority.collection)
    script = ports.authority.collection.scripts[rule.script or DEFAULT_SCRIPT]
    options = await options_of(connection, ports, case=case, template=script.template, login=collector.login)
    agency = None if case.agency_id is None else await agencies.find(connection, agency_id=case.agency_id)
    return {
        **case_line(case, at=at),
        "customer": await masked_customer(ports, await find_customer(connection, customer_id=case.customer_id)),
        "agency": None if agency is None else agency.name,
        "stops": stopping,
        "overdue": parts_shown(add_parts(state.overdue for _, state in known)),
        "loans": [_loan_shown(loan, state, is_held=held.covers(loan.row.loan_id)) for loan, state in known],
        "next_action": _rule_shown(ports, rule),
        "template": script.template,
        "options": options_shown(options),
        "promises": [promise_shown(promise) for promise in promises],
        "history": _history(lines, known, events),
    }


def case_line(case: CollectionCase, *, at: datetime) -> dict[str, Any]:
    """A case as it stands in a list."""
    return {
        "case_id": str(case.case_id),
        "customer_id": str(case.customer_id),
        "opened_on": case.opened_on.isoformat(),
        "late_from_on": case.late_from_on.isoformat(),
        "days_past_due": case.days_past_due,
        "loan_count": case.loan_count,
        "overdue_minor": case.overdue_minor,
        "owed_minor": case.owed_minor,
        "stage": case.stage,
        "risk": case.risk,
        "strategy_version": case.strategy_version,
        "taken_by": case.holder(at=at),
        "agency_id": None if case.agency_id is None else str(case.agency_id),
        "legal_step": case.legal_step,
        "closed_on": None if case.closed_on is None else case.closed_on.isoformat(),
    }


def promise_shown(promise: Promise) -> dict[str, Any]:
    """A promise and what became of it."""
    return {
        "promise_id": str(promise.promise_id),
        "amount_minor": promise.amount_minor,
        "promised_on": promise.promised_on.isoformat(),
        "made_by": promise.made_by,
        "made_at": promise.made_at.isoformat(),
        "state": promise.state,
        "paid_minor": promise.paid_minor,
        "decided_on": None if promise.decided_on is None else promise.decided_on.isoformat(),
    }


async def _contacts(connection: Connection, case: CollectionCase) -> tuple[ContactLine, ...]:
    return await contacts.of_customer(
        connection,
        b=case.b,
        customer_id=case.customer_id,
        before_at=_LATEST,
        before_id=_LAST_ID,
        limit=_CONTACTS,
    )


def _standing(
    case: CollectionCase,
    known: Sequence[tuple[OpenLoan, LoanState]],
    promises: Sequence[Promise],
    lines: Sequence[ContactLine],
    *,
    is_stopped: bool,
    at: datetime,
) -> Standing:
    asked = [line for line in lines if line.purpose == ContactPurpose.COLLECTION]
    noticed = [line for line in asked if "unanswered" not in line.results]
    calls = [line for line in asked if line.channel == ContactChannel.CALL]
    unanswered = next((number for number, line in enumerate(calls) if "unanswered" not in line.results), len(calls))
    today = at.astimezone(SHANGHAI).date()
    return Standing(
        stage=case.stage,
        risk=case.risk,
        days_past_due=max((state.days_past_due for _, state in known), default=0),
        overdue_minor=sum(state.overdue.total for _, state in known),
        promise=promises[0].state if promises else "none",
        is_stopped=is_stopped,
        is_with_agency=case.agency_id is not None,
        is_legal=case.legal_step not in {None, "ended"},
        contact_count=len(asked),
        contacted_days=(today - noticed[0].begun_at.astimezone(SHANGHAI).date()).days if noticed else NEVER,
        unanswered_count=unanswered,
    )


def _rule_shown(ports: Ports, rule: Rule) -> dict[str, Any]:
    strategy = ports.authority.collection
    script = strategy.scripts[rule.script] if rule.script else None
    return {
        "action": rule.action.value,
        "rule": rule.name,
        "reason": {"zh": rule.reason["zh-CN"], "en": rule.reason["en"]},
        "script": {"zh": script.words["zh-CN"], "en": script.words["en"]} if script else None,
        "strategy_version": strategy.version,
    }


def _loan_shown(loan: OpenLoan, state: LoanState, *, is_held: bool) -> dict[str, Any]:
    return {
        "loan_id": str(loan.row.loan_id),
        "status": state.status.value,
        "currency": loan.row.currency,
        "days_past_due": state.days_past_due,
        "overdue": parts_shown(state.overdue),
        "outstanding": parts_shown(state.outstanding),
        "payoff_minor": state.payoff_minor,
        "charged_off_on": state.charged_off_on.isoformat() if state.charged_off_on else None,
        "is_held": is_held,
    }


def _history(
    lines: Sequence[ContactLine], known: Sequence[tuple[OpenLoan, LoanState]], events: Sequence[CollectionEvent]
) -> list[dict[str, Any]]:
    """Contacts, payments and what was done, newest first; what a page shows of a payment is its day."""
    told = [
        _line(
            line.begun_at.isoformat(),
            "contact",
            what=line.channel,
            by=line.begun_by,
            text=line.content,
            results=line.results,
            contact_id=str(line.contact_id),
        )
        for line in lines
    ]
    told += [
        _line(
            f"{event.on.isoformat()}T00:00:00+08:00",
            "payment",
            what=event.source.value,
            amount_minor=event.amount_minor,
        )
        for loan, _ in known
        for event in loan.events
        if isinstance(event, Repaid)
    ]
    told += [
        _line(
            event.recorded_at.isoformat(),
            "event",
            what=event.what,
            by=event.by,
            text=event.text,
            amount_minor=event.detail.get("amount_minor"),
        )
        for event in events
    ]
    return sorted(told, key=lambda line: datetime.fromisoformat(line["at"]), reverse=True)


def _line(
    at: str,
    kind: str,
    *,
    what: str,
    by: str = "",
    text: str = "",
    amount_minor: int | None = None,
    results: Sequence[str] = (),
    contact_id: str | None = None,
) -> dict[str, Any]:
    return {
        "at": at,
        "kind": kind,
        "what": what,
        "by": by,
        "text": text,
        "amount_minor": amount_minor,
        "results": list(results),
        "contact_id": contact_id,
    }
