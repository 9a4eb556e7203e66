"""A wrong is made good by the commands that others use: a gesture on the loan, or a refund of goods."""

from uuid import UUID

from fenqi.core.collection.complaint import AnswerNotProposed, Complaint, ComplaintIncomplete, Finding, Redress
from fenqi.core.loan.change import Change, ChangeKind
from fenqi.core.merchant.capture import refund
from fenqi.services.change_loan import Answer, ProposeChange, answer_change, propose_change, try_change
from fenqi.services.find_loan import find_loan
from fenqi.services.port import Ports
from fenqi.services.purchase import purchase_of
from fenqi.services.refund_purchase import refund_purchase
from fenqi.stores import checkout as checkouts
from fenqi.stores import merchant as merchants
from fenqi.stores import staff as colleagues
from fenqi.stores.fetch import Connection
from fenqi.stores.staff import Staff


async def needs_second_person(connection: Connection, ports: Ports, complaint: Complaint, finding: Finding) -> bool:
    """Whether an answer waits for a second person: every refund, and a gesture above what one may give alone.

    Raises: ComplaintIncomplete, and what keeps the redress from being given.
    """
    if finding.redress is Redress.NONE:
        return False
    loan_id = _loan_of(complaint)
    if finding.redress is Redress.GOODWILL:
        change = _gesture(ports, finding)
        _, needs_second = await try_change(connection, ports, loan_id=loan_id, change=change)
        return needs_second
    loan = await find_loan(connection, loan_id=loan_id)
    checkout = await checkouts.known(connection, b=loan.checkout_b, checkout_id=loan.checkout_id)
    refund(purchase_of(checkout), amount_minor=finding.redress_minor)
    return True


async def give_redress(
    connection: Connection, ports: Ports, complaint: Complaint, finding: Finding, *, staff: Staff
) -> None:
    """Book what an answer gives, in the names of who proposed and who approved it.

    Raises: ComplaintIncomplete, AnswerNotProposed, and what keeps the redress from being given by now.
    """
    match finding.redress:
        case Redress.GOODWILL:
            await _give_gesture(connection, ports, complaint, finding, staff=staff)
        case Redress.REFUND:
            await _give_refund(connection, ports, complaint, finding)
        case Redress.NONE:
            pass


async def _give_gesture(
    connection: Connection, ports: Ports, complaint: Complaint, finding: Finding, *, staff: Staff
) -> None:
    loan_id, reason = _loan_of(complaint), f"complaint {complaint.complaint_id}"
    command = ProposeChange(
        loan_id=loan_id,
        change=_gesture(ports, finding),
        reason=reason,
        request_id=f"complaint:{complaint.complaint_id}",
    )
    proposer = await _proposer(connection, complaint, staff=staff)
    proposed = await propose_change(connection, ports, command, staff=proposer)
    if proposed.state != "proposed":
        return
    loan = await find_loan(connection, loan_id=loan_id)
    approved = Answer(approved=True, why=reason, seen_seq=loan.last_seq)
    await answer_change(connection, ports, loan_id=loan_id, change_id=proposed.change_id, answer=approved, staff=staff)


async def _give_refund(connection: Connection, ports: Ports, complaint: Complaint, finding: Finding) -> None:
    loan = await find_loan(connection, loan_id=_loan_of(complaint))
    await refund_purchase(
        connection,
        ports,
        checkout_id=loan.checkout_id,
        merchant=await merchants.known(connection, merchant_id=loan.merchant_id),
        amount_minor=finding.redress_minor,
        reason=f"complaint {complaint.complaint_id}",
    )


async def _proposer(connection: Connection, complaint: Complaint, *, staff: Staff) -> Staff:
    if complaint.proposed_by is None:
        return staff
    found = await colleagues.by_login(connection, login=complaint.proposed_by)
    if found is None:
        raise AnswerNotProposed("whoever proposed this is not here any more", allowed="a new proposal")
    return found


def _gesture(ports: Ports, finding: Finding) -> Change:
    return Change(kind=ChangeKind.GOODWILL, on=ports.business.today(), amount_minor=finding.redress_minor)


def _loan_of(complaint: Complaint) -> UUID:
    if complaint.loan_id is None:
        raise ComplaintIncomplete("an amount without a loan", allowed="an answer without redress")
    return complaint.loan_id
