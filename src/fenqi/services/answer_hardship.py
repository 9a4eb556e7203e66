"""A person answers a borrower in difficulty: these ways out, or a no with its reason."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from fenqi.core.collection.hardship import (
    HardshipOptionWithheld,
    HardshipRequest,
    end_of_day,
    last_day_before,
    offer,
    refuse,
)
from fenqi.services.ask_hardship import end_hold, law_of, lock_request, saved
from fenqi.services.port import Ports
from fenqi.services.tell_customer import tell_customer
from fenqi.services.weigh_relief import Weighed, weigh_relief
from fenqi.stores.fetch import Connection
from fenqi.stores.staff import Staff


async def offer_relief(
    connection: Connection, ports: Ports, *, request_id: UUID, option_ids: Sequence[str], reason: str, staff: Staff
) -> HardshipRequest:
    """Put ways out before the borrower, to be signed within the time that the rules give.

    Raises: HardshipUnknown, HardshipOver, HardshipOptionWithheld.
    """
    request = await lock_request(connection, request_id=request_id)
    at, today = ports.business.now(), ports.business.today()
    until = end_of_day(today + timedelta(days=law_of(ports).acceptance_days))
    wanted, last_on = tuple(dict.fromkeys(option_ids)), last_day_before(until)
    offered = offer(request, option_ids=wanted, by=staff.login, reason=reason, at=at, until=until)
    _require_possible(await weigh_relief(connection, ports, request), wanted)
    await saved(connection, ports, offered, what="offered", by=staff.login, text=reason)
    await tell_customer(
        connection,
        ports,
        customer_id=request.customer_id,
        template="hardship_offered",
        about=request_id,
        once_for=f"offered:{','.join(wanted)}:{last_on.isoformat()}",
        due_on=last_on,
    )
    return offered


async def refuse_relief(
    connection: Connection, ports: Ports, *, request_id: UUID, reason: str, staff: Staff
) -> HardshipRequest:
    """Say no; what was held is held no longer.

    Raises: HardshipUnknown, HardshipOver.
    """
    request = await lock_request(connection, request_id=request_id)
    refused = refuse(request, by=staff.login, reason=reason, at=ports.business.now())
    await end_hold(connection, ports, refused, by=staff.login)
    await saved(connection, ports, refused, what="refused", by=staff.login, text=reason)
    await tell_customer(
        connection,
        ports,
        customer_id=request.customer_id,
        template="hardship_refused",
        about=request_id,
        once_for="refused",
    )
    return refused


def _require_possible(weighed: Weighed, option_ids: Sequence[str]) -> None:
    for option_id in option_ids:
        option = weighed.option(option_id)
        if option is None or option.withheld:
            why = "is none" if option is None else option.withheld
            possible = ", ".join(each.option_id for each in weighed.options if not each.withheld)
            raise HardshipOptionWithheld(
                f"{option_id} {why}", allowed=possible or "nothing", source=weighed.ceiling.cited
            )
