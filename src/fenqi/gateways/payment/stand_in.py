"""A payment channel that stands in for a real one, and says so in every answer, notice and file."""

import hashlib
from datetime import date, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from fenqi.core.merchant.payment_order import (
    ORDER_NOT_FOUND,
    Answer,
    Notice,
    Outcome,
    PaymentKind,
    PaymentOrder,
    masked,
)
from fenqi.core.merchant.reconciliation import SettledLine
from fenqi.core.refusal import Unavailable
from fenqi.gateways.payment.notice import SignedNotice, write_notice
from fenqi.gateways.payment.port import OrderIdReused
from fenqi.gateways.payment.settlement_file import write_settlement
from fenqi.gateways.payment.stand_in_book import STAND_IN, Asked, Book, Booked, Conducted, Lost, Noticed, Pages
from fenqi.gateways.payment.stand_in_conduct import Conduct, Script, conduct_of

NAME = "stand-in"
KEY_ID = "stand-in-channel"
REFUND_TOO_LARGE = Conduct(truth=Outcome.FAILED, code="refund_exceeds_debit", message="more than was debited")


class StandInChannel:
    """Plays a bank: by a script, with a book of its own, moving no money.

    With `book_path` its memory is a file, so that it survives the death of the service as a bank would. Every payment
    that succeeds settles on the day it was requested for, or as many days later as its conduct says.
    """

    def __init__(self, *, book_path: Path | None, notice_secret: bytes, script: Script | None = None) -> None:
        self._book = Book(book_path)
        self._notice_secret = notice_secret
        self._script = script or Script()

    @property
    def name(self) -> str:
        """The channel's name."""
        return NAME

    @property
    def is_stand_in(self) -> bool:
        """True: no money moves."""
        return True

    async def debit(self, order: PaymentOrder) -> Answer:
        """Pretend to take money from a customer's account."""
        return self._take(order, PaymentKind.DEBIT)

    async def refund(self, order: PaymentOrder) -> Answer:
        """Pretend to give money back; never more than the debit that the order names."""
        return self._take(order, PaymentKind.REFUND)

    async def payout(self, order: PaymentOrder) -> Answer:
        """Pretend to pay a merchant."""
        return self._take(order, PaymentKind.PAYOUT)

    async def query(self, order_id: UUID) -> Answer:
        """What the book says of an order."""
        with self._book.opened() as book:
            booked = book.pages.booked.get(order_id)
            if booked is None:
                return _unknown("", code=ORDER_NOT_FOUND, message="no such order was received")
            asked_before = book.pages.asked_count.get(order_id, 0)
            book.write(Asked(order_id))
        if booked.conduct.is_silent and asked_before < booked.conduct.silent_queries:
            return _unknown(booked.channel_reference)
        return _truth(booked)

    async def settlement_file(self, day: date) -> bytes:
        """The day's settlement file; a debit that we were told nothing about is in it."""
        with self._book.opened() as book:
            settled = tuple(book.pages.settled_by_day.get(day, ()))
        return write_settlement(map(_line, settled), settled_on=day, channel=NAME, note=STAND_IN)

    async def set_conduct(self, account_token: str, conduct: Conduct) -> None:
        """From now on treat an account so, whatever its token says."""
        with self._book.opened() as book:
            book.write(Conducted(account_token, conduct))

    async def notice_of(self, order_id: UUID, *, url: str, created_at: datetime) -> SignedNotice | None:
        """The signed notice of an order's end, or nothing if the order never arrived. Its id stays the same."""
        with self._book.opened() as book:
            booked = book.pages.booked.get(order_id)
        return None if booked is None else self._sign(booked, url=url, created_at=created_at)

    async def pending_notices(self, *, url: str, created_at: datetime) -> tuple[SignedNotice, ...]:
        """The notices of all orders that were answered `unknown` and not yet marked as noticed, oldest first."""
        with self._book.opened() as book:
            waiting = [one for one in book.pages.booked.values() if _awaits_notice(one, book.pages)]
        return tuple(self._sign(booked, url=url, created_at=created_at) for booked in waiting)

    async def mark_noticed(self, order_id: UUID) -> None:
        """The notice was received, or refused for good."""
        with self._book.opened() as book:
            book.write(Noticed(order_id))

    def _take(self, order: PaymentOrder, kind: PaymentKind) -> Answer:
        if order.kind is not kind:
            raise ValueError(f"a {order.kind} cannot be sent as a {kind}")
        with self._book.opened() as book:
            known = book.pages.booked.get(order.order_id)
            if known is not None:
                return _truth(_require_same(known, order))
            conduct = self._conduct(order, book.pages)
            if conduct.is_unreachable:
                raise Unavailable("替身: the stand-in channel cannot be reached", retry=True)
            if conduct.is_lost and order.order_id not in book.pages.lost:
                book.write(Lost(order.order_id))
                return _unknown("")
            booked = Booked(order, conduct=conduct, channel_reference=_reference(order.order_id))
            book.write(booked)
        return _unknown(booked.channel_reference) if conduct.is_silent else _truth(booked)

    def _conduct(self, order: PaymentOrder, pages: Pages) -> Conduct:
        if order.original_order_id is not None and order.amount_minor > _refundable(order.original_order_id, pages):
            return REFUND_TOO_LARGE
        return pages.conducts.get(order.account_token) or conduct_of(order, self._script)

    def _sign(self, booked: Booked, *, url: str, created_at: datetime) -> SignedNotice:
        order = booked.order
        notice = Notice(
            notice_id=str(uuid5(NAMESPACE_URL, f"stand-in notice {order.order_id}")),
            order_id=order.order_id,
            amount_minor=order.amount_minor,
            currency=order.currency,
            answer=_truth(booked),
        )
        return write_notice(
            notice, url=url, note=STAND_IN, key_id=KEY_ID, secret=self._notice_secret, created_at=created_at
        )


