"""What the payment channel says it settled on a day is held against our orders, and booked as arrived."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fenqi.core.billing.money_case import KIND_OF, ClosedHow, MoneyCase, MoneyCaseKind, close
from fenqi.core.ledger.account import bucket_in, bucket_of, id_in_bucket
from fenqi.core.ledger.outcome import demand
from fenqi.core.merchant.payment_order import PaymentKind
from fenqi.core.merchant.reconciliation import Difference, SettledDay, SettledLine, answer_of, reconcile
from fenqi.core.postings.clear_channel import clear_channel as clear
from fenqi.core.postings.party import Cause
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.hear_of_payment import hear_answer, payment_of
from fenqi.services.port import Ports
from fenqi.stores import money_case as cases
from fenqi.stores import payment as payments
from fenqi.stores import posting
from fenqi.stores.fetch import Connection
from fenqi.stores.money_case import SettlementFile
from fenqi.stores.payment import StoredOrder, Word

SYSTEM = "system"


class SettlementFileReplayed(Refusal):
    """This very file was read before; nothing of it is read again."""

    code: ClassVar[str] = "settlement_file_replayed"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True)
class Cleared:
    """What a settlement file came to.

    Units: `cleared_minor` is what reached the bank now, negative if more left it.
    """

    file_sha256: str
    is_stand_in: bool
    line_count: int
    concluded_count: int
    cleared_minor: int
    differences: tuple[Difference, ...]


async def clear_channel(connection: Connection, ports: Ports, day: SettledDay) -> Cleared:
    """Conclude what the file concludes and move what it settled from the channel to the bank, each order once.

    An order on which the two books differ is left alone, and is a case for a person; a case that a later or corrected
    file clears up is closed.

    Raises: SettlementFileReplayed.
    """
    await _require_unread(connection, day)
    stored = await _orders(connection, day)
    heard = await _heard(connection, [order.order_id for order in stored])
    found = reconcile((payment_of(order, heard[order.order_id]) for order in stored), day)
    suspect = {difference.order_id for difference in found.differences}
    lines = [line for line in day.lines if line.order_id not in suspect and not _is_settled(heard[line.order_id])]
    for line in sorted(lines, key=lambda each: (bucket_in(each.order_id), each.order_id)):
        await hear_answer(connection, ports, order_id=line.order_id, answer=answer_of(line, day), how="settlement")
    cleared_minor = await _post(connection, ports, lines, day)
    await _open_cases(connection, ports, found.differences, stored, day)
    await _close_cases(connection, ports, lines, day)
    await cases.add_file(
        connection,
        SettlementFile(
            b=bucket_of(day.file_sha256),
            file_sha256=day.file_sha256,
            channel=day.channel,
            settled_on=day.settled_on,
            line_count=len(day.lines),
            matched_count=sum(line.order_id not in suspect for line in day.lines),
            concluded_count=len(found.concluded),
            break_count=len(found.differences),
            cleared_minor=cleared_minor,
            is_stand_in=day.is_stand_in,
            read_at=ports.business.now(),
        ),
    )
    return Cleared(
        file_sha256=day.file_sha256,
        is_stand_in=day.is_stand_in,
        line_count=len(day.lines),
        concluded_count=len(found.concluded),
        cleared_minor=cleared_minor,
        differences=found.differences,
    )


async def _require_unread(connection: Connection, day: SettledDay) -> None:
    known = await cases.file(connection, b=bucket_of(day.file_sha256), file_sha256=day.file_sha256)
    if known is not None:
        raise SettlementFileReplayed(
            f"this file was read at {known.read_at.isoformat()}", allowed="a file that was not read before"
        )


async def _open_cases(
    connection: Connection,
    ports: Ports,
    differences: Iterable[Difference],
    stored: Iterable[StoredOrder],
    day: SettledDay,
) -> None:
    """Each difference is a case, its amounts signed as they move our bank."""
    ours = {order.order_id: order for order in stored}
    theirs = {line.order_id: line for line in day.lines}
    for each in differences:
        order, line = ours.get(each.order_id), theirs.get(each.order_id)
        b = bucket_in(each.order_id)
        case = MoneyCase(
            b=b,
            case_id=id_in_bucket(ports.new_id(), b),
            kind=KIND_OF[each.kind],
            subject=each.order_id,
            on_day=day.settled_on,
            ours_minor=None if order is None else _signed(order.kind, order.amount_minor),
            theirs_minor=None if line is None else _signed(line.kind, line.amount_minor),
            currency=_currency(order, line),
            opened_at=ports.business.now(),
        )
        await cases.add(connection, case)


async def _close_cases(connection: Connection, ports: Ports, lines: Iterable[SettledLine], day: SettledDay) -> None:
    for line in lines:
        for case in await cases.lock_open_of(connection, b=bucket_in(line.order_id), subject=line.order_id):
            how = ClosedHow.SETTLED_LATER if case.kind is MoneyCaseKind.MISSING else ClosedHow.CORRECTED
            text = f"{day.settled_on.isoformat()} {day.file_sha256[:16]}"
            await cases.save(connection, close(case, by=SYSTEM, how=how, text=text, at=ports.business.now()))


def _currency(order: StoredOrder | None, line: SettledLine | None) -> str:
    """Of whichever of the two books has the order."""
    known = order or line
    if known is None:
        raise LookupError("a difference is of an order that neither book has")
    return known.currency


def _signed(kind: str, amount_minor: int) -> int:
    return amount_minor if kind == PaymentKind.DEBIT else -amount_minor


async def _orders(connection: Connection, day: SettledDay) -> tuple[StoredOrder, ...]:
    """What was asked for on the day and what the file names, held until the transaction ends."""
    asked = await payments.of_day(connection, day=day.settled_on)
    known = {*(order.order_id for order in asked), *(line.order_id for line in day.lines)}
    held = [
        await payments.lock(connection, b=bucket_in(order_id), order_id=order_id)
        for order_id in sorted(known, key=lambda each: (bucket_in(each), each))
    ]
    return tuple(order for order in held if order is not None)


async def _heard(connection: Connection, order_ids: list[UUID]) -> defaultdict[UUID, list[Word]]:
    """What was said of each order before."""
    heard: defaultdict[UUID, list[Word]] = defaultdict(list)
    buckets = sorted({bucket_in(each) for each in order_ids})
    for word in await payments.words_of(connection, bs=buckets, order_ids=order_ids):
        heard[word.order_id].append(word)
    return heard


def _is_settled(words: Iterable[Word]) -> bool:
    return any(word.how == "settlement" for word in words)


async def _post(connection: Connection, ports: Ports, lines: list[SettledLine], day: SettledDay) -> int:
    """The words of the file, kept in this transaction, see to it that no line is ever posted twice."""
    settled: defaultdict[tuple[str, int], int] = defaultdict(int)
    for line in lines:
        came = line.amount_minor if line.kind is PaymentKind.DEBIT else -line.amount_minor
        settled[line.currency, bucket_in(line.order_id)] += came
    cause = Cause(cause_id=ports.new_id(), effective_on=ports.business.today(), value_on=day.settled_on)
    for currency in sorted({currency for currency, _ in settled}):
        by_bucket = {b: minor for (each, b), minor in settled.items() if each == currency}
        transactions = clear(currency=currency, settled_minor=by_bucket, cause=cause)
        demand(*await posting.post(connection, transactions, posted_at=ports.business.now()))
    return sum(settled.values())
