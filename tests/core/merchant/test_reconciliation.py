"""Our payments against the channel's file."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from fenqi.core.merchant.payment_order import Payment, PaymentKind, PaymentOrder, PaymentState
from fenqi.core.merchant.reconciliation import DifferenceKind, SettledDay, SettledLine, reconcile

DAY = date(2026, 11, 1)


def payment(number: int, state: PaymentState, amount_minor: int = 100) -> Payment:
    order = PaymentOrder(
        order_id=UUID(int=number),
        kind=PaymentKind.DEBIT,
        amount_minor=amount_minor,
        currency="CNY",
        account_token="tok_ok",
        reference="",
        requested_at=datetime(2026, 11, 1, 2, 0, tzinfo=UTC),
        requested_on=DAY,
    )
    return Payment(order, state=state, settled_on=DAY if state is PaymentState.SUCCEEDED else None)


def line(number: int, amount_minor: int = 100) -> SettledLine:
    return SettledLine(UUID(int=number), PaymentKind.DEBIT, amount_minor, "CNY", "REF", "****k_ok", "")


def day(*lines: SettledLine) -> SettledDay:
    return SettledDay(DAY, channel="stand-in", is_stand_in=True, lines=lines, file_sha256="ab" * 32)


def test_an_open_payment_in_the_file_has_succeeded():
    made = reconcile([payment(1, PaymentState.UNKNOWN), payment(2, PaymentState.SUCCEEDED)], day(line(1), line(2)))
    assert [one.state for one in made.concluded] == [PaymentState.SUCCEEDED]
    assert made.concluded[0].settled_on == DAY
    assert made.differences == ()


def test_every_difference_is_named_and_concludes_nothing():
    payments = [
        payment(1, PaymentState.SUCCEEDED),
        payment(2, PaymentState.FAILED),
        payment(3, PaymentState.UNKNOWN, amount_minor=99),
    ]
    made = reconcile(payments, day(line(2), line(3), line(4)))
    assert {(one.order_id.int, one.kind) for one in made.differences} == {
        (1, DifferenceKind.MISSING_IN_FILE),
        (2, DifferenceKind.CONTRADICTED),
        (3, DifferenceKind.CONTENT_DIFFERS),
        (4, DifferenceKind.UNKNOWN_TO_US),
    }
    assert made.concluded == ()


def test_a_payment_that_settles_another_day_is_not_missed():
    later = replace(payment(1, PaymentState.SUCCEEDED), settled_on=date(2026, 11, 2))
    assert reconcile([later, payment(2, PaymentState.UNKNOWN)], day()).differences == ()
