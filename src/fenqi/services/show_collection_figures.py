"""What each action of collection cost and brought, month by month."""

from collections import defaultdict
from datetime import date, datetime, time
from typing import Any

from fenqi.core.collection.contact import SHANGHAI
from fenqi.services.port import Ports
from fenqi.stores import collection_figures as figures
from fenqi.stores.fetch import Connection

AGENCY = "agency"
Lines = list[dict[str, Any]]


async def collection_figures_shown(connection: Connection, ports: Ports, *, from_on: date, until_on: date) -> Lines:
    """By month and action: how often, at what cost, and what was paid within the rule pack's days after it.

    A payment counts for the last action before it and for no other; what came without one stands under `none`. It says
    what followed, not what was caused.
    """
    days: int = ports.authority.pack.value("collection.brought_days", on=ports.business.today()).value
    cost_of = ports.authority.collection.costs_minor
    lines = defaultdict[tuple[date, str], dict[str, int]](
        lambda: {"action_count": 0, "cost_minor": 0, "payment_count": 0, "brought_minor": 0}
    )
    acted = await figures.acted(
        connection,
        from_at=datetime.combine(from_on, time.min, tzinfo=SHANGHAI),
        until_at=datetime.combine(until_on, time.min, tzinfo=SHANGHAI),
    )
    for each in acted:
        line = lines[each.month_on, each.action]
        line["action_count"] = each.action_count
        line["cost_minor"] = each.cost_minor + each.action_count * cost_of.get(each.action, 0)
    for earned in await figures.commissions(connection, from_on=from_on, until_on=until_on):
        lines[earned.month_on, AGENCY]["cost_minor"] += earned.cost_minor
    for paid in await figures.brought(connection, from_on=from_on, until_on=until_on, days=days):
        line = lines[paid.month_on, paid.action]
        line["payment_count"], line["brought_minor"] = paid.payment_count, paid.brought_minor
    return [
        {"month_on": month_on.isoformat(), "action": action, **line}
        for (month_on, action), line in sorted(lines.items())
    ]
