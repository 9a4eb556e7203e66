"""An order goes to the payment channel, between two transactions; what nobody knows is asked, never sent blindly."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog

from fenqi.core.ledger.account import bucket_in
from fenqi.core.merchant.payment_order import (
    ORDER_NOT_FOUND,
    Answer,
    Outcome,
    PaymentKind,
    PaymentOrderUnknown,
    PaymentState,
)
from fenqi.core.refusal import Refusal, Unavailable
from fenqi.services.hear_of_payment import hear_answer, payment_order_of
from fenqi.services.hold_collection import held_of_customer
from fenqi.stores import joint_payment as joints
from fenqi.stores import payment as payments
from fenqi.stores.payment import StoredOrder
from fenqi.wiring import Installation

ASK_AFTER = timedelta(seconds=30)
BATCH = 100
_log = structlog.get_logger()


async def send_order(installation: Installation, *, order_id: UUID) -> dict[str, Any]:
    """Send an order that the caller wrote down just now, and nobody else before; its state afterwards.

    If the channel cannot be reached the order stays as it is, and the loop that asks takes it up.

    Raises: PaymentOrderUnknown.
    """
    stored = await _find(installation, order_id=order_id)
    try:
        answer = await _send(installation, stored)
    except Unavailable:
        return _shown(stored, stored.state)
    return _shown(stored, await _hear(installation, stored, answer, how="answer"))


async def show_order(installation: Installation, *, order_id: UUID) -> dict[str, Any]:
    """What is known of an order; one whose sending was cut short is for the loop that asks.

    Raises: PaymentOrderUnknown.
    """
    stored = await _find(installation, order_id=order_id)
    return _shown(stored, stored.state)


def show_nothing_to_pay(installation: Installation, *, order_id: UUID, currency: str) -> dict[str, Any]:
    """What was done without the channel, as a debit of nothing that has succeeded."""
    channel = installation.ports.channel
    return {
        "order_id": str(order_id),
        "kind": PaymentKind.DEBIT.value,
        "state": PaymentState.SUCCEEDED.value,
        "amount_minor": 0,
        "currency": currency,
        "channel": channel.name,
        "is_stand_in": channel.is_stand_in,
    }


async def ask_unresolved(installation: Installation, *, lane: Sequence[int]) -> int:
    """Ask the channel about orders whose outcome is unknown; how many are resolved now.

    Only an order of which the channel itself says that it never saw it is sent again, under the same id. An order
    that cannot be dealt with is told, and does not keep the others waiting.
    """
    asked_before = installation.ports.business.now() - ASK_AFTER
    async with installation.transaction() as connection:
        orders = await payments.unresolved(connection, lane=list(lane), asked_before=asked_before, limit=BATCH)
    return sum([await _is_resolved_by_asking(installation, stored) for stored in orders])


async def _is_resolved_by_asking(installation: Installation, stored: StoredOrder) -> bool:
    try:
        answer = await installation.payment.query(stored.order_id)
        if answer.code == ORDER_NOT_FOUND:
            answer = await _withdrawn(installation, stored, answer) or await _send(installation, stored)
        state = await _hear(installation, stored, answer, how="query")
    except Unavailable:
        return False
    except Refusal as refusal:
        _log.warning("order not resolved", order_id=str(stored.order_id), code=refusal.code, what=refusal.what)
        return False
    return state in {"succeeded", "failed"}


async def _withdrawn(installation: Installation, stored: StoredOrder, answer: Answer) -> Answer | None:
    """An automatic debit that never left, and that a hold forbids by now, has failed without being sent."""
    if stored.purpose != "auto_debit" or stored.customer_id is None:
        return None
    async with installation.reading() as connection:
        joint = await joints.find(connection, b=stored.b, order_id=stored.order_id)
        held = await held_of_customer(connection, customer_id=stored.customer_id)
    if joint is None or not any(held.covers(loan_id) for loan_id in joint.loan_ids):
        return None
    return replace(answer, outcome=Outcome.FAILED)


async def _find(installation: Installation, *, order_id: UUID) -> StoredOrder:
    async with installation.transaction() as connection:
        stored = await payments.find(connection, b=bucket_in(order_id), order_id=order_id)
    if stored is None:
        raise PaymentOrderUnknown("no such order was written down", allowed="the id of an order of ours")
    return stored


async def _send(installation: Installation, stored: StoredOrder) -> Answer:
    order = payment_order_of(stored)
    match order.kind:
        case PaymentKind.DEBIT:
            return await installation.payment.debit(order)
        case PaymentKind.REFUND:
            return await installation.payment.refund(order)
        case PaymentKind.PAYOUT:
            return await installation.payment.payout(order)


async def _hear(installation: Installation, stored: StoredOrder, answer: Answer, *, how: str) -> str:
    async with installation.transaction() as connection:
        return await hear_answer(connection, installation.ports, order_id=stored.order_id, answer=answer, how=how)


def _shown(stored: StoredOrder, state: str) -> dict[str, Any]:
    return {
        "order_id": str(stored.order_id),
        "kind": stored.kind,
        "state": state,
        "amount_minor": stored.amount_minor,
        "currency": stored.currency,
        "channel": stored.channel,
        "is_stand_in": stored.is_stand_in,
    }
