"""What the text of a notice may say on the day on which it leaves."""

from datetime import date
from uuid import UUID

from fenqi.core.limit.reason import reasons_told, told_of
from fenqi.services.book_loan import open_loan
from fenqi.services.find_loan import find_loan
from fenqi.services.late_loan import late_fields
from fenqi.stores import agency as agencies
from fenqi.stores import limit as limits
from fenqi.stores.fetch import Connection
from fenqi.stores.notice import Notice

OF_CASE = "case:"
"""How the kind of a notice begins that tells of everything late on a loan, and not of one instalment."""
OF_ASSIGNMENT = "agency:"
"""How the kind of a notice begins that also names the agency which will ask; the id of the assignment follows."""

OF_LIMIT = "limit:"
"""How the kind of a notice begins that tells of a move of the credit line; the id of the move follows."""


async def notice_fields(connection: Connection, notice: Notice, *, on: date) -> dict[str, object] | None:
    """The fields of a notice; None if what it would tell is over."""
    if notice.kind.startswith(OF_LIMIT):
        return await _of_limit(connection, UUID(notice.kind.removeprefix(OF_LIMIT)), b=notice.b)
    if notice.loan_id is None:
        return _of_instalment(notice, on=on)
    if notice.kind.startswith(OF_CASE):
        return await _of_late_loan(connection, notice.loan_id, on=on)
    if notice.kind.startswith(OF_ASSIGNMENT):
        late = await _of_late_loan(connection, notice.loan_id, on=on)
        named = await _of_agency(connection, UUID(notice.kind.removeprefix(OF_ASSIGNMENT)), b=notice.b)
        return late and named and late | named
    if not notice.left_minor:
        return None
    return _of_instalment(notice, on=on) | {"loan_ending": notice.loan_id.hex[-6:]}


def _of_instalment(notice: Notice, *, on: date) -> dict[str, object]:
    fields: dict[str, object] = {"amount": notice.left_minor}
    if notice.due_on is not None:
        fields |= {"due_on": notice.due_on, "days_late": max(0, (on - notice.due_on).days)}
    return fields


async def _of_late_loan(connection: Connection, loan_id: UUID, *, on: date) -> dict[str, object] | None:
    loan = await open_loan(connection, await find_loan(connection, loan_id=loan_id))
    state = loan.state(as_of=on)
    return late_fields(loan, state) if state.overdue.total else None


async def _of_agency(connection: Connection, assignment_id: UUID, *, b: int) -> dict[str, object] | None:
    assignment = await agencies.find_assignment(connection, b=b, assignment_id=assignment_id)
    if assignment is None or assignment.recalled_on is not None:
        return None
    agency = await agencies.find(connection, agency_id=assignment.agency_id)
    return None if agency is None else {"agency": agency.name, "from_on": assignment.effective_from}


async def _of_limit(connection: Connection, change_id: UUID, *, b: int) -> dict[str, object] | None:
    change = await limits.find_change(connection, b=b, change_id=change_id)
    if change is None:
        return None
    told = told_of(change.reasons)
    why = reasons_told(told)
    return {
        "amount": change.after_minor,
        "why_zh": "；".join(each["zh"] for each in why),
        "why_en": "; ".join(each["en"] for each in why),
    }
