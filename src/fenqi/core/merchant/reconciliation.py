"""Our payments against the channel's settlement of a day: what it concludes, and where the two differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from fenqi.core.merchant.payment_order import Answer, Outcome, Payment, PaymentKind, PaymentState, answered


@dataclass(frozen=True)
class SettledLine:
    """One payment that the channel settled."""

    order_id: UUID
    kind: PaymentKind
    amount_minor: int
    currency: str
    channel_reference: str
    account: str
    reference: str


@dataclass(frozen=True)
class SettledDay:
    """Everything that a channel settled on a day; `file_sha256` names the file that says so."""

    settled_on: date
    channel: str
    is_stand_in: bool
    lines: tuple[SettledLine, ...]
    file_sha256: str


class DifferenceKind(StrEnum):
    """How our book and the channel's differ."""

    UNKNOWN_TO_US = "unknown_to_us"
    """The channel settled an order that we never wrote down."""
    MISSING_IN_FILE = "missing_in_file"
    """We hold a payment of the day to have succeeded, and the channel did not settle it."""
    CONTENT_DIFFERS = "content_differs"
    """Kind, amount or currency are not the same."""
    CONTRADICTED = "contradicted"
    """The channel settled what it had told us had failed."""


@dataclass(frozen=True)
class Difference:
    """One order on which a person must look."""

    kind: DifferenceKind
    order_id: UUID
    ours_minor: int | None
    theirs_minor: int | None


@dataclass(frozen=True)
class Reconciliation:
    """What a settlement file does: the payments that it concludes, and the differences that it shows."""

    concluded: tuple[Payment, ...]
    differences: tuple[Difference, ...]


def reconcile(payments: Iterable[Payment], day: SettledDay) -> Reconciliation:
    """Hold every payment against the day's lines, each order once.

    `payments` are those requested on the day and those the lines name. An open payment with a line has succeeded; one
    without a line stays open, since it may settle on another day. Nothing is concluded where anything differs.
    """
    ours = {payment.order.order_id: payment for payment in payments}
    theirs = {line.order_id: line for line in day.lines}
    found = [_difference(ours.get(order_id), line) for order_id, line in theirs.items()]
    missing = [
        _missing(payment) for order_id, payment in ours.items() if order_id not in theirs and _is_due(payment, day)
    ]
    differing = [difference for difference in found if difference]
    suspect = {difference.order_id for difference in differing}
    concluded = [
        answered(ours[order_id], answer_of(line, day))
        for order_id, line in theirs.items()
        if order_id not in suspect and not ours[order_id].is_concluded
    ]
    return Reconciliation(concluded=tuple(concluded), differences=tuple(differing + missing))


def answer_of(line: SettledLine, day: SettledDay) -> Answer:
    """A line of the file as the channel's word on its order."""
    return Answer(
        outcome=Outcome.SUCCEEDED,
        channel_reference=line.channel_reference,
        code="settled",
        message=f"settlement file {day.file_sha256[:16]}",
        settled_on=day.settled_on,
        channel=day.channel,
        is_stand_in=day.is_stand_in,
    )


def _difference(payment: Payment | None, line: SettledLine) -> Difference | None:
    if payment is None:
        return Difference(DifferenceKind.UNKNOWN_TO_US, line.order_id, ours_minor=None, theirs_minor=line.amount_minor)
    order = payment.order
    if (order.kind, order.amount_minor, order.currency) != (line.kind, line.amount_minor, line.currency):
        kind = DifferenceKind.CONTENT_DIFFERS
    elif payment.state is PaymentState.FAILED:
        kind = DifferenceKind.CONTRADICTED
    else:
        return None
    return Difference(kind, line.order_id, ours_minor=order.amount_minor, theirs_minor=line.amount_minor)


def _is_due(payment: Payment, day: SettledDay) -> bool:
    return payment.state is PaymentState.SUCCEEDED and payment.settled_on == day.settled_on


def _missing(payment: Payment) -> Difference:
    order = payment.order
    return Difference(DifferenceKind.MISSING_IN_FILE, order.order_id, ours_minor=order.amount_minor, theirs_minor=None)
