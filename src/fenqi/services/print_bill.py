"""The printed statement of a bill: written when it is first asked for, the same bytes ever after."""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from uuid import UUID, uuid5

from fenqi.core.compliance.statement import Sheet, sheet_of
from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.refusal import Broken
from fenqi.services.make_bill import LANGUAGE, statement_form
from fenqi.services.port import Ports
from fenqi.services.show_bill import find_bill
from fenqi.stores import agreement as agreements
from fenqi.stores import customer as customers
from fenqi.stores.agreement import Document
from fenqi.stores.fetch import Connection


async def print_bill(
    connection: Connection,
    ports: Ports,
    *,
    bill_id: UUID,
    customer_id: UUID,
    language: str = LANGUAGE,
    write: Callable[[Sheet], bytes],
) -> bytes:
    """The statement of a bill as PDF, in one of its languages.

    Raises: BillUnknown; Broken if these are not the bytes that were kept.
    """
    found, bill = await find_bill(connection, bill_id=bill_id, customer_id=customer_id)
    document_id = id_in_bucket(uuid5(bill_id, "pdf" if language == LANGUAGE else f"pdf:{language}"), found.b)
    await customers.lock(connection, b=found.b, customer_id=customer_id)
    kept = await agreements.document(connection, b=found.b, document_id=document_id)
    if kept is not None:
        return await _opened(ports, kept)
    form = await statement_form(connection, ports, bill, customer_id=customer_id, language=language)
    content = write(sheet_of(form, language=language))
    document = Document(
        b=found.b,
        document_id=document_id,
        customer_id=customer_id,
        kind="statement_pdf",
        language=language,
        template_version="1",
        content_hash=hashlib.sha256(content).hexdigest(),
        content_sealed=await ports.keys.seal(b64encode(content).decode(), row=document_id, field="content"),
        media_type="application/pdf",
        created_at=ports.business.now(),
    )
    await agreements.add_document(connection, document)
    return content


async def _opened(ports: Ports, kept: Document) -> bytes:
    content = b64decode(await ports.keys.unseal(kept.content_sealed, row=kept.document_id, field="content"))
    if hashlib.sha256(content).hexdigest() != kept.content_hash:
        raise Broken(f"document {kept.document_id} is not what was kept")
    return content
