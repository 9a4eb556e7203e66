"""What people do in collection cases: take the next one, write down, agree a promise, look for somebody."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID, uuid5

from fenqi.core.collection.arrears_case import CollectionCase, release, take
from fenqi.core.collection.contact import Answered
from fenqi.core.collection.promise import Promise, PromiseOpen, require_promise
from fenqi.core.ledger.account import bucket_in, id_in_bucket
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.find_collection_case import Collector, hold_case, write_down
from fenqi.services.give_consent import given_consents
from fenqi.services.keep_outcome import keep_outcome
from fenqi.services.loans_of import open_loans
from fenqi.services.port import Ports
from fenqi.stores import collection as cases
from fenqi.stores import contact as contacts
from fenqi.stores import warning_call as calls
from fenqi.stores.collection import WorklistFilter
from fenqi.stores.fetch import Connection

_CANDIDATES = 16


class NoCollectionCaseWaiting(Refusal):
    """Nothing on the worklist is free."""

    code: ClassVar[str] = "no_collection_case_waiting"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class ContactNotOfCase(Refusal):
    """No such contact was begun with this customer."""

    code: ClassVar[str] = "contact_not_of_case"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class ContactOfWarning(Refusal):
    """The call is about an early warning; what came of it is told there."""

    code: ClassVar[str] = "contact_of_warning"
    kind: ClassVar[Kind] = Kind.CONFLICT


class TraceForbidden(Refusal):
    """Nobody is looked for there, or the customer has not consented to it."""

    code: ClassVar[str] = "trace_forbidden"
    kind: ClassVar[Kind] = Kind.RULE


class TraceSource(StrEnum):
    """Where somebody would look for a borrower who cannot be reached."""

    OWN_RECORDS = "own_records"
    IN_APP_QUESTION = "in_app_question"
    CREDIT_RECORD = "credit_record"
    ADDRESS_BOOK = "address_book"
    RELATIVES = "relatives"
    EMPLOYER = "employer"
    BOUGHT_DATA = "bought_data"


async def take_next_collection_case(
    connection: Connection, ports: Ports, *, collector: Collector, wanted: WorklistFilter, by: str
) -> CollectionCase:
    """Take the first case of a worklist that nobody works on, where most is first.

    Raises: NoCollectionCaseWaiting.
    """
    at, on = ports.business.now(), ports.business.today()
    found = await cases.worklist(connection, wanted, by=by, at=at, on=on, limit=_CANDIDATES)
    for candidate in found:
        case = await cases.lock_free(connection, b=candidate.b, case_id=candidate.case_id)
        if case is not None and case.closed_on is None and case.holder(at=at) is None:
            taken = take(case, collector.login, at=at)
            await cases.put(connection, [taken])
            await write_down(connection, ports, taken, what="taken", by=collector.login)
            return taken
    raise NoCollectionCaseWaiting("no case waits for you", allowed="another filter, or another day")


async def take_collection_case(
    connection: Connection, ports: Ports, *, case_id: UUID, collector: Collector
) -> CollectionCase:
    """Take one case, or keep it longer.

    Raises: CollectionCaseUnknown, CollectionCaseClosed, CollectionCaseTaken.
    """
    return await hold_case(connection, ports, case_id=case_id, collector=collector, action="took_collection_case")


async def release_collection_case(
    connection: Connection, ports: Ports, *, case_id: UUID, collector: Collector
) -> CollectionCase:
    """Give a case back.

    Raises: CollectionCaseUnknown, CollectionCaseClosed, CollectionCaseTaken.
    """
    case = await hold_case(connection, ports, case_id=case_id, collector=collector, action="released_collection_case")
    freed = release(case, collector.login, at=ports.business.now())
    await cases.put(connection, [freed])
    return freed


async def note_collection_case(
    connection: Connection, ports: Ports, *, case_id: UUID, collector: Collector, text: str
) -> CollectionCase:
    """Write something down.

    Raises: CollectionCaseUnknown, CollectionCaseClosed, CollectionCaseTaken.
    """
    case = await hold_case(connection, ports, case_id=case_id, collector=collector, action="noted_collection_case")
    await write_down(connection, ports, case, what="noted", by=collector.login, text=text)
    return case


async def promise_to_pay(
    connection: Connection,
    ports: Ports,
    *,
    case_id: UUID,
    collector: Collector,
    amount_minor: int,
    promised_on: date,
    request_id: str,
) -> CollectionCase:
    """Keep what a borrower promises; the same `request_id` is the same promise.

    Raises: PromiseInThePast, PromiseTooFar, PromiseAboveOverdue, PromiseOpen, CollectionCaseUnknown,
    CollectionCaseClosed, CollectionCaseTaken.
    """
    case = await hold_case(connection, ports, case_id=case_id, collector=collector, action="agreed_promise")
    today = ports.business.today()
    known = await open_loans(connection, customer_id=case.customer_id)
    require_promise(
        amount_minor,
        promised_on,
        owed_minor=sum(loan.state(as_of=today).outstanding.total for loan in known),
        today=today,
        days_max=ports.authority.pack.value("collection.promise_days_max", on=today).value,
    )
    promise = Promise(
        b=case.b,
        promise_id=id_in_bucket(uuid5(case.case_id, f"promise:{request_id}"), case.b),
        case_id=case.case_id,
        customer_id=case.customer_id,
        amount_minor=amount_minor,
        promised_on=promised_on,
        made_by=collector.login,
        made_at=ports.business.now(),
        made_on=today,
    )
    if not await cases.add_promise(connection, promise):
        held = await cases.promises_of(connection, b=case.b, case_id=case.case_id)
        if promise.promise_id not in {each.promise_id for each in held}:
            raise PromiseOpen("a promise runs", allowed="another one once the books have decided about it")
        return case
    detail = {"amount_minor": amount_minor, "promised_on": promised_on.isoformat()}
    await write_down(connection, ports, case, what="promised", by=collector.login, detail=detail)
    return case


async def tell_outcome(
    connection: Connection,
    ports: Ports,
    *,
    case_id: UUID,
    contact_id: UUID,
    collector: Collector,
    answered: Answered,
    text: str,
) -> CollectionCase:
    """Keep what became of a call; one that nobody answered counts as tried, not as a conversation.

    Raises: ContactNotOfCase, ContactOfWarning, OutcomeTold, CollectionCaseUnknown, CollectionCaseClosed,
    CollectionCaseTaken.
    """
    case = await hold_case(connection, ports, case_id=case_id, collector=collector, action="told_outcome")
    contact = await contacts.find(connection, b=bucket_in(contact_id), contact_id=contact_id)
    if contact is None or contact.customer_id != case.customer_id:
        raise ContactNotOfCase("no such contact in this case", allowed="a contact that was begun here")
    if await calls.is_one(connection, b=contact.b, contact_id=contact_id):
        raise ContactOfWarning("this call is about an early warning", allowed="the answer of that warning's call")
    await keep_outcome(connection, ports, contact_id=contact_id, answered=answered)
    await write_down(
        connection,
        ports,
        case,
        what=f"answered_{answered}",
        by=collector.login,
        text=text,
        detail={"contact_id": str(contact_id)},
        event_id=uuid5(contact_id, f"answered:{answered}"),
    )
    return case


async def trace(
    connection: Connection, ports: Ports, *, case_id: UUID, collector: Collector, source: TraceSource, text: str
) -> CollectionCase:
    """Look for a borrower where it is allowed, with the consent that it needs.

    Raises: TraceForbidden, CollectionCaseUnknown, CollectionCaseClosed, CollectionCaseTaken.
    """
    case = await hold_case(connection, ports, case_id=case_id, collector=collector, action="traced_customer")
    law = ports.authority.pack.value("collection.trace_sources", on=ports.business.today())
    if source not in law.value:
        raise TraceForbidden(f"nobody is looked for by {source}", allowed=", ".join(law.value), source=law.cited)
    purpose, at = law.value[source], ports.business.now()
    given = await given_consents(connection, customer_id=case.customer_id)
    if purpose and not any(each.purpose == purpose and each.holds(at=at) for each in given):
        raise TraceForbidden(
            f"there is no consent to {purpose}", allowed="own_records, in_app_question", source=law.cited
        )
    await write_down(
        connection, ports, case, what="traced", by=collector.login, text=text, detail={"source": source.value}
    )
    return case
