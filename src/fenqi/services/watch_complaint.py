"""What time makes of a complaint: a deadline missed is flagged, a near one passed on, an old answer closed."""

from uuid import UUID

from fenqi.core.collection.complaint_course import SYSTEM, watched
from fenqi.services.keep_complaint import lock_complaint, tell
from fenqi.services.port import Ports
from fenqi.stores import complaint as complaints
from fenqi.stores.fetch import Connection


async def watch_complaint(connection: Connection, ports: Ports, *, complaint_id: UUID) -> None:
    """Keep what time has made of a complaint; asked again, nothing more happens.

    Raises: ComplaintUnknown.
    """
    complaint = await lock_complaint(connection, complaint_id=complaint_id)
    after, happened = watched(complaint, at=ports.business.now())
    if not happened:
        return
    await complaints.save(connection, after)
    for what in happened:
        await tell(connection, ports, after, what=what, by=SYSTEM)
