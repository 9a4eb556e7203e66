"""Complaints are looked through for what time has made of them, each by itself."""

from collections.abc import Sequence

import structlog

from fenqi.batch.close_day import FAILURES
from fenqi.services.watch_complaint import watch_complaint
from fenqi.stores import complaint as complaints
from fenqi.wiring import Installation

_log = structlog.get_logger()


async def watch_complaints(installation: Installation, *, lane: Sequence[int]) -> int:
    """Flag what is overdue, pass on what nearly is, close what nobody objected to; for how many it was done.

    One that fails is told and looked at again by the next run; it keeps no other waiting.
    """
    ports, done = installation.ports, 0
    async with installation.reading() as connection:
        found = await complaints.to_watch(connection, lane=lane, at=ports.business.now())
    for each in found:
        try:
            async with installation.transaction() as connection:
                await watch_complaint(connection, ports, complaint_id=each.complaint_id)
        except FAILURES as failure:
            _log.warning("complaint not looked at", complaint_id=str(each.complaint_id), what=str(failure))
        else:
            done += 1
    return done
