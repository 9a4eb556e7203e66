"""What a credit bureau is to be told of loans: borrowers hear first, then records are made, then files written down."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from uuid import UUID, uuid5

import msgspec

from fenqi.core.collection.contact import ContactChannel
from fenqi.core.ledger.account import bucket_in
from fenqi.core.loan.classification import RiskRules, risk_rules
from fenqi.core.loan.credit_record import (
    CreditFileNotRejected,
    CreditFileUnknown,
    CreditRecord,
    CreditRecordUnknown,
    ReportLaw,
    corrected,
    record_in_time,
    record_of_state,
    report_law,
)
from fenqi.core.refusal import Broken
from fenqi.gateways.credit_report.port import CreditFile, Receipt, ReportedLine
from fenqi.services.book_loan import open_loan
from fenqi.services.find_loan import find_loan
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.services.tell_customer import servicing_notices
from fenqi.stores import credit_report as reports
from fenqi.stores import notice as notices
from fenqi.stores.credit_report import GradedMonth, LateLoan, Made, RejectedRecord, StoredFile
from fenqi.stores.fetch import Connection
from fenqi.stores.staff import Staff

WARNING = "credit_warning"
RECORDS_AT_ONCE = 50_000
_FILES = UUID("0197a000-0000-7000-8000-0000000c7ed1")
_SYSTEM = "system"


async def make_records(connection: Connection, ports: Ports, *, b: int, month_on: date) -> int:
    """Make the records of a bucket for a month; 0 if they were made. Only what is late is folded."""
    found = await reports.months(connection, b=b, month_on=month_on)
    at = ports.business.now()
    is_first = await reports.close_month(connection, b=b, month_on=month_on, record_count=len(found), made_at=at)
    if not is_first:
        return 0
    rules, made = risk_rules(ports.authority.pack, on=month_on), Made("month", _SYSTEM, at)
    records = [
        await _folded(connection, graded, rules) if graded.month.days_past_due else _in_time(graded, rules)
        for graded in found
    ]
    await reports.add_records(connection, records, b=b, made=made)
    return len(found)


async def foretell(connection: Connection, ports: Ports, late: LateLoan) -> bool:
    """Tell a borrower that their lateness will be reported; False if they were told."""
    rows = servicing_notices(
        ports,
        customer_id=late.customer_id,
        template=WARNING,
        about=late.loan_id,
        kind=f"{WARNING}:{late.since_on.isoformat()}",
        due_on=late.since_on,
    )
    (in_inbox,) = [row.notice_id for row in rows if row.channel == ContactChannel.INBOX]
    if not await reports.add_notice(connection, late, notice_id=in_inbox, planned_at=ports.business.now()):
        return False
    await notices.add(connection, rows)
    return True


async def make_file(connection: Connection, ports: Ports, *, bureau: str, is_stand_in: bool) -> StoredFile | None:
    """Write a file down with every record that may go, as many as one takes; None if there is none.

    Its id follows from the day and how many files that has, so that two who write it at once do not both succeed.
    """
    at, today = ports.business.now(), ports.business.today()
    told_before = at - timedelta(days=law_of(ports).notice_days)
    records = await reports.to_send(connection, told_before=told_before, limit=RECORDS_AT_ONCE)
    if not records:
        return None
    part = await reports.files_of_day(connection, made_on=today)
    file_id = uuid5(_FILES, f"{today.isoformat()}:{part}")
    file = StoredFile(
        file_id=file_id,
        made_on=today,
        record_count=len(records),
        content_hash="",
        bureau=bureau,
        is_stand_in=is_stand_in,
        state="made",
        reference=None,
        made_at=at,
        sent_at=None,
        rejected_at=None,
        rejected_why=None,
    )
    content = await _content(connection, ports, file, records)
    written = replace(file, content_hash=_hash_of(content))
    return written if await reports.add_file(connection, written, records) else None


async def file_content(connection: Connection, ports: Ports, file: StoredFile) -> CreditFile:
    """A file as it was written down.

    Raises: Broken if what it would say now is not what it said then.
    """
    content = await _content(connection, ports, file, await reports.lines_of(connection, file_id=file.file_id))
    if _hash_of(content) != file.content_hash:
        raise Broken(f"credit file {file.file_id} is not what was written down")
    return content


async def hear_of_file(connection: Connection, ports: Ports, file: StoredFile, receipt: Receipt) -> None:
    """Keep what the bureau did with a file: took it, rejected it, or rejected some of its records."""
    at = ports.business.now()
    if receipt.why:
        await reports.mark_rejected(connection, file, reference=receipt.reference, why=receipt.why, at=at)
        return
    if await reports.mark_sent(connection, file, reference=receipt.reference, sent_at=at):
        lines = [RejectedRecord(one.loan_id, one.month_on, one.version, one.why) for one in receipt.rejected]
        await reports.add_rejections(connection, lines, at=at)


async def send_anew(connection: Connection, ports: Ports, *, file_id: UUID, reason: str, staff: Staff) -> int:
    """Let the records of a file that the bureau rejected go again, each as its next version; how many.

    A record of which there is a later version already goes by that one. The file is held meanwhile, so that pressing
    twice sends nothing twice.

    Raises: CreditFileUnknown, CreditFileNotRejected.
    """
    file = await reports.lock_file(connection, file_id=file_id)
    if file is None:
        raise CreditFileUnknown("no such file was written down", allowed="a file of the list")
    latest = await reports.latest_of_file(connection, file_id=file_id)
    if file.state != "rejected" or not latest:
        raise CreditFileNotRejected(
            f"the file is {file.state}, {len(latest)} of its records have not gone again",
            allowed="a file that the bureau rejected and that has not gone again",
        )
    made = Made(reason, staff.login, ports.business.now())
    for b, lines in groupby(latest, key=itemgetter(0)):
        following = [replace(told, version=told.version + 1) for _, told in lines]
        await reports.add_records(connection, following, b=b, made=made)
    detail = {"reason": reason, "record_count": len(latest)}
    await note(
        connection,
        ports,
        actor_kind="staff",
        actor=staff.login,
        action="sent_credit_file_anew",
        subject=str(file_id),
        detail=detail,
    )
    return len(latest)


async def correct_record(
    connection: Connection, ports: Ports, *, loan_id: UUID, month_on: date, reason: str, staff: Staff
) -> CreditRecord:
    """Report a loan's month anew, as the loan is known now: amounts follow from its events, nobody types them.

    What the bureau rejected may also go again as it was, after what it was rejected for was put right elsewhere.

    Raises: CreditRecordUnknown, CreditRecordUnchanged.
    """
    b = bucket_in(loan_id)
    told = await reports.latest(connection, b=b, loan_id=loan_id, month_on=month_on)
    found = await reports.months(connection, b=b, month_on=month_on, loan_id=loan_id)
    if told is None or not found:
        raise CreditRecordUnknown("nothing was reported of this loan for this month", allowed="a month's last day")
    known = await _folded(connection, found[0], risk_rules(ports.authority.pack, on=month_on))
    record = corrected(told, known, was_rejected=await reports.is_rejected(connection, told, b=b))
    await reports.add_records(connection, [record], b=b, made=Made(reason, staff.login, ports.business.now()))
    await note(
        connection,
        ports,
        actor_kind="staff",
        actor=staff.login,
        action="corrected_credit_record",
        subject=str(loan_id),
        detail={"month_on": month_on.isoformat(), "version": record.version, "reason": reason},
    )
    return record


def law_of(ports: Ports) -> ReportLaw:
    """The rules of today."""
    authority = ports.authority
    return report_law(authority.pack, on=ports.business.today(), lender_type=authority.house.lender_type)


def _in_time(graded: GradedMonth, rules: RiskRules) -> CreditRecord:
    return record_in_time(graded.month, category=graded.category or rules.category(0))


async def _folded(connection: Connection, graded: GradedMonth, rules: RiskRules) -> CreditRecord:
    """The record by the fold; the category it was graded with stays while its days past due are those it had then."""
    month = graded.month
    loan = await open_loan(connection, await find_loan(connection, loan_id=month.loan_id))
    state = loan.state(as_of=month.month_on)
    kept = graded.category if state.days_past_due == month.days_past_due else None
    return record_of_state(month, state, category=kept or rules.category(state.days_past_due))


async def _content(
    connection: Connection, ports: Ports, file: StoredFile, records: Sequence[tuple[int, CreditRecord]]
) -> CreditFile:
    persons = await reports.persons(connection, records)
    plain = dict[UUID, tuple[str, str]]()
    for customer_id, person in persons.items():
        name = person.name_sealed and await ports.keys.unseal(person.name_sealed, row=customer_id, field="name")
        sealed = person.id_number_sealed
        number = sealed and await ports.keys.unseal(sealed, row=customer_id, field="id_number")
        plain[customer_id] = (name or "", number or "")
    lines = tuple(ReportedLine(*plain.get(record.customer_id, ("", "")), record) for _, record in records)
    lender = ports.authority.house.name["zh-CN"]
    return CreditFile(file_id=file.file_id, made_on=file.made_on, lender=lender, lines=lines)


def _hash_of(content: CreditFile) -> str:
    """Of its lines: what the lender is called may change while a file waits."""
    return hashlib.sha256(msgspec.json.encode(content.lines)).hexdigest()
