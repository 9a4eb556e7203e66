"""Set amounts aside and let them go; a posting that names the hold captures it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fenqi.core.ledger.account import CHART
from fenqi.core.ledger.hold import Hold, HoldEnd
from fenqi.core.ledger.outcome import OUTCOMES, Result
from fenqi.stores.fetch import Connection, first
from fenqi.stores.packed import int2s, optional_int8s, uuids
from fenqi.stores.query import queries

_SQL = queries("hold")


@dataclass(frozen=True)
class HoldState:
    """A hold and, if it has come to one, its end."""

    bucket: int
    hold_id: UUID
    amount_minor: int
    reference: UUID | None
    held_at: datetime
    expires_at: datetime
    how: str | None
    captured_minor: int | None
    transaction_id: UUID | None
    ended_at: datetime | None


@dataclass(frozen=True)
class _Outcome:
    outcome: int


async def add(connection: Connection, wanted: Hold, *, held_at: datetime) -> Result:
    """Set an amount aside on the debit account, if it is available there: posted, replayed, conflict or limit."""
    accounts = (wanted.leg.debit, wanted.leg.credit)
    parameters = {
        "b": wanted.bucket,
        "hold_id": wanted.hold_id,
        "hash": wanted.payload_hash,
        "account_id": uuids([account.account_id for account in accounts]),
        "kind": int2s([CHART[account.kind].number for account in accounts]),
        "owner": uuids([account.owner for account in accounts]),
        "floor_minor": optional_int8s([account.floor_minor for account in accounts]),
        "ledger": wanted.leg.debit.ledger,
        "amount_minor": wanted.leg.amount_minor,
        "reference": wanted.reference,
        "held_at": held_at,
        "expires_at": wanted.expires_at,
    }
    return await _result(connection, "add", parameters, identity=wanted.hold_id)


async def release(connection: Connection, *, bucket: int, hold_id: UUID, how: HoldEnd, ended_at: datetime) -> Result:
    """Let a held amount go, voided or expired: posted, replayed, hold unknown or hold ended."""
    parameters = {"b": bucket, "hold_id": hold_id, "how": how.value, "ended_at": ended_at}
    return await _result(connection, "release", parameters, identity=hold_id)


async def _result(connection: Connection, query: str, parameters: Mapping[str, Any], *, identity: UUID) -> Result:
    found = await first(connection, _Outcome, _SQL[query], parameters)
    return Result(identity, OUTCOMES[found.outcome if found else -1])


async def find(connection: Connection, *, bucket: int, hold_id: UUID) -> HoldState | None:
    """One hold."""
    return await first(connection, HoldState, _SQL["find"], {"b": bucket, "hold_id": hold_id})
