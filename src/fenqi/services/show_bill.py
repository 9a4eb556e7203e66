"""Bills as their customer sees them: what was billed, and what is left of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fenqi.core.billing.bill import Bill, BillLine, BillStanding, BillUnknown, standing
from fenqi.core.ledger.account import bucket_in, bucket_of
from fenqi.core.loan.component import Parts
from fenqi.core.product.catalogue import BillingMode
from fenqi.services.book_loan import OpenLoan
from fenqi.services.loans_of import claims_of, open_loans
from fenqi.services.offer import CURRENCY
from fenqi.services.port import Ports
from fenqi.stores import bill as bills
from fenqi.stores.bill import StoredBill, StoredLine
from fenqi.stores.fetch import Connection


@dataclass(frozen=True)
class _Owed:
    """What each instalment of a customer's loans still owes, and until when what falls due on a day can be paid."""

    minor: Mapping[tuple[UUID, int], int]
    payable_until: Mapping[date, date]


async def bills_shown(
    connection: Connection, ports: Ports, *, customer_id: UUID, before_on: date, before_id: UUID, limit: int
) -> dict[str, Any]:
    """A customer's bills, the last due first, and what is due today over all loans."""
    b, on = bucket_of(customer_id), ports.business.today()
    found = await bills.of_customer(
        connection, b=b, customer_id=customer_id, before_on=before_on, before_id=before_id, limit=limit
    )
    ids = [bill.bill_id for bill in found]
    lines = await bills.lines(connection, b=b, customer_id=customer_id, bill_ids=ids)
    known = await open_loans(connection, customer_id=customer_id)
    owed = _owed(known, on=on)
    claims = claims_of(known, on=on)
    following = {"before_on": found[-1].due_on.isoformat(), "before_id": str(found[-1].bill_id)} if found else None
    return {
        "currency": CURRENCY,
        "due_minor": sum(minor for claim in claims for due_on, minor in claim.dues if due_on <= on),
        "owed_minor": sum(claim.payoff_minor for claim in claims),
        "bills": [
            _shown(bill, [line for line in lines if line.bill_id == bill.bill_id], owed, on=on) for bill in found
        ],
        "next": following if len(found) == limit else None,
    }


async def find_bill(connection: Connection, *, bill_id: UUID, customer_id: UUID) -> tuple[StoredBill, Bill]:
    """A bill of a customer's own.

    Raises: BillUnknown.
    """
    found = await bills.find(connection, b=bucket_in(bill_id), bill_id=bill_id)
    if found is None or found.customer_id != customer_id:
        raise BillUnknown("no such bill", allowed="a bill of your own")
    lines = await bills.lines(connection, b=found.b, customer_id=customer_id, bill_ids=[bill_id])
    bill = Bill(
        bill_id=bill_id,
        mode=BillingMode(found.mode),
        billed_on=found.billed_on,
        due_on=found.due_on,
        lines=tuple(_line_of(line) for line in lines),
    )
    return found, bill


async def bill_shown(connection: Connection, ports: Ports, *, bill_id: UUID, customer_id: UUID) -> dict[str, Any]:
    """One bill, line by line.

    Raises: BillUnknown.
    """
    found, bill = await find_bill(connection, bill_id=bill_id, customer_id=customer_id)
    on = ports.business.today()
    owed = _owed(await open_loans(connection, customer_id=customer_id), on=on)
    lines = await bills.lines(connection, b=found.b, customer_id=customer_id, bill_ids=[bill_id])
    return _shown(found, lines, owed, on=on) | {
        "lines": [
            {
                "loan_id": str(line.loan_id),
                "instalment": line.instalment,
                "due_on": line.due_on.isoformat(),
                "principal_minor": line.parts.principal,
                "interest_minor": line.parts.interest,
                "fee_minor": line.parts.fee,
                "penalty_minor": line.parts.penalty,
                "total_minor": line.parts.total,
                "left_minor": owed.minor.get((line.loan_id, line.instalment), 0),
            }
            for line in bill.lines
        ]
    }


async def calendar_shown(connection: Connection, ports: Ports, *, customer_id: UUID) -> dict[str, Any]:
    """Everything that is still to be paid, by the day on which it falls due."""
    on = ports.business.today()
    days: dict[date, list[dict[str, Any]]] = {}
    late_days = set[date]()
    for loan in await open_loans(connection, customer_id=customer_id):
        for row in loan.state(as_of=on).rows:
            if row.outstanding.total:
                line = {
                    "loan_id": str(loan.row.loan_id),
                    "instalment": row.number,
                    "amount_minor": row.outstanding.total,
                }
                days.setdefault(row.due_on, []).append(line)
                late_days |= {row.due_on} if row.payable_until < on else set()
    return {
        "currency": CURRENCY,
        "days": [
            {
                "due_on": due_on.isoformat(),
                "is_late": due_on in late_days,
                "total_minor": sum(line["amount_minor"] for line in lines),
                "lines": lines,
            }
            for due_on, lines in sorted(days.items())
        ],
    }


def _owed(known: Sequence[OpenLoan], *, on: date) -> _Owed:
    rows = [(loan.row.loan_id, row) for loan in known for row in loan.state(as_of=on).rows]
    return _Owed(
        {(loan_id, row.number): row.outstanding.total for loan_id, row in rows},
        {row.due_on: row.payable_until for _, row in rows},
    )


def _shown(bill: StoredBill, lines: Sequence[StoredLine], owed: _Owed, *, on: date) -> dict[str, Any]:
    payable_until = owed.payable_until.get(bill.due_on, bill.due_on)
    status, left_minor = standing([_line_of(line) for line in lines], owed.minor, payable_until=payable_until, on=on)
    return {
        "bill_id": str(bill.bill_id),
        "mode": bill.mode,
        "billed_on": bill.billed_on.isoformat(),
        "due_on": bill.due_on.isoformat(),
        "status": BillStanding(status).value,
        "currency": bill.currency,
        "new_minor": bill.new_minor,
        "carried_minor": bill.carried_minor,
        "total_minor": bill.new_minor + bill.carried_minor,
        "left_minor": left_minor,
        "document_id": str(bill.document_id),
    }


def _line_of(line: StoredLine) -> BillLine:
    parts = Parts(line.principal_minor, line.interest_minor, line.fee_minor, line.penalty_minor)
    return BillLine(loan_id=line.loan_id, instalment=line.instalment, due_on=line.due_on, parts=parts)
