"""Requests for help are looked through for what time has made of them, request by request."""

from collections.abc import Sequence

import structlog

from fenqi.batch.close_day import FAILURES
from fenqi.services.watch_hardship import watch_request
from fenqi.stores import hardship as requests
from fenqi.wiring import Installation

_log = structlog.get_logger()


async def watch_hardship(installation: Installation, *, lane: Sequence[int]) -> int:
    """Do what time asks for, each request in a transaction of its own; for how many it was done.

    One that fails is told and looked at again by the next run; it keeps no other waiting.
    """
    ports, done = installation.ports, 0
    async with installation.reading() as connection:
        found = await requests.to_watch(connection, lane=lane, at=ports.business.now(), on=ports.business.today())
    for each in found:
        try:
            async with installation.transaction() as connection:
                await watch_request(connection, ports, request_id=each.request_id)
        except FAILURES as failure:
            _log.warning("request for help not looked at", request_id=str(each.request_id), what=str(failure))
        else:
            done += 1
    return done
