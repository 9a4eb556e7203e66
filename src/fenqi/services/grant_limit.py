"""A customer's limit follows from a decision."""

from fenqi.core.ledger.outcome import demand
from fenqi.core.postings.party import Cause
from fenqi.core.postings.set_limit import set_limit
from fenqi.services.credit_line import read_line
from fenqi.services.port import Ports
from fenqi.stores import posting
from fenqi.stores.decision import StoredDecision
from fenqi.stores.fetch import Connection


async def grant_limit(connection: Connection, ports: Ports, decision: StoredDecision, *, currency: str) -> None:
    """Set the limit to what a decision says; the decision is the cause, so it is set once."""
    today = ports.business.today()
    line = await read_line(connection, customer_id=decision.customer_id, currency=currency)
    change = set_limit(
        decision.customer_id,
        currency=currency,
        before_minor=line.granted_minor,
        after_minor=decision.limit_minor,
        cause=Cause(cause_id=decision.decision_id, effective_on=today, value_on=today),
    )
    if change is not None:
        demand(*await posting.post(connection, (change,), posted_at=ports.business.now()))
