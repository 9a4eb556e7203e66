"""The borrower's loans: what is owed and when, paying, and every document signed."""

from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from fenqi.api.amount import AmountMinor
from fenqi.api.body import Body
from fenqi.api.edge import AskingCustomer, Installed
from fenqi.batch.send_payment import send_order, show_nothing_to_pay, show_order
from fenqi.core.ledger.account import bucket_in, bucket_of
from fenqi.services.find_loan import find_loan
from fenqi.services.read_document import read_document
from fenqi.services.request_repayment import RequestRepayment, request_repayment
from fenqi.services.show_loan import loan_shown, payoff_shown, what_if_shown
from fenqi.services.withdraw_loan import request_withdrawal
from fenqi.stores import loan as loans

router = APIRouter(prefix="/h5", tags=["borrower"])


_AS_TEXT = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
    "cache-control": "private",
}
"""A document names goods as a merchant called them: nothing in it may run or load."""


class Repayment(Body):
    """An amount to pay now; without one, everything that closes the loan today. `request_id` makes it happen once."""

    amount_minor: AmountMinor | None = None
    request_id: str = Field(min_length=8, max_length=128, pattern=r"^[\x21-\x7e]+$")


class Withdrawal(Body):
    """The wish to withdraw; `request_id` makes it happen once."""

    request_id: str = Field(min_length=8, max_length=128, pattern=r"^[\x21-\x7e]+$")


@router.get("/loans")
async def list_loans(customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Your loans, newest first."""
    async with installation.transaction() as connection:
        rows = await loans.of_customer(connection, b=bucket_of(customer_id), customer_id=customer_id)
    lines = [
        {
            "loan_id": str(row.loan_id),
            "status": row.status,
            "principal_minor": row.principal_minor,
            "outstanding_minor": row.outstanding_minor,
            "overpaid_minor": row.overpaid_minor,
            "currency": row.currency,
            "drawn_on": row.drawn_on.isoformat(),
            "next_due_on": None if row.next_due_on is None else row.next_due_on.isoformat(),
        }
        for row in rows
    ]
    return {"loans": lines}


@router.get("/loans/{loan_id}")
async def get_loan(loan_id: UUID, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """One loan: the schedule with what is paid, due and late, and what happened."""
    async with installation.transaction() as connection:
        await find_loan(connection, loan_id=loan_id, customer_id=customer_id)
        return await loan_shown(connection, loan_id=loan_id, as_of=installation.ports.business.today())


@router.get("/loans/{loan_id}/payoff")
async def get_payoff(
    loan_id: UUID, customer_id: AskingCustomer, installation: Installed, on: date | None = None
) -> dict[str, Any]:
    """What would close the loan on a day."""
    async with installation.transaction() as connection:
        await find_loan(connection, loan_id=loan_id, customer_id=customer_id)
        return await payoff_shown(connection, loan_id=loan_id, on=on or installation.ports.business.today())


@router.get("/loans/{loan_id}/what-if")
async def get_what_if(
    loan_id: UUID,
    customer_id: AskingCustomer,
    installation: Installed,
    on: date | None = None,
    amount_minor: AmountMinor | None = None,
) -> dict[str, Any]:
    """What a payment would do on a day from today on; without an amount, what paying everything would do."""
    today = installation.ports.business.today()
    async with installation.transaction() as connection:
        await find_loan(connection, loan_id=loan_id, customer_id=customer_id)
        return await what_if_shown(connection, loan_id=loan_id, on=on or today, amount_minor=amount_minor, today=today)


@router.post("/loans/{loan_id}/repayments", status_code=201)
async def repay(loan_id: UUID, new: Repayment, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Pay now; the same request asked again is the same payment."""
    async with installation.transaction() as connection:
        row = await find_loan(connection, loan_id=loan_id, customer_id=customer_id)
        command = RequestRepayment(row.loan_id, new.amount_minor, new.request_id)
        requested = await request_repayment(connection, installation.ports, command)
    deal_with = send_order if requested.is_new else show_order
    return await deal_with(installation, order_id=requested.order_id)


@router.post("/loans/{loan_id}/withdrawal", status_code=201)
async def withdraw(
    loan_id: UUID, asked: Withdrawal, customer_id: AskingCustomer, installation: Installed
) -> dict[str, Any]:
    """Withdraw within the cooling-off term: pay back what that takes, and the loan is over."""
    async with installation.transaction() as connection:
        row = await find_loan(connection, loan_id=loan_id, customer_id=customer_id)
        requested = await request_withdrawal(
            connection, installation.ports, loan_id=row.loan_id, request_id=asked.request_id
        )
    if requested.is_done:
        return show_nothing_to_pay(installation, order_id=requested.order_id, currency=row.currency)
    deal_with = send_order if requested.is_new else show_order
    return await deal_with(installation, order_id=requested.order_id)


@router.get("/documents/{document_id}")
async def get_document(document_id: UUID, customer_id: AskingCustomer, installation: Installed) -> Response:
    """A document as it was shown and signed, for ever."""
    async with installation.transaction() as connection:
        opened = await read_document(
            connection,
            installation.ports,
            b=bucket_in(document_id),
            document_id=document_id,
            customer_id=customer_id,
        )
    document = opened.document
    headers = _AS_TEXT | {"etag": f'"{document.content_hash}"', "content-language": document.language}
    return Response(opened.content, media_type=document.media_type, headers=headers)
