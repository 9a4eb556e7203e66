"""A customer's limit follows from a decision."""

from fenqi.core.postings.party import Cause
from fenqi.core.postings.set_limit import set_limit
from fenqi.services.credit_line import Line, read_line
from fenqi.services.port import Ports
from fenqi.stores import posting
from fenqi.stores.decision import StoredDecision
from fenqi.stores.fetch import Connection, Statement, together
from fenqi.stores.posting import Outcomes


async def grant_limit(connection: Connection, ports: Ports, decision: StoredDecision, *, currency: str) -> None:
    """Set the limit to what a decision says; the decision is the cause, so it is set once."""
    line = await read_line(connection, customer_id=decision.customer_id, currency=currency)
    await together(connection, *to_grant_limit(ports, decision, line=line, currency=currency))


def to_grant_limit(
    ports: Ports, decision: StoredDecision, *, line: Line, currency: str
) -> tuple[Statement[Outcomes], ...]:
    """Sets the limit, given the customer's line as it is; nothing where it stays as it is."""
    today = ports.business.today()
    change = set_limit(
        decision.customer_id,
        currency=currency,
        before_minor=line.granted_minor,
        after_minor=decision.limit_minor,
        cause=Cause(cause_id=decision.decision_id, effective_on=today, value_on=today),
    )
    return () if change is None else (posting.to_demand(change, posted_at=ports.business.now()),)
