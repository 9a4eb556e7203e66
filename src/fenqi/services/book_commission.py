"""What agencies have earned by a day is booked, as the difference to what was booked before."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid5

from fenqi.core.collection.agency import Assignment
from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.ledger.outcome import demand
from fenqi.core.postings.commission import commission
from fenqi.core.postings.party import Cause
from fenqi.services.offer import CURRENCY
from fenqi.services.port import Ports
from fenqi.stores import agency as agencies
from fenqi.stores import collection as cases
from fenqi.stores import posting
from fenqi.stores.agency import Commission
from fenqi.stores.collection import PaidOn
from fenqi.stores.fetch import Connection


async def book_commissions(connection: Connection, ports: Ports, *, lane: Sequence[int], day: date) -> int:
    """Book what the agencies of a lane earned by a day; of how many assignments something changed."""
    earning = await agencies.earning(connection, lane=lane, day=day)
    if not earning:
        return 0
    paid = await cases.paid(
        connection,
        lane=lane,
        customer_ids=sorted({each.customer_id for each in earning}),
        from_on=min(each.effective_from for each in earning),
        until_on=day,
    )
    booked = await agencies.booked(connection, lane=lane, assignment_ids=[each.assignment_id for each in earning])
    changed = 0
    for each in earning:
        paid_minor = _paid_minor(each, paid, day=day)
        due_minor = each.commission_minor(paid_minor) - booked.get(each.assignment_id, 0)
        if due_minor:
            await _book(connection, ports, each, paid_minor=paid_minor, due_minor=due_minor, day=day)
            changed += 1
    return changed


def _paid_minor(assignment: Assignment, paid: Sequence[PaidOn], *, day: date) -> int:
    until_on = assignment.counts_until(day)
    return sum(
        each.paid_minor
        for each in paid
        if each.customer_id == assignment.customer_id and assignment.effective_from <= each.value_on <= until_on
    )


async def _book(
    connection: Connection, ports: Ports, assignment: Assignment, *, paid_minor: int, due_minor: int, day: date
) -> None:
    commission_id = id_in_bucket(uuid5(assignment.assignment_id, f"commission:{day.isoformat()}"), assignment.b)
    row = Commission(
        b=assignment.b,
        commission_id=commission_id,
        assignment_id=assignment.assignment_id,
        agency_id=assignment.agency_id,
        booked_for=day,
        paid_minor=paid_minor,
        commission_minor=due_minor,
    )
    if not await agencies.add_commission(connection, row):
        return
    legs = commission(
        assignment.agency_id,
        bucket=assignment.b,
        currency=CURRENCY,
        amount_minor=due_minor,
        cause=Cause(cause_id=commission_id, effective_on=ports.business.today(), value_on=day),
    )
    demand(*await posting.post(connection, legs, posted_at=ports.business.now()))
