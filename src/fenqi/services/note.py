"""One line in the audit trail."""

from typing import Any

from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.services.port import Ports
from fenqi.stores import work
from fenqi.stores.fetch import Connection
from fenqi.stores.work import Audit


async def note(
    connection: Connection,
    ports: Ports,
    *,
    actor_kind: str,
    actor: str,
    action: str,
    subject: str,
    detail: dict[str, Any] | None = None,
) -> None:
    """Keep who did or saw what, in the transaction in which it happened."""
    b = bucket_of(subject)
    line = Audit(
        b=b,
        audit_id=id_in_bucket(ports.new_id(), b),
        actor_kind=actor_kind,
        actor=actor,
        action=action,
        subject=subject,
        detail=detail or {},
        recorded_at=ports.wall.now(),
    )
    await work.add_audit(connection, line)
