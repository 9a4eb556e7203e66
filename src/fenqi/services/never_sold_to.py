"""To whom nothing is sold, by what is known of their means: students, and those whose debts take too much already."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from fenqi.core.customer.affordability import affordability_of
from fenqi.core.ledger.account import bucket_of
from fenqi.core.limit.law import limit_law
from fenqi.services.line_behaviour import SERVICE_DAYS
from fenqi.services.port import Ports
from fenqi.stores import limit as limits
from fenqi.stores.fetch import Connection
from fenqi.stores.limit import Means

OVER_INDEBTED, STUDENT = "over_indebted", "student"


async def never_sold_to(connection: Connection, ports: Ports, *, customer_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """What stops marketing to each of some customers, besides what was said of them by hand."""
    today, authority = ports.business.today(), ports.authority
    law = limit_law(authority.pack, lender_type=authority.house.lender_type, on=today)
    lane = sorted({bucket_of(customer_id) for customer_id in customer_ids})
    until_on = today + timedelta(days=SERVICE_DAYS)
    found = await limits.means(connection, lane=lane, customer_ids=customer_ids, on=today, until_on=until_on)
    return {
        means.customer_id: {
            kind
            for kind, holds in (
                (STUDENT, means.is_student),
                (OVER_INDEBTED, _burden_percent(means) > law.debt_burden_percent_max),
            )
            if holds
        }
        for means in found
    }


def _burden_percent(means: Means) -> int:
    """What all debts take of the income; who owes and has no known income bears too much."""
    service_minor = means.here_service_minor + means.outside_service_minor
    if not service_minor:
        return 0
    return affordability_of(
        monthly_income_minor=means.monthly_income_minor,
        monthly_debt_service_minor=service_minor,
        debt_service_percent_max=100,
    ).burden_percent
