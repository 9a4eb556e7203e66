"""A customer's bills are made, each with its statement; made twice they are made once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from fenqi.core.billing.bill import Bill, BillLine, bills_to_make
from fenqi.core.compliance.statement import StatementForm, render_statement
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.services.identify_customer import known_customer
from fenqi.services.loans_of import billed, open_loans
from fenqi.services.offer import CURRENCY
from fenqi.services.port import Ports
from fenqi.services.show_offer import keep
from fenqi.stores import bill as bills
from fenqi.stores.bill import StoredBill, StoredLine
from fenqi.stores.fetch import Connection

LANGUAGE = "zh-CN"
"""The language that binds; statements are kept in it."""


@dataclass(frozen=True)
class MadeBill:
    """A bill that is new."""

    bill_id: UUID
    bill: Bill


async def make_bills(connection: Connection, ports: Ports, *, customer_id: UUID) -> tuple[MadeBill, ...]:
    """Make what is to be billed of a customer today, and keep the statements."""
    on = ports.business.today()
    known = await open_loans(connection, customer_id=customer_id, is_locking=True)
    until = on + timedelta(days=ports.authority.bill_lead_days(on=on))
    wanted = bills_to_make((billed(loan, on=on) for loan in known), on=on, due_until=until)
    made = list[MadeBill]()
    for bill in wanted:
        bill_id = id_in_bucket(bill.bill_id, bucket_of(customer_id))
        if await bills.find(connection, b=bucket_of(customer_id), bill_id=bill_id) is None:
            await _keep(connection, ports, bill, bill_id=bill_id, customer_id=customer_id)
            made.append(MadeBill(bill_id, bill))
    return tuple(made)


async def statement_form(
    connection: Connection, ports: Ports, bill: Bill, *, customer_id: UUID, language: str = LANGUAGE
) -> StatementForm:
    """What the statement of a bill says, the borrower masked."""
    customer = await known_customer(connection, customer_id=customer_id)
    house = ports.authority.house
    return StatementForm(
        bill=bill,
        currency=CURRENCY,
        customer=customer.mobile_masked,
        lender=house.name[language],
        contact=house.contact,
        complaint_contact=house.complaint_contact,
    )


async def _keep(connection: Connection, ports: Ports, bill: Bill, *, bill_id: UUID, customer_id: UUID) -> None:
    b = bucket_of(customer_id)
    form = await statement_form(connection, ports, bill, customer_id=customer_id)
    rendered = render_statement(ports.authority.texts.latest("statement", language=LANGUAGE), form)
    document = await keep(connection, ports, rendered, customer_id=customer_id, kind="statement")
    stored = StoredBill(
        b=b,
        bill_id=bill_id,
        customer_id=customer_id,
        mode=bill.mode.value,
        billed_on=bill.billed_on,
        due_on=bill.due_on,
        currency=CURRENCY,
        new_minor=bill.new_minor,
        carried_minor=bill.carried_minor,
        document_id=document.document_id,
        created_at=ports.business.now(),
    )
    lines = [StoredLine(b=b, bill_id=bill_id, **fields) for fields in map(_line, bill.lines)]
    await bills.add(connection, stored, lines)


def _line(line: BillLine) -> dict[str, Any]:
    return {
        "loan_id": line.loan_id,
        "instalment": line.instalment,
        "due_on": line.due_on,
        "principal_minor": line.parts.principal,
        "interest_minor": line.parts.interest,
        "fee_minor": line.parts.fee,
        "penalty_minor": line.parts.penalty,
    }
