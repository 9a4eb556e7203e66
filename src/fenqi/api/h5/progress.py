"""Going on where a checkout was left: its next step, a known customer's way in, an offer's table, the documents."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from fenqi.api.edge import AskingCustomer, Installed
from fenqi.core.ledger.account import bucket_of
from fenqi.services.find_loan import find_loan
from fenqi.services.purchase import find_for_customer
from fenqi.services.show_progress import documents_of_agreement, plan_shown, show_progress
from fenqi.services.take_up import take_up
from fenqi.stores.agreement import Document

router = APIRouter(prefix="/h5", tags=["shopper"])


@router.get("/checkouts/{checkout_id}/progress")
async def get_progress(checkout_id: UUID, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """What comes next for you at a checkout, and what was shown to you last."""
    async with installation.transaction() as connection:
        progress = await show_progress(connection, installation.ports, checkout_id=checkout_id, customer_id=customer_id)
    return progress.as_dict()


@router.put("/checkouts/{checkout_id}/customer")
async def put_customer(checkout_id: UUID, customer_id: AskingCustomer, installation: Installed) -> dict[str, str]:
    """Take a checkout up as somebody whose identity was confirmed before."""
    async with installation.transaction() as connection:
        await take_up(connection, installation.ports, checkout_id=checkout_id, customer_id=customer_id)
    return {"checkout_id": str(checkout_id)}


@router.get("/checkouts/{checkout_id}/offers/{offer_id}")
async def get_offer(
    checkout_id: UUID, offer_id: str, customer_id: AskingCustomer, installation: Installed
) -> dict[str, Any]:
    """The repayment table of one of your offers."""
    async with installation.transaction() as connection:
        return await plan_shown(
            connection, installation.ports, checkout_id=checkout_id, customer_id=customer_id, offer_id=offer_id
        )


@router.get("/checkouts/{checkout_id}/documents")
async def get_documents(checkout_id: UUID, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """What you have read and signed at a checkout; nothing before the signature."""
    async with installation.transaction() as connection:
        row = await find_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
        documents: tuple[Document, ...] = ()
        if row.agreement_id is not None:
            documents = await documents_of_agreement(
                connection, b=bucket_of(customer_id), agreement_id=row.agreement_id, checkout_id=checkout_id
            )
    return _listed(documents)


@router.get("/loans/{loan_id}/documents")
async def get_loan_documents(loan_id: UUID, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """What you have read and signed for a loan, and its plan."""
    async with installation.transaction() as connection:
        row = await find_loan(connection, loan_id=loan_id, customer_id=customer_id)
        documents = await documents_of_agreement(
            connection, b=row.b, agreement_id=row.agreement_id, checkout_id=row.checkout_id
        )
    return _listed(documents)


def _listed(documents: tuple[Document, ...]) -> dict[str, Any]:
    lines = [
        {
            "document_id": str(each.document_id),
            "kind": each.kind,
            "language": each.language,
            "sha256": each.content_hash,
            "media_type": each.media_type,
            "created_at": each.created_at.isoformat(),
        }
        for each in documents
    ]
    return {"documents": lines}
