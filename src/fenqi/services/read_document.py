"""A customer reads a document of their own."""

from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal
from fenqi.stores import agreement as agreements
from fenqi.stores.agreement import Document
from fenqi.stores.fetch import Connection


class DocumentUnknown(Refusal):
    """No such document, or not this customer's: the two are not told apart."""

    code: ClassVar[str] = "document_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


async def read_document(connection: Connection, *, b: int, document_id: UUID, customer_id: UUID) -> Document:
    """A document as it was rendered.

    Raises: DocumentUnknown.
    """
    found = await agreements.document(connection, b=b, document_id=document_id)
    if found is None or found.customer_id != customer_id:
        raise DocumentUnknown("no such document", allowed="a document of your own")
    return found