def _awaits_notice(booked: Booked, pages: Pages) -> bool:
    return booked.conduct.is_silent and booked.order.order_id not in pages.noticed


def _require_same(known: Booked, order: PaymentOrder) -> Booked:
    if _essence(known.order) != _essence(order):
        raise OrderIdReused("another order has this id", allowed="the same order, or a new id")
    return known


def _essence(order: PaymentOrder) -> tuple[object, ...]:
    return (order.kind, order.amount_minor, order.currency, order.account_token, order.original_order_id)


def _refundable(order_id: UUID, pages: Pages) -> int:
    debit = pages.booked.get(order_id)
    if debit is None or not debit.is_settled:
        return 0
    return debit.order.amount_minor - pages.refunded_minor.get(order_id, 0)


def _reference(order_id: UUID) -> str:
    return f"STANDIN{hashlib.sha256(order_id.bytes).hexdigest()[:16].upper()}"


def _truth(booked: Booked) -> Answer:
    conduct = booked.conduct
    return Answer(
        outcome=conduct.truth,
        channel_reference=booked.channel_reference,
        code=conduct.code,
        message=f"{STAND_IN}: {conduct.message}",
        settled_on=booked.settled_on if booked.is_settled else None,
        channel=NAME,
        is_stand_in=True,
    )


def _unknown(channel_reference: str, *, code: str = "processing", message: str = "not known yet") -> Answer:
    return Answer(
        outcome=Outcome.UNKNOWN,
        channel_reference=channel_reference,
        code=code,
        message=f"{STAND_IN}: {message}",
        settled_on=None,
        channel=NAME,
        is_stand_in=True,
    )


def _line(booked: Booked) -> SettledLine:
    order = booked.order
    return SettledLine(
        order_id=order.order_id,
        kind=order.kind,
        amount_minor=order.amount_minor,
        currency=order.currency,
        channel_reference=booked.channel_reference,
        account=masked(order.account_token),
        reference=order.reference,
    )
