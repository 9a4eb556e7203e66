"""The channel has said something about an order, by whichever way; what it means is booked at once."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from fenqi.core.billing.placement import PlacementRule
from fenqi.core.ledger.account import bucket_in, id_in_bucket
from fenqi.core.ledger.outcome import demand
from fenqi.core.loan.event import CreditBalanceRefunded, Event, Repaid, Withdrawn
from fenqi.core.merchant.payment_order import (
    Answer,
    Notice,
    Payment,
    PaymentKind,
    PaymentOrder,
    PaymentOrderUnknown,
    PaymentState,
    answered,
    notified,
)
from fenqi.core.postings.party import Cause
from fenqi.core.postings.settle_merchant import pay_out
from fenqi.services.book_loan import open_loan, record
from fenqi.services.find_loan import lock_loan
from fenqi.services.place_payment import place_payment
from fenqi.services.port import Ports
from fenqi.services.return_overpayment import return_overpayment
from fenqi.services.take_transfer import hear_of_return
from fenqi.services.tell_of_settlement import tell_of_payout
from fenqi.services.watch_customer import DEBIT_FAILED, to_watch_customer
from fenqi.services.withdraw_loan import WITHDRAW
from fenqi.stores import joint_payment as joints
from fenqi.stores import payment as payments
from fenqi.stores import posting
from fenqi.stores.fetch import Connection, together
from fenqi.stores.payment import StoredOrder, Word

_EVENT = UUID("0197a000-0000-7000-8000-0000000e0e0e")


async def hear_answer(connection: Connection, ports: Ports, *, order_id: UUID, answer: Answer, how: str) -> str:
    """Take an answer, a reply to a query or a line of the settlement file in; the order's state after it.

    A query that learns nothing leaves no word behind: an order may be asked about for days.

    Raises: PaymentOrderUnknown, PaymentContradicted.
    """
    stored, payment = await _lock(connection, order_id=order_id)
    after = answered(payment, answer)
    if how != "query" or after != payment:
        await payments.add_word(connection, _word(ports, stored, answer, how=how))
    return await _conclude(connection, ports, stored, before=payment, after=after)


async def hear_notice(connection: Connection, ports: Ports, notice: Notice) -> str:
    """Take a notice in; the order's state after it.

    Raises: PaymentOrderUnknown, NoticeDiffers, NoticeReplayed, NoticeOutOfOrder; nothing has changed then.
    """
    stored, payment = await _lock(connection, order_id=notice.order_id)
    after = notified(payment, notice)
    word = _word(ports, stored, notice.answer, how="notice", notice_id=notice.notice_id)
    await payments.add_word(connection, word)
    return await _conclude(connection, ports, stored, before=payment, after=after)


def payment_order_of(stored: StoredOrder) -> PaymentOrder:
    """The order as the channel gets it."""
    return PaymentOrder(
        order_id=stored.order_id,
        kind=PaymentKind(stored.kind),
        amount_minor=stored.amount_minor,
        currency=stored.currency,
        account_token=stored.account_token,
        reference=str(stored.loan_id or stored.settlement_id or stored.order_id),
        requested_at=stored.requested_at,
        requested_on=stored.requested_on,
    )


def payment_of(stored: StoredOrder, words: Sequence[Word]) -> Payment:
    """An order and what the channel has said of it, as the core knows them."""
    days = [word.content["settled_on"] for word in words if word.content["settled_on"] is not None]
    return Payment(
        order=payment_order_of(stored),
        state=PaymentState(stored.state),
        channel_reference=stored.channel_reference or "",
        settled_on=date.fromisoformat(days[-1]) if days else None,
        notice_ids=frozenset(word.notice_id for word in words if word.notice_id is not None),
    )


async def _lock(connection: Connection, *, order_id: UUID) -> tuple[StoredOrder, Payment]:
    b = bucket_in(order_id)
    stored = await payments.lock(connection, b=b, order_id=order_id)
    if stored is None:
        raise PaymentOrderUnknown("no such order was sent", allowed="the id of an order of ours")
    return stored, payment_of(stored, await payments.words(connection, b=b, order_id=order_id))


async def _conclude(
    connection: Connection, ports: Ports, stored: StoredOrder, *, before: Payment, after: Payment
) -> str:
    """Save the state; the first time that money has moved, book it."""
    if before.is_concluded:
        return before.state.value
    await payments.conclude(
        connection,
        b=stored.b,
        order_id=stored.order_id,
        state=after.state.value,
        channel_reference=after.channel_reference or None,
        concluded_at=ports.business.now() if after.is_concluded else None,
        settled_on=after.settled_on,
    )
    if stored.transfer_id is not None and after.is_concluded:
        is_returned = after.state is PaymentState.SUCCEEDED
        await hear_of_return(connection, ports, transfer_id=stored.transfer_id, is_returned=is_returned)
    elif after.state is PaymentState.SUCCEEDED:
        await _book(connection, ports, stored)
    elif after.state is PaymentState.FAILED:
        await _watch(connection, ports, stored)
    return after.state.value


async def _watch(connection: Connection, ports: Ports, stored: StoredOrder) -> None:
    """A debit that failed is a sign of difficulty."""
    if PaymentKind(stored.kind) is PaymentKind.DEBIT and stored.customer_id is not None:
        watch = to_watch_customer(ports, customer_id=stored.customer_id, kind=DEBIT_FAILED, about=stored.order_id)
        await together(connection, watch)


async def _book(connection: Connection, ports: Ports, stored: StoredOrder) -> None:
    today = ports.business.today()
    if stored.purpose == "settlement" and stored.merchant_id is not None:
        cause = Cause(cause_id=stored.order_id, effective_on=today, value_on=today)
        paid = pay_out(stored.merchant_id, currency=stored.currency, amount_minor=stored.amount_minor, cause=cause)
        demand(*await posting.post(connection, (paid,), posted_at=ports.business.now()))
    if stored.settlement_id is not None:
        await tell_of_payout(connection, ports, b=stored.b, settlement_id=stored.settlement_id)
    if stored.purpose in {"joint", "auto_debit"}:
        await _book_on_loans(connection, ports, stored)
    if stored.loan_id is not None:
        await _book_on_loan(connection, ports, stored, loan_id=stored.loan_id)


async def _book_on_loans(connection: Connection, ports: Ports, stored: StoredOrder) -> None:
    joint = await joints.find(connection, b=stored.b, order_id=stored.order_id)
    if joint is None:
        raise LookupError(f"order {stored.order_id} is over several loans and names none")
    await place_payment(
        connection,
        ports,
        payment_id=stored.order_id,
        customer_id=joint.customer_id,
        amount_minor=stored.amount_minor,
        rule=PlacementRule(joint.rule),
        loan_ids=joint.loan_ids,
        on=stored.requested_on,
    )


async def _book_on_loan(connection: Connection, ports: Ports, stored: StoredOrder, *, loan_id: UUID) -> None:
    """A debit happened on the day it was asked for; that day decides whether it was in time."""
    loan = await open_loan(connection, await lock_loan(connection, loan_id=loan_id))
    event_id = str(uuid5(_EVENT, str(stored.order_id)))
    on, amount_minor = stored.requested_on, stored.amount_minor
    if stored.purpose == "return_overpayment":
        await record(
            connection,
            ports,
            loan,
            lambda seq: CreditBalanceRefunded(event_id=event_id, on=on, seq=seq, amount_minor=amount_minor),
        )
        return
    pays_off = stored.purpose == "pay_off"

    def paid(seq: int) -> Event:
        if stored.purpose == WITHDRAW:
            return Withdrawn(event_id=event_id, on=on, seq=seq, amount_minor=amount_minor)
        return Repaid(event_id=event_id, on=on, seq=seq, amount_minor=amount_minor, pays_off=pays_off)

    after = await record(connection, ports, loan, paid)
    await return_overpayment(connection, ports, after, once_for=event_id)


def _word(ports: Ports, stored: StoredOrder, answer: Answer, *, how: str, notice_id: str | None = None) -> Word:
    content: dict[str, Any] = asdict(answer)
    content["settled_on"] = None if answer.settled_on is None else answer.settled_on.isoformat()
    return Word(
        b=stored.b,
        word_id=id_in_bucket(ports.new_id(), stored.b),
        order_id=stored.order_id,
        how=how,
        notice_id=notice_id,
        outcome=answer.outcome.value,
        content=content,
        received_at=ports.wall.now(),
    )
