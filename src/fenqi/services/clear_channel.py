"""What the payment channel says it settled on a day is held against our orders, and booked as arrived."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from fenqi.core.ledger.account import bucket_in
from fenqi.core.ledger.outcome import demand
from fenqi.core.merchant.payment_order import PaymentKind
from fenqi.core.merchant.reconciliation import Difference, SettledDay, SettledLine, answer_of, reconcile
from fenqi.core.postings.clear_channel import clear_channel as clear
from fenqi.core.postings.party import Cause
from fenqi.services.hear_of_payment import hear_answer, payment_of
from fenqi.services.port import Ports
from fenqi.stores import payment as payments
from fenqi.stores import posting
from fenqi.stores.fetch import Connection
from fenqi.stores.payment import StoredOrder, Word


@dataclass(frozen=True)
class Cleared:
    """What a settlement file came to.

    Units: `cleared_minor` is what reached the bank now, negative if more left it; nothing the second time.
    """

    file_sha256: str
    is_stand_in: bool
    line_count: int
    concluded_count: int
    cleared_minor: int
    differences: tuple[Difference, ...]


async def clear_channel(connection: Connection, ports: Ports, day: SettledDay) -> Cleared:
    """Conclude what the file concludes and move what it settled from the channel to the bank, each order once.

    An order on which the two books differ is reported and left alone: a person must look.
    """
    stored = await _orders(connection, day)
    heard = await _heard(connection, [order.order_id for order in stored])
    found = reconcile((payment_of(order, heard[order.order_id]) for order in stored), day)
    suspect = {difference.order_id for difference in found.differences}
    lines = [line for line in day.lines if line.order_id not in suspect and not _is_settled(heard[line.order_id])]
    for line in sorted(lines, key=lambda each: (bucket_in(each.order_id), each.order_id)):
        await hear_answer(connection, ports, order_id=line.order_id, answer=answer_of(line, day), how="settlement")
    cleared_minor = await _post(connection, ports, lines, day)
    return Cleared(
        file_sha256=day.file_sha256,
        is_stand_in=day.is_stand_in,
        line_count=len(day.lines),
        concluded_count=len(found.concluded),
        cleared_minor=cleared_minor,
        differences=found.differences,
    )


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
