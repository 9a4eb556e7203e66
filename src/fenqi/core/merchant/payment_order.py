"""A payment order: what we ask of the channel, what it said, and what that makes of the order."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal

ORDER_NOT_FOUND = "order_not_found"


class PaymentKind(StrEnum):
    """Which way the money goes."""

    DEBIT = "debit"
    """From a customer to the lender."""
    REFUND = "refund"
    """Back to a customer."""
    PAYOUT = "payout"
    """To a merchant."""


class Outcome(StrEnum):
    """What the channel says became of an order."""

    SUCCEEDED = "succeeded"
    """The money moved."""
    FAILED = "failed"
    """It did not and will not move under this order."""
    UNKNOWN = "unknown"
    """It may have moved; a notice or a query will tell."""


class PaymentState(StrEnum):
    """What we know of an order."""

    REQUESTED = "requested"
    """Written down; the channel may or may not have heard of it."""
    UNKNOWN = "unknown"
    """The channel has answered that it does not know yet."""
    SUCCEEDED = "succeeded"
    """The money moved."""
    FAILED = "failed"
    """It did not move."""


class Act(StrEnum):
    """What may be done next about an order."""

    NOTHING = "nothing"
    """It is concluded."""
    ASK = "ask"
    """Query the channel, or wait for its notice: sending again would be blind."""
    SEND = "send"
    """The channel has said that it never saw the order: it may be sent, under the same id."""


@dataclass(frozen=True)
class PaymentOrder:
    """One movement of money; `order_id` is ours and is the channel's idempotency key.

    A refund names the debit that it gives back, where there is one, as `original_order_id`.
    """

    order_id: UUID
    kind: PaymentKind
    amount_minor: int
    currency: str
    account_token: str
    reference: str
    requested_at: datetime
    requested_on: date
    original_order_id: UUID | None = None

    def __post_init__(self) -> None:
        if self.amount_minor <= 0:
            raise PaymentAmountInvalid("a payment moves a positive amount", allowed="1 minor unit or more")
        if not (self.account_token + self.reference).isprintable():
            raise PaymentTextInvalid("account or reference cannot be written in a file", allowed="printable characters")


@dataclass(frozen=True)
class Answer:
    """What the channel says about one order, by answer, query or settlement file."""

    outcome: Outcome
    channel_reference: str
    code: str
    message: str
    settled_on: date | None
    channel: str
    is_stand_in: bool


@dataclass(frozen=True)
class Notice:
    """What the channel says on its own account; `notice_id` is the channel's and never used twice."""

    notice_id: str
    order_id: UUID
    amount_minor: int
    currency: str
    answer: Answer


@dataclass(frozen=True)
class Payment:
    """An order and what is known of it; `notice_ids` are those already heard."""

    order: PaymentOrder
    state: PaymentState
    channel_reference: str = ""
    settled_on: date | None = None
    notice_ids: frozenset[str] = frozenset()

    @property
    def is_concluded(self) -> bool:
        """Whether nothing that the channel says may change it any more."""
        return self.state in {PaymentState.SUCCEEDED, PaymentState.FAILED}


class PaymentAmountInvalid(Refusal):
    """A payment of nothing, or of less."""

    code: ClassVar[str] = "payment_amount_invalid"


class PaymentTextInvalid(Refusal):
    """The account or the reference has control characters in it."""

    code: ClassVar[str] = "payment_text_invalid"


class PaymentContradicted(Refusal):
    """The channel says the opposite of what it said before; a person must look."""

    code: ClassVar[str] = "payment_contradicted"
    kind: ClassVar[Kind] = Kind.CONFLICT


class NoticeReplayed(Refusal):
    """The same notice arrived before; nothing more happens."""

    code: ClassVar[str] = "notice_replayed"
    kind: ClassVar[Kind] = Kind.CONFLICT


class NoticeOutOfOrder(Refusal):
    """The notice says something older than what is known, or its opposite."""

    code: ClassVar[str] = "notice_out_of_order"
    kind: ClassVar[Kind] = Kind.CONFLICT


class NoticeDiffers(Refusal):
    """The notice speaks of another order, amount or currency than the order it is applied to."""

    code: ClassVar[str] = "notice_differs"
    kind: ClassVar[Kind] = Kind.CONFLICT


class PaymentOrderUnknown(Refusal):
    """No order of that id was ever sent."""

    code: ClassVar[str] = "payment_order_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


def requested(order: PaymentOrder) -> Payment:
    """The payment as it is written down before the channel is called."""
    return Payment(order=order, state=PaymentState.REQUESTED)


def answered(payment: Payment, answer: Answer) -> Payment:
    """What the payment is after an answer, the reply to a query or a line of the settlement file.

    A concluded payment stays as it is when told the same again or told that nothing is known.

    Raises: PaymentContradicted if it succeeded and is now said to have failed, or the other way round.
    """
    said = PaymentState(answer.outcome)
    if not payment.is_concluded:
        return replace(
            payment,
            state=said,
            channel_reference=answer.channel_reference or payment.channel_reference,
            settled_on=answer.settled_on,
        )
    if said not in {payment.state, PaymentState.UNKNOWN}:
        raise PaymentContradicted(
            f"the order has {payment.state}, and the channel now says {said}", allowed=f"{payment.state} again"
        )
    return payment


def notified(payment: Payment, notice: Notice) -> Payment:
    """What the payment is after a notice, which is remembered so that its repetition is known.

    Raises: NoticeReplayed, NoticeDiffers, NoticeOutOfOrder; nothing is to be saved then.
    """
    order = payment.order
    if notice.notice_id in payment.notice_ids:
        raise NoticeReplayed("this notice has been heard", allowed="each notice once")
    said = (notice.order_id, notice.amount_minor, notice.currency)
    if said != (order.order_id, order.amount_minor, order.currency):
        raise NoticeDiffers(
            "the notice does not speak of this order",
            allowed=f"order {order.order_id} over {order.amount_minor} {order.currency}",
        )
    if payment.is_concluded and notice.answer.outcome != payment.state:
        raise NoticeOutOfOrder(
            f"the notice says {notice.answer.outcome} after the order has {payment.state}",
            allowed=f"{payment.state}, or a notice before it",
        )
    return replace(answered(payment, notice.answer), notice_ids=payment.notice_ids | {notice.notice_id})


def next_act(payment: Payment, *, last_answer: Answer | None) -> Act:
    """What may be done about a payment, given the channel's last word on it.

    An order whose sending was cut short is asked about, never sent again, until the channel itself says that it
    has no such order.
    """
    if payment.is_concluded:
        return Act.NOTHING
    if last_answer is not None and last_answer.code == ORDER_NOT_FOUND:
        return Act.SEND
    return Act.ASK


def masked(account_token: str) -> str:
    """An account as it may be shown: its last four characters."""
    return f"****{account_token[-4:]}"
