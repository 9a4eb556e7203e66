"""A borrower in difficulty reads the plan of a way out and signs it; then the loans change."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid5

import msgspec

from fenqi.core.collection.hardship import (
    HardshipNotOffered,
    HardshipRequest,
    agree,
    observed_until,
    require_offered,
)
from fenqi.core.collection.relief import ReliefLoan, ReliefOption, ReliefPart, made_of
from fenqi.core.compliance.relief_plan import ReliefPlanForm, render_relief_plan
from fenqi.core.compliance.signing import SignedText, evidence_of_signing, require_read
from fenqi.core.identity.factor import CodeChallenge
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.ask_hardship import CUSTOMER, end_hold, law_of, lock_request, saved
from fenqi.services.book_loan import OpenLoan, record
from fenqi.services.port import Ports
from fenqi.services.return_overpayment import return_overpayment
from fenqi.services.show_offer import keep
from fenqi.services.tell_customer import tell_customer
from fenqi.services.weigh_relief import Weighed, weigh_relief
from fenqi.stores import agreement as agreements
from fenqi.stores import customer as customers
from fenqi.stores import hardship as requests
from fenqi.stores.agreement import Document
from fenqi.stores.fetch import Connection
from fenqi.stores.hardship import HardshipShowing, HardshipSignature


class HardshipShowingUnknown(Refusal):
    """Nothing was shown under this id for this request."""

    code: ClassVar[str] = "hardship_showing_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class HardshipPlanStale(Refusal):
    """The plan was shown on another day, or something has happened to a loan since."""

    code: ClassVar[str] = "hardship_plan_stale"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True)
class ShownRelief:
    """The plan that lies before the borrower, and how long it must be readable."""

    showing: HardshipShowing
    document: Document
    option: ReliefOption


@dataclass(frozen=True)
class ReliefSignature:
    """What was signed, by the hash that the device saw, with which code."""

    showing_id: UUID
    signed_sha256: str
    challenge: CodeChallenge


async def show_relief(
    connection: Connection, ports: Ports, *, request_id: UUID, customer_id: UUID, option_id: str, language: str
) -> ShownRelief:
    """Work the plan out as of today, render and keep it; the reading time begins now.

    Raises: HardshipUnknown, HardshipOver, HardshipNotOffered.
    """
    request = await lock_request(connection, request_id=request_id, customer_id=customer_id)
    at = ports.business.now()
    require_offered(request, option_id=option_id, at=at)
    weighed = await weigh_relief(connection, ports, request, is_locking=True)
    option = _possible(weighed, option_id)
    form = await _form(connection, ports, request, weighed, option, language=language)
    text = ports.authority.texts.latest("hardship_plan", language=language)
    document = await keep(connection, ports, render_relief_plan(text, form), customer_id=customer_id, kind="plan")
    showing = HardshipShowing(
        b=request.b,
        showing_id=id_in_bucket(ports.new_id(), request.b),
        request_id=request_id,
        option_id=option_id,
        document_id=document.document_id,
        seqs={str(loan.row.loan_id): loan.row.last_seq for loan in weighed.loans},
        shown_on=weighed.on,
        shown_at=at,
        read_seconds_min=ports.authority.reading_seconds_min(on=weighed.on),
    )
    await requests.add_showing(connection, showing)
    return ShownRelief(showing, document, option)


async def require_relief_readable(
    connection: Connection, ports: Ports, *, request_id: UUID, customer_id: UUID, showing_id: UUID
) -> HardshipShowing:
    """What was shown, once it has been in view for long enough; before, a code would be spent for nothing.

    Raises: HardshipUnknown, HardshipOver, HardshipNotOffered, HardshipShowingUnknown, ReadingTimeNotOver.
    """
    request = await lock_request(connection, request_id=request_id, customer_id=customer_id)
    showing = await _showing(connection, request, showing_id)
    at = ports.business.now()
    require_offered(request, option_id=showing.option_id, at=at)
    require_read(shown_at=showing.shown_at, signed_at=at, read_seconds_min=showing.read_seconds_min)
    return showing


async def sign_relief(
    connection: Connection, ports: Ports, *, request_id: UUID, customer_id: UUID, signature: ReliefSignature
) -> HardshipRequest:
    """Keep the signature and change the loans by their events; they are observed from now on.

    Raises: HardshipUnknown, HardshipOver, HardshipNotOffered, HardshipShowingUnknown, HardshipPlanStale,
    SignedTextDiffers, ReadingTimeNotOver, SigningUnconfirmed.
    """
    at = ports.business.now()
    request = await lock_request(connection, request_id=request_id, customer_id=customer_id)
    showing = await _showing(connection, request, signature.showing_id)
    require_offered(request, option_id=showing.option_id, at=at)
    weighed = await weigh_relief(connection, ports, request, is_locking=True)
    _require_fresh(showing, weighed)
    option = _possible(weighed, showing.option_id)
    evidence = await _evidence(connection, showing, signature, at=at)
    kept = HardshipSignature(request.b, request_id, showing.showing_id, evidence, at)
    await requests.add_signature(connection, kept)
    by_id = {loan.row.loan_id: loan for loan in weighed.loans}
    for part in option.parts:
        await _change(connection, ports, by_id[part.loan_id], part, weighed, request_id=request_id)
    agreed = agree(request, option_id=option.option_id, at=at, observed_until=_observed_until(ports, weighed, option))
    await end_hold(connection, ports, agreed, by=CUSTOMER)
    await saved(connection, ports, agreed, what="agreed", by=CUSTOMER, text=option.option_id)
    await tell_customer(
        connection,
        ports,
        customer_id=customer_id,
        template="hardship_agreed",
        about=request_id,
        once_for="agreed",
        due_on=option.first_due_on,
    )
    return agreed


async def _change(
    connection: Connection, ports: Ports, loan: OpenLoan, part: ReliefPart, weighed: Weighed, *, request_id: UUID
) -> None:
    """Record the events of each change and book what it moves; what is then held for the borrower goes back."""
    relief = ReliefLoan(loan_id=part.loan_id, agreement=loan.agreement, events=loan.events)
    known = loan
    for place, change in enumerate(part.changes):
        made = known.events[len(loan.events) :]
        for number, event in enumerate(made_of(relief, made, change, on=weighed.on, place=place)):
            event_id = str(uuid5(request_id, f"{part.loan_id}:{place}:{number}"))
            named = replace(event, event_id=event_id)
            known = await record(connection, ports, known, lambda seq, named=named: replace(named, seq=seq))
    if part.changes:
        await return_overpayment(connection, ports, known, once_for=str(request_id))


async def _form(
    connection: Connection,
    ports: Ports,
    request: HardshipRequest,
    weighed: Weighed,
    option: ReliefOption,
    *,
    language: str,
) -> ReliefPlanForm:
    house = ports.authority.house
    customer = await customers.find(connection, b=bucket_of(request.customer_id), customer_id=request.customer_id)
    return ReliefPlanForm(
        request_no=str(request.request_id),
        on=weighed.on,
        option=option,
        currency=weighed.loans[0].row.currency,
        borrower=customer.mobile_masked if customer else "",
        lender=house.name[language],
        contact=house.contact,
        complaint_contact=house.complaint_contact,
        ceiling=weighed.ceiling,
        observed_until=_observed_until(ports, weighed, option),
    )


def _observed_until(ports: Ports, weighed: Weighed, option: ReliefOption) -> Any:
    law = law_of(ports)
    first_on = option.first_due_on or weighed.on
    return observed_until(
        agreed_on=weighed.on, first_due_on=first_on, days=law.observed_days, periods=law.observed_periods
    )


def _possible(weighed: Weighed, option_id: str) -> ReliefOption:
    option = weighed.option(option_id)
    if option is None or option.withheld:
        raise HardshipNotOffered("this way out is possible no longer", allowed="ask for another answer")
    return option


def _require_fresh(showing: HardshipShowing, weighed: Weighed) -> None:
    now = {str(loan.row.loan_id): loan.row.last_seq for loan in weighed.loans}
    if showing.shown_on != weighed.on or showing.seqs != now:
        raise HardshipPlanStale("the loans have moved on since the plan was shown", allowed="have it shown again")


async def _showing(connection: Connection, request: HardshipRequest, showing_id: UUID) -> HardshipShowing:
    found = await requests.showing(connection, b=request.b, showing_id=showing_id)
    if found is None or found.request_id != request.request_id:
        raise HardshipShowingUnknown("nothing was shown under this id", allowed="the id that the plan came with")
    return found


async def _evidence(
    connection: Connection, showing: HardshipShowing, signature: ReliefSignature, *, at: datetime
) -> dict[str, Any]:
    document = await agreements.known_document(connection, b=showing.b, document_id=showing.document_id)
    text = SignedText(document.kind, int(document.template_version), document.language, document.content_hash)
    # The code's subject is this showing, so it was sent after it; instants of the two clocks are never compared.
    challenge = replace(signature.challenge, sent_at=showing.shown_at)
    evidence = evidence_of_signing(
        texts=[text],
        signed_sha256=[signature.signed_sha256],
        shown_at=showing.shown_at,
        signed_at=at,
        read_seconds_min=showing.read_seconds_min,
        challenge=challenge,
    )
    return msgspec.to_builtins(evidence)
