"""The stand-in channel: its answers, its memory, its notices and its file."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from fenqi.core.merchant.payment_order import (
    ORDER_NOT_FOUND,
    Act,
    Outcome,
    PaymentKind,
    PaymentOrder,
    PaymentState,
    answered,
    next_act,
    notified,
    requested,
)
from fenqi.core.refusal import Unavailable
from fenqi.gateways.payment.notice import read_notice
from fenqi.gateways.payment.port import OrderIdReused
from fenqi.gateways.payment.settlement_file import parse_settlement
from fenqi.gateways.payment.stand_in import KEY_ID, StandInChannel
from fenqi.gateways.payment.stand_in_conduct import DECLINED, OK, AmountRule, Conduct, Script, conduct_of

SECRET = b"s" * 32
AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
DAY = date(2026, 11, 1)
URL = "http://127.0.0.1:8420/v1/notices/payment"


def order(number: int, token: str = "tok_ok_6222", kind: PaymentKind = PaymentKind.DEBIT, **more) -> PaymentOrder:
    given = {"amount_minor": 52_000, "currency": "CNY", "reference": "loan 1", "requested_at": AT, "requested_on": DAY}
    return PaymentOrder(order_id=UUID(int=number), kind=kind, account_token=token, **(given | more))


@pytest.fixture
def book_path(tmp_path: Path) -> Path:
    return tmp_path / "stand-in" / "payments.jsonl"


@pytest.fixture
def channel(book_path: Path) -> StandInChannel:
    return opened(book_path)


def opened(book_path: Path | None, script: Script | None = None) -> StandInChannel:
    return StandInChannel(book_path=book_path, notice_secret=SECRET, script=script)


@pytest.mark.parametrize(
    ("token", "at_once", "asked"),
    [
        ("tok_ok_6222", Outcome.SUCCEEDED, Outcome.SUCCEEDED),
        ("tok_declined_6222", Outcome.FAILED, Outcome.FAILED),
        ("tok_closed", Outcome.FAILED, Outcome.FAILED),
        ("tok_unknown_then_ok", Outcome.UNKNOWN, Outcome.SUCCEEDED),
        ("tok_unknown_then_fail_1", Outcome.UNKNOWN, Outcome.FAILED),
    ],
)
def test_answers_as_the_accounts_token_says(channel: StandInChannel, token: str, at_once: Outcome, asked: Outcome):
    answer = asyncio.run(channel.debit(order(1, token)))
    assert (answer.outcome, answer.is_stand_in, "替身" in answer.message) == (at_once, True, True)
    assert asyncio.run(channel.query(UUID(int=1))).outcome is asked


def test_the_same_order_moves_money_once(channel: StandInChannel):
    first, second = (asyncio.run(channel.debit(order(1))) for _ in range(2))
    assert first == second
    assert len(parse_settlement(asyncio.run(channel.settlement_file(DAY))).lines) == 1


def test_an_order_that_was_answered_unknown_is_answered_truly_when_sent_again(channel: StandInChannel):
    asyncio.run(channel.debit(order(1, "tok_unknown_then_ok")))
    assert asyncio.run(channel.debit(order(1, "tok_unknown_then_ok"))).outcome is Outcome.SUCCEEDED


def test_an_order_id_is_used_for_one_order(channel: StandInChannel):
    asyncio.run(channel.debit(order(1)))
    with pytest.raises(OrderIdReused):
        asyncio.run(channel.debit(order(1, amount_minor=1)))


def test_a_lost_order_is_sent_again_only_once_the_channel_denies_it(channel: StandInChannel):
    lost = order(1, "tok_lost")
    payment = answered(requested(lost), asyncio.run(channel.debit(lost)))
    assert next_act(payment, last_answer=None) is Act.ASK
    denied = asyncio.run(channel.query(lost.order_id))
    assert (denied.outcome, denied.code) == (Outcome.UNKNOWN, ORDER_NOT_FOUND)
    assert next_act(payment, last_answer=denied) is Act.SEND
    assert answered(payment, asyncio.run(channel.debit(lost))).state is PaymentState.SUCCEEDED


def test_an_unreachable_channel_books_nothing(channel: StandInChannel):
    with pytest.raises(Unavailable) as failure:
        asyncio.run(channel.payout(order(1, "tok_unreachable", PaymentKind.PAYOUT)))
    assert failure.value.retry
    assert asyncio.run(channel.query(UUID(int=1))).code == ORDER_NOT_FOUND


def test_an_order_goes_the_way_that_its_kind_says(channel: StandInChannel):
    with pytest.raises(ValueError, match="cannot be sent"):
        asyncio.run(channel.payout(order(1)))


def test_a_refund_gives_back_at_most_its_debit(channel: StandInChannel):
    asyncio.run(channel.debit(order(1)))
    part = order(2, kind=PaymentKind.REFUND, amount_minor=50_000, original_order_id=UUID(int=1))
    assert asyncio.run(channel.refund(part)).outcome is Outcome.SUCCEEDED
    refused = asyncio.run(channel.refund(replace(part, order_id=UUID(int=3))))
    assert (refused.outcome, refused.code) == (Outcome.FAILED, "refund_exceeds_debit")
    nothing = replace(part, order_id=UUID(int=4), original_order_id=UUID(int=99))
    assert asyncio.run(channel.refund(nothing)).outcome is Outcome.FAILED


def test_an_accounts_conduct_can_be_set_and_outlives_a_restart(channel: StandInChannel, book_path: Path):
    asyncio.run(channel.set_conduct("tok_ok_6222", DECLINED))
    assert asyncio.run(opened(book_path).debit(order(1))).outcome is Outcome.FAILED
    asyncio.run(channel.set_conduct("tok_ok_6222", OK))
    assert asyncio.run(channel.debit(order(2))).outcome is Outcome.SUCCEEDED


def test_stays_silent_for_as_many_queries_as_told():
    script = Script(by_token={"tok_slow": Conduct(is_silent=True, silent_queries=2)})
    channel = opened(None, script)
    asyncio.run(channel.debit(order(1, "tok_slow")))
    said = [asyncio.run(channel.query(UUID(int=1))).outcome for _ in range(3)]
    assert said == [Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.SUCCEEDED]


def test_an_amount_decides_where_no_token_does_and_chance_is_seeded():
    script = Script(
        by_amount=(AmountRule(PaymentKind.DEBIT, 666, DECLINED),), seed=7, declined_per_mille=300, unknown_per_mille=200
    )
    assert conduct_of(order(1, "acct", amount_minor=666), script) is DECLINED
    drawn = [conduct_of(order(number, "acct"), script) for number in range(1, 2_001)]
    assert drawn == [conduct_of(order(number, "acct"), script) for number in range(1, 2_001)]
    assert 0.27 < sum(one.truth is Outcome.FAILED for one in drawn) / 2_000 < 0.33
    assert 0.17 < sum(one.is_silent for one in drawn) / 2_000 < 0.23


def test_a_silent_order_is_told_by_a_signed_notice_that_keeps_its_id(channel: StandInChannel):
    unknown = order(1, "tok_unknown_then_fail")
    payment = answered(requested(unknown), asyncio.run(channel.debit(unknown)))
    asyncio.run(channel.debit(order(2)))
    (sent,) = asyncio.run(channel.pending_notices(url=URL, created_at=AT))
    heard = read_notice(url=URL, headers=sent.headers, body=sent.body, secrets={KEY_ID: SECRET}, at=AT)
    assert notified(payment, heard).state is PaymentState.FAILED
    assert json.loads(sent.body)["note"] == "替身 stand-in"
    again = asyncio.run(channel.notice_of(UUID(int=1), url=URL, created_at=AT.replace(hour=3)))
    assert (again.notice_id, again.body) == (sent.notice_id, sent.body)
    asyncio.run(channel.mark_noticed(UUID(int=1)))
    assert asyncio.run(channel.pending_notices(url=URL, created_at=AT)) == ()


def test_an_order_that_never_arrived_has_no_notice(channel: StandInChannel):
    assert asyncio.run(channel.notice_of(UUID(int=1), url=URL, created_at=AT)) is None


def test_the_days_file_holds_what_succeeded_and_says_stand_in(channel: StandInChannel):
    asyncio.run(channel.debit(order(1, "tok_unknown_then_ok")))
    asyncio.run(channel.debit(order(2, "tok_declined")))
    asyncio.run(channel.payout(order(3, kind=PaymentKind.PAYOUT)))
    asyncio.run(channel.debit(order(4, requested_on=date(2026, 11, 2))))
    content = asyncio.run(channel.settlement_file(DAY))
    day = parse_settlement(content)
    assert [line.order_id.int for line in day.lines] == [1, 3]
    assert day.is_stand_in
    assert "替身 stand-in" in content.decode()
    assert "6222" not in content.decode().replace("****6222", "")
    assert parse_settlement(asyncio.run(channel.settlement_file(date(2026, 12, 1)))).lines == ()


def test_two_processes_share_one_book(channel: StandInChannel, book_path: Path):
    other = opened(book_path)
    asyncio.run(channel.debit(order(1)))
    assert asyncio.run(other.query(UUID(int=1))).outcome is Outcome.SUCCEEDED
    asyncio.run(other.debit(order(2)))
    assert asyncio.run(channel.query(UUID(int=2))).outcome is Outcome.SUCCEEDED
    assert book_path.stat().st_mode & 0o777 == 0o600


def test_a_line_cut_short_by_a_crash_is_dropped(channel: StandInChannel, book_path: Path):
    asyncio.run(channel.debit(order(1)))
    whole = book_path.read_bytes()
    with book_path.open("ab") as file:
        file.write(b'{"line":"booked","order":{"ord')
    asyncio.run(opened(book_path).debit(order(2)))
    assert book_path.read_bytes().startswith(whole + b'{"line":"booked"')
    assert asyncio.run(channel.query(UUID(int=2))).outcome is Outcome.SUCCEEDED


KILLED = """
import asyncio, os, sys
from pathlib import Path
from uuid import UUID
from tests.gateways.test_payment_stand_in import opened, order
channel = opened(Path(sys.argv[1]))
for number in range(1, 1_000_000):
    asyncio.run(channel.debit(order(number)))
    print(number, flush=True)
"""


def test_what_was_answered_survives_kill_9(book_path: Path):
    root = Path(__file__).parents[2]
    path = os.pathsep.join([str(root), str(root / "src")])
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(book_path)], stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": path}
    )
    assert process.stdout is not None
    answered_count = 0
    while answered_count < 50:
        answered_count = int(process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    answered_count = max([answered_count, *map(int, process.stdout.read().split())])
    process.wait()
    channel = opened(book_path)
    for number in range(1, answered_count + 1):
        assert asyncio.run(channel.query(UUID(int=number))).outcome is Outcome.SUCCEEDED
