"""Cases go to an agency and come back; the borrower is told before."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid5

from fenqi.core.collection.agency import (
    Agency,
    AgencyChange,
    AgencyChangeKind,
    AgencyUnknown,
    Assignment,
    changed,
    day_of,
    require_usable,
    require_whole,
)
from fenqi.core.collection.arrears_case import CollectionCase
from fenqi.core.collection.contact import ContactPurpose, ContactStopped, ContactTextUnapproved
from fenqi.core.collection.contact_law import contact_law
from fenqi.core.ledger.account import BUCKET_COUNT, id_in_bucket
from fenqi.core.loan.state import LoanState
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.book_loan import OpenLoan
from fenqi.services.contact_in_case import NothingOverdue
from fenqi.services.find_collection_case import AGENCY_ROLE, Collector, hold_case, write_down
from fenqi.services.hold_collection import held_of_customer
from fenqi.services.late_loan import late_loan
from fenqi.services.note import note
from fenqi.services.notice_fields import OF_ASSIGNMENT
from fenqi.services.notice_template import templates_in_force
from fenqi.services.port import Ports
from fenqi.services.recall_over import recall_over
from fenqi.stores import agency as agencies
from fenqi.stores import collection as cases
from fenqi.stores import contact as contacts
from fenqi.stores import notice as notices
from fenqi.stores import staff as staffs
from fenqi.stores.fetch import Connection
from fenqi.stores.notice import PlannedNotice

TOLD_BY = "agency_named"
CHANNELS = ("inbox", "sms")


class AgencyOnList(Refusal):
    """An agency of this name is on the list."""

    code: ClassVar[str] = "agency_on_list"
    kind: ClassVar[Kind] = Kind.CONFLICT


class LoginNotOfAgency(Refusal):
    """Nobody has this login, or whoever has it is not in the role of an agency."""

    code: ClassVar[str] = "login_not_of_agency"
    kind: ClassVar[Kind] = Kind.CONFLICT


class LoginWithAgency(Refusal):
    """The login belongs to an agency already."""

    code: ClassVar[str] = "login_with_agency"
    kind: ClassVar[Kind] = Kind.CONFLICT


class CaseWithAgency(Refusal):
    """An agency has the case."""

    code: ClassVar[str] = "case_with_agency"
    kind: ClassVar[Kind] = Kind.CONFLICT


class CaseNotWithAgency(Refusal):
    """No agency has the case."""

    code: ClassVar[str] = "case_not_with_agency"
    kind: ClassVar[Kind] = Kind.CONFLICT


async def add_agency(connection: Connection, ports: Ports, agency: Agency) -> Agency:
    """Put an agency on the list.

    Raises: AgencyContractEmpty, AgencyAssessedLater, AgencyOnList.
    """
    require_whole(agency, on=ports.business.today())
    if not await agencies.add(connection, agency):
        raise AgencyOnList(f"{agency.name} is on the list", allowed="another name")
    await _noted(connection, ports, by=agency.added_by, action="added_agency", subject=str(agency.agency_id), detail={})
    return agency


async def change_agency(
    connection: Connection, ports: Ports, *, agency_id: UUID, kind: AgencyChangeKind, to: date, why: str, by: str
) -> Agency:
    """Renew or end an agency's contract, or keep that it was assessed again.

    Where it ends today its cases come back at once, and what comes in today is not its own.

    Raises: AgencyUnknown, AgencyDayOutOfRange, AgencyAssessedLater.
    """
    before = await agencies.lock(connection, agency_id=agency_id)
    if before is None:
        raise AgencyUnknown("no such agency", allowed="one on the list")
    today = ports.business.today()
    after = changed(before, kind, to=to, on=today)
    made = AgencyChange(
        change_id=ports.new_id(),
        agency_id=agency_id,
        kind=kind,
        was_on=day_of(before, kind),
        is_on=to,
        why=why,
        changed_by=by,
        changed_at=ports.business.now(),
    )
    await agencies.put(connection, after, made)
    if after.contract_until <= today:
        everywhere = range(BUCKET_COUNT)
        await recall_over(connection, ports, lane=everywhere, on=today, by=by, why=why, agency_id=agency_id)
    detail = {"was_on": made.was_on.isoformat(), "is_on": to.isoformat(), "why": why}
    await _noted(connection, ports, by=by, action=f"{kind.value}_agency", subject=str(agency_id), detail=detail)
    return after


async def add_member(connection: Connection, ports: Ports, *, agency_id: UUID, login: str, by: str) -> None:
    """Let a login in the role of an agency belong to one.

    Raises: AgencyUnknown, LoginNotOfAgency, LoginWithAgency.
    """
    agency, at = await _known(connection, agency_id=agency_id), ports.wall.now()
    member = await staffs.by_login(connection, login=login)
    if member is None or AGENCY_ROLE not in member.roles:
        raise LoginNotOfAgency(f"{login} is no login of an agency", allowed=f"a login in the role {AGENCY_ROLE}")
    if not await agencies.add_member(connection, login=login, agency_id=agency_id, added_by=by, added_at=at):
        raise LoginWithAgency(f"{login} belongs to an agency", allowed="a login that belongs to none")
    detail = {"login": login, "agency": agency.name}
    await _noted(connection, ports, by=by, action="added_agency_member", subject=str(agency_id), detail=detail)


async def assign_case(
    connection: Connection, ports: Ports, *, case_id: UUID, agency_id: UUID, collector: Collector
) -> CollectionCase:
    """Give a case to an agency, from so many days on as the borrower is to be told before.

    Raises: AgencyUnknown, AgencyNotUsable, ContactStopped, ContactTextUnapproved, NothingOverdue, CaseWithAgency,
    CollectionCaseUnknown, CollectionCaseClosed, CollectionCaseTaken.
    """
    case = await hold_case(connection, ports, case_id=case_id, collector=collector, action="assigned_case")
    agency, today = await _known(connection, agency_id=agency_id), ports.business.today()
    law = ports.authority.pack.value("collection.agency", on=today)
    effective_from = today + timedelta(days=law.value["told_days"])
    require_usable(agency, on=effective_from, assessed_days=law.value["assessed_days"], source=law.cited)
    await _require_not_stopped(connection, ports, case)
    await _require_words(connection, on=today)
    about = await late_loan(connection, customer_id=case.customer_id, on=today)
    if about is None:
        raise NothingOverdue("nothing is late that is not held", allowed="a case in which something is")
    assignment = Assignment(
        b=case.b,
        assignment_id=id_in_bucket(ports.new_id(), case.b),
        case_id=case.case_id,
        customer_id=case.customer_id,
        agency_id=agency_id,
        effective_from=effective_from,
        commission_permille=agency.commission_permille,
        assigned_by=collector.login,
        assigned_at=ports.business.now(),
    )
    if not await agencies.add_assignment(connection, assignment):
        raise CaseWithAgency("an agency has this case", allowed="recall it first")
    given = replace(case, agency_id=agency_id, taken_by=None, taken_until=None)
    await cases.put(connection, [given])
    await _tell_borrower(connection, ports, about, assignment)
    detail = {"agency": agency.name, "effective_from": effective_from.isoformat()}
    await write_down(connection, ports, given, what="assigned", by=collector.login, detail=detail)
    return given


async def recall_case(
    connection: Connection, ports: Ports, *, case_id: UUID, collector: Collector, why: str
) -> CollectionCase:
    """Take a case back from its agency, from today on.

    Raises: CaseNotWithAgency, CollectionCaseUnknown, CollectionCaseClosed.
    """
    found = await hold_case(connection, ports, case_id=case_id, collector=collector, action="recalled_case")
    assignment = await agencies.open_of_case(connection, b=found.b, case_id=case_id)
    if assignment is None:
        raise CaseNotWithAgency("no agency has this case", allowed="a case that one has")
    today = ports.business.today()
    ended = replace(assignment, recalled_on=today, recalled_by=collector.login, recalled_why=why)
    await agencies.recall(connection, ended)
    freed = replace(found, agency_id=None)
    await cases.put(connection, [freed])
    await write_down(connection, ports, freed, what="recalled", by=collector.login, text=why)
    return freed


async def _known(connection: Connection, *, agency_id: UUID) -> Agency:
    agency = await agencies.find(connection, agency_id=agency_id)
    if agency is None:
        raise AgencyUnknown("no such agency", allowed="one on the list")
    return agency


async def _require_not_stopped(connection: Connection, ports: Ports, case: CollectionCase) -> None:
    """What stops contacts stops handing the case on as well."""
    law = contact_law(ports.authority.pack, on=ports.business.today(), lender_type=ports.authority.house.lender_type)
    said = await contacts.stops(connection, lane=[case.b], customer_ids=[case.customer_id])
    held = await held_of_customer(connection, customer_id=case.customer_id)
    stops = {stop.kind for stop in said if stop.lasts} | {hold.kind.value for hold in held.holds}
    stopping = sorted(stops & law.stopped_by[ContactPurpose.COLLECTION])
    if stopping:
        raise ContactStopped(
            f"{', '.join(stopping)} stops collection", allowed="once it is over", source=law.cited["stopped_by"]
        )


async def _require_words(connection: Connection, *, on: date) -> None:
    """Without an approved text nobody could tell the borrower before."""
    text = (await templates_in_force(connection, on=on)).get(TOLD_BY)
    if text is None or text.purpose is not ContactPurpose.SERVICING:
        raise ContactTextUnapproved(f"no text {TOLD_BY} is in force for servicing", allowed="once one is approved")


async def _tell_borrower(
    connection: Connection, ports: Ports, about: tuple[OpenLoan, LoanState], assignment: Assignment
) -> None:
    """Source: 银行保险机构消费者权益保护管理办法 art. 41: the debtor is told before."""
    loan, state = about
    oldest = state.oldest_unpaid
    for channel in CHANNELS:
        notice_id = id_in_bucket(uuid5(assignment.assignment_id, f"told:{channel}"), assignment.b)
        planned = PlannedNotice(
            b=assignment.b,
            notice_id=notice_id,
            customer_id=assignment.customer_id,
            purpose=ContactPurpose.SERVICING,
            channel=channel,
            template=TOLD_BY,
            loan_id=loan.row.loan_id,
            instalment=oldest.number if oldest else None,
            due_on=oldest.due_on if oldest else None,
            kind=f"{OF_ASSIGNMENT}{assignment.assignment_id}",
            currency=loan.row.currency,
            due_at=ports.business.now(),
        )
        await notices.plan_one(connection, planned)


async def _noted(
    connection: Connection, ports: Ports, *, by: str, action: str, subject: str, detail: dict[str, Any]
) -> None:
    await note(connection, ports, actor_kind="staff", actor=by, action=action, subject=subject, detail=detail)
