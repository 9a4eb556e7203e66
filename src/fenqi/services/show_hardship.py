"""A request for help as the borrower and as the desk see it."""

from datetime import datetime
from typing import Any

from fenqi.core.collection.hardship import HardshipRequest, HardshipState, last_day_before
from fenqi.core.collection.relief import ReliefOption, ReliefPart, borne_minor
from fenqi.core.compliance.disclosure import shown_percent
from fenqi.services.ask_hardship import law_of
from fenqi.services.keep_paper import papers_shown
from fenqi.services.port import Ports
from fenqi.services.weigh_relief import Weighed, weigh_relief
from fenqi.stores import hardship as requests
from fenqi.stores import paper as papers
from fenqi.stores.fetch import Connection


def request_line(request: HardshipRequest, *, at: datetime) -> dict[str, Any]:
    """A request as it stands in a list."""
    return {
        "request_id": str(request.request_id),
        "customer_id": str(request.customer_id),
        "state": request.state.value,
        "level": request.level.value,
        "cause": request.cause.value,
        "asked_by": request.asked_by,
        "asked_at": request.asked_at.isoformat(),
        "answer_due_on": last_day_before(request.answer_due_at).isoformat(),
        "is_late": (request.answered_at or request.ended_at or at) >= request.answer_due_at,
        "answered_at": _instant(request.answered_at),
        "answered_by": request.answered_by,
        "reason": request.reason,
        "offered": list(request.option_ids),
        "accept_until": last_day_before(request.accept_until).isoformat() if request.accept_until else None,
        "agreed_option": request.agreed_option,
        "agreed_at": _instant(request.agreed_at),
        "observed_until": request.observed_until.isoformat() if request.observed_until else None,
        "ended_at": _instant(request.ended_at),
    }


async def own_request_shown(connection: Connection, ports: Ports, request: HardshipRequest) -> dict[str, Any]:
    """A request as its borrower sees it: where it stands, the papers, and what is offered."""
    line = request_line(request, at=ports.business.now())
    lines = await papers.about(connection, b=request.b, about=request.request_id)
    offered = list[dict[str, Any]]()
    if request.state is HardshipState.OFFERED:
        weighed = await weigh_relief(connection, ports, request)
        offered = [option_shown(each, weighed) for each in weighed.options if each.option_id in request.option_ids]
    signature = await requests.signature(connection, request)
    showing = signature and await requests.showing(connection, b=request.b, showing_id=signature.showing_id)
    kept = ("request_id", "state", "cause", "asked_at", "answer_due_on", "answered_at", "reason", "accept_until")
    more = ("agreed_option", "agreed_at", "observed_until", "ended_at")
    return {name: line[name] for name in (*kept, *more)} | {
        "papers": papers_shown(lines),
        "options": offered,
        "document_id": str(showing.document_id) if showing else None,
    }


async def desk_request_shown(connection: Connection, ports: Ports, request: HardshipRequest) -> dict[str, Any]:
    """A request as the desk sees it: what was stated and proved, the loans, every way out, what was done."""
    weighed = await weigh_relief(connection, ports, request)
    stated, law = weighed.stated, law_of(ports)
    events = await requests.events(connection, request)
    earlier = await requests.of_customer(connection, b=request.b, customer_id=request.customer_id)
    currency = weighed.loans[0].row.currency if weighed.loans else "CNY"
    return request_line(request, at=ports.business.now()) | {
        "currency": currency,
        "stated": {
            "text": stated.text,
            "monthly_income_minor": stated.monthly_income_minor,
            "monthly_living_minor": stated.monthly_living_minor,
            "monthly_debts_minor": stated.monthly_debts_minor,
            "room_minor": stated.room_minor,
        },
        "papers": papers_shown(await papers.about(connection, b=request.b, about=request.request_id)),
        "options": [option_shown(each, weighed) for each in weighed.options],
        "suggested": weighed.suggested,
        "ceiling_percent": f"{shown_percent(weighed.ceiling.percent)}",
        "ceiling_source": weighed.ceiling.cited,
        "answer_days": law.answer_days,
        "answer_source": law.cited["answer_days"],
        "earlier": [
            {"request_id": str(each.request_id), "state": each.state.value, "asked_at": each.asked_at.isoformat()}
            for each in earlier
            if each.request_id != request.request_id
        ],
        "events": [
            {"what": each.what, "by": each.by, "text": each.text, "recorded_at": each.recorded_at.isoformat()}
            for each in events
        ],
    }


def option_shown(option: ReliefOption, weighed: Weighed) -> dict[str, Any]:
    """A way out with what it costs, over all loans and loan by loan."""
    currencies = {loan.row.loan_id: loan.row.currency for loan in weighed.loans}
    return {
        "option_id": option.option_id,
        "kind": option.kind.value,
        "number": f"{option.number}",
        "currency": next(iter(currencies.values()), "CNY"),
        "extra_cost_minor": option.extra_cost_minor,
        "to_pay_minor": option.to_pay_minor,
        "instalment_max_minor": option.instalment_max_minor,
        "first_due_on": option.first_due_on.isoformat() if option.first_due_on else None,
        "last_due_on": option.last_due_on.isoformat() if option.last_due_on else None,
        "annual_share": f"{shown_percent(option.annual_percent) / 100}",
        "withheld": option.withheld or None,
        "is_affordable": option.is_affordable,
        "parts": [_part_shown(part) for part in option.parts],
    }


def _part_shown(part: ReliefPart) -> dict[str, Any]:
    left = [row for row in part.after.rows if row.outstanding.total]
    return {
        "loan_id": str(part.loan_id),
        "is_changed": bool(part.changes),
        "cost_before_minor": borne_minor(part.before),
        "cost_after_minor": borne_minor(part.after),
        "annual_share": f"{shown_percent(part.annual_percent) / 100}",
        "rows": [
            {"instalment": row.number, "due_on": row.due_on.isoformat(), "total_minor": row.outstanding.total}
            for row in left
        ],
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
