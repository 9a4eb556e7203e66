"""A customer reads a document of their own."""

import hashlib
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Broken, Kind, Refusal
from fenqi.services.port import Ports
from fenqi.stores import agreement as agreements
from fenqi.stores.agreement import Document
from fenqi.stores.fetch import Connection


class DocumentUnknown(Refusal):
    """No such document, or not this customer's: the two are not told apart."""

    code: ClassVar[str] = "document_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@dataclass(frozen=True)
class OpenDocument:
    """A document and the bytes that were shown."""

    document: Document
    content: bytes


async def read_document(
    connection: Connection, ports: Ports, *, b: int, document_id: UUID, customer_id: UUID
) -> OpenDocument:
    """A document as it was rendered.

    Raises: DocumentUnknown; Broken if these are not the bytes that were shown.
    """
    found = await agreements.document(connection, b=b, document_id=document_id)
    if found is None or found.customer_id != customer_id:
        raise DocumentUnknown("no such document", allowed="a document of your own")
    content = (await ports.keys.unseal(found.content_sealed, row=document_id, field="content")).encode()
    if hashlib.sha256(content).hexdigest() != found.content_hash:
        raise Broken(f"document {document_id} is not what was shown")
    return OpenDocument(found, content)
