"""The settlement file: what is written is read, and no damage goes unseen."""

import hashlib
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.merchant.payment_order import PaymentKind
from fenqi.core.merchant.reconciliation import SettledLine
from fenqi.core.refusal import Refusal
from fenqi.gateways.payment.settlement_file import (
    SettlementFileCut,
    SettlementFileTampered,
    SettlementFileUnreadable,
    SettlementLineDuplicated,
    SettlementTotalsDiffer,
    parse_settlement,
    write_settlement,
)

DAY = date(2026, 11, 1)
TEXT = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), max_size=12)
LINES = st.lists(
    st.builds(
        SettledLine,
        order_id=st.uuids(),
        kind=st.sampled_from(PaymentKind),
        amount_minor=st.integers(1, 10**15),
        currency=st.sampled_from(["CNY", "HKD"]),
        channel_reference=TEXT,
        account=TEXT,
        reference=TEXT,
    ),
    max_size=8,
    unique_by=lambda line: line.order_id,
)


def line(number: int, amount_minor: int = 100) -> SettledLine:
    return SettledLine(UUID(int=number), PaymentKind.DEBIT, amount_minor, "CNY", "REF", "****6222", "loan 1")


def written(*lines: SettledLine) -> bytes:
    return write_settlement(lines, settled_on=DAY, channel="stand-in", note="替身 stand-in")


def resealed(content: bytes) -> bytes:
    """The file with a digest that fits, as somebody who tampers with it would make it."""
    before, _, last = content.removesuffix(b"\n").rpartition(b"\n")
    count = last.split(b",")[1]
    digest = hashlib.sha256(before + b"\n").hexdigest().encode()
    return before + b"\nend," + count + b"," + digest + b"\n"


@settings(max_examples=200)
@given(LINES)
def test_reads_what_it_writes(lines: list[SettledLine]):
    day = parse_settlement(written(*lines))
    assert (day.lines, day.settled_on, day.channel, day.is_stand_in) == (tuple(lines), DAY, "stand-in", True)


@settings(max_examples=200)
@given(LINES, st.data())
def test_a_file_cut_anywhere_is_refused(lines: list[SettledLine], data: st.DataObject):
    content = written(*lines)
    cut = content[: data.draw(st.integers(0, len(content) - 1))]
    with pytest.raises((SettlementFileCut, SettlementFileTampered)):
        parse_settlement(cut)


@settings(max_examples=200)
@given(LINES, st.data())
def test_a_file_with_one_byte_changed_is_refused(lines: list[SettledLine], data: st.DataObject):
    content = bytearray(written(*lines))
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Refusal):
        parse_settlement(bytes(content))


def test_a_text_with_control_characters_is_not_written():
    with pytest.raises(ValueError, match="printable"):
        written(replace(line(1), reference="loan\r1"))


def test_the_same_order_twice_is_refused():
    with pytest.raises(SettlementLineDuplicated):
        parse_settlement(written(line(1), line(1)))


def test_a_changed_amount_is_seen_by_the_totals_even_with_a_new_digest():
    with pytest.raises(SettlementTotalsDiffer):
        parse_settlement(resealed(written(line(1), line(2)).replace(b",100,CNY,REF", b",900,CNY,REF", 1)))


def test_a_line_taken_out_is_seen_even_with_a_new_digest():
    rows = written(line(1), line(2)).splitlines(keepends=True)
    with pytest.raises(SettlementFileCut):
        parse_settlement(resealed(b"".join(rows[:2] + rows[3:])))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"file,1,", b"file,2,"),
        (b"2026-11-01", b"2026-11-31"),
        (b"debit", b"gift"),
        (b",100,CNY,REF", b",1e2,CNY,REF"),
        (b",100,CNY,REF", b",+100,CNY,REF"),
        (b",100,CNY,REF", b",-100,CNY,REF"),
        (b"line,", b"lime,"),
        (b"columns,order_id,kind", b"columns,kind,order_id"),
        (b"\nline", b"\n\nline"),
        (b"****6222", b"\xff"),
        (b"****6222", b"\x1b[2J"),
        (b"****6222", b'"x'),
    ],
)
def test_a_row_that_is_not_as_the_format_says_is_refused(old: bytes, new: bytes):
    with pytest.raises(SettlementFileUnreadable):
        parse_settlement(resealed(written(line(1)).replace(old, new, 1)))


@pytest.mark.parametrize("content", [b"", b"\n", b"end,0\n", b"hello"])
def test_what_is_no_file_at_all_is_refused(content: bytes):
    with pytest.raises(SettlementFileCut):
        parse_settlement(content)
