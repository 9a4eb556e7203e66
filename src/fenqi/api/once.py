"""A merchant's command happens once for its idempotency key, and every repetition gets the first reply."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from fastapi import Response
from psycopg.errors import LockNotAvailable

from fenqi.core.merchant.canonical import Json, canonical_hash, canonical_json
from fenqi.core.merchant.idempotency import (
    IdempotencyInProgress,
    KeyScope,
    KeyUse,
    Reply,
    reply_to_repeat,
)
from fenqi.stores import checkout as checkouts
from fenqi.stores.fetch import Connection
from fenqi.wiring import Installation


async def once(
    installation: Installation,
    scope: KeyScope,
    *,
    b: int,
    payload: Json,
    status: int,
    act: Callable[[Connection], Awaitable[dict[str, Any]]],
) -> Response:
    """Run a command in one transaction with its key and its reply, or give the reply it got before.

    The key is claimed in the command's own transaction: a crash forgets both, a refusal forgets both, and while the
    first request is at work a second one is told so. `b` is the bucket of the checkout that the command is about.

    Raises: IdempotencyKeyReused, IdempotencyInProgress, and what the command raises.
    """
    payload_hash = canonical_hash(payload)
    try:
        async with installation.transaction() as connection:
            begun = await checkouts.begin_key(
                connection,
                b=b,
                merchant_id=scope.merchant_id,
                endpoint=scope.endpoint,
                key=scope.key,
                payload_hash=payload_hash,
                created_at=installation.ports.wall.now(),
            )
            reply = None if begun else await _first_reply(connection, scope, b=b, payload_hash=payload_hash)
            if reply is None:
                body = canonical_json(await act(connection))
                reply = Reply(status, body)
                await checkouts.finish_key(
                    connection,
                    b=b,
                    merchant_id=scope.merchant_id,
                    endpoint=scope.endpoint,
                    key=scope.key,
                    status=status,
                    response=body,
                )
    except LockNotAvailable:
        raise IdempotencyInProgress(
            "the first request with this key is still at work", allowed="ask again shortly"
        ) from None
    return Response(reply.body, status_code=reply.status, media_type="application/json")


async def _first_reply(connection: Connection, scope: KeyScope, *, b: int, payload_hash: bytes) -> Reply | None:
    known = await checkouts.known_key(
        connection, b=b, merchant_id=scope.merchant_id, endpoint=scope.endpoint, key=scope.key
    )
    if known is None:
        return None
    reply = None if known.status is None or known.response is None else Reply(known.status, known.response)
    return reply_to_repeat(KeyUse(scope, known.payload_hash, reply), payload_hash=payload_hash)


def endpoint_of(name: str, checkout_id: UUID | None = None) -> str:
    """The endpoint in a key's scope: the command, and the checkout it is about."""
    return name if checkout_id is None else f"{name}:{checkout_id}"
