"""A paper is handed in and kept sealed, and somebody who may looks at it."""

import base64
import hashlib
from typing import Any, ClassVar
from uuid import UUID, uuid5

from fenqi.core.customer.paper import PAPERS_MAX, PapersTooMany, ReadPaper
from fenqi.core.ledger.account import bucket_in, bucket_of, id_in_bucket
from fenqi.core.refusal import Broken, Kind, Refusal
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.stores import complaint as complaints
from fenqi.stores import hardship as requests
from fenqi.stores import paper as papers
from fenqi.stores.fetch import Connection
from fenqi.stores.paper import Paper, PaperLine


class PaperUnknown(Refusal):
    """There is no such paper, or not for whoever asks."""

    code: ClassVar[str] = "paper_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


async def keep_paper(
    connection: Connection, ports: Ports, paper: ReadPaper, *, customer_id: UUID, about: UUID, by: str
) -> UUID:
    """Keep a paper about a request, complaint or application that is held; the same bytes again are the same paper.

    Raises: PapersTooMany.
    """
    b, text = bucket_of(customer_id), base64.b64encode(paper.content).decode()
    digest = hashlib.sha256(text.encode()).hexdigest()
    paper_id = id_in_bucket(uuid5(about, f"paper:{digest}"), b)
    known = await papers.about(connection, b=b, about=about)
    if len(known) >= PAPERS_MAX and all(each.paper_id != paper_id for each in known):
        raise PapersTooMany(f"{len(known)} papers are there", allowed=f"at most {PAPERS_MAX}")
    row = Paper(
        b=b,
        paper_id=paper_id,
        customer_id=customer_id,
        about=about,
        name=paper.name,
        media_type=paper.media_type,
        byte_count=len(paper.content),
        content_hash=digest,
        content_sealed=await ports.keys.seal(text, row=paper_id, field="content"),
        added_by=by,
        added_at=ports.business.now(),
    )
    await papers.add(connection, row)
    return paper_id


async def require_about_help(connection: Connection, *, paper_id: UUID) -> None:
    """Refuse a paper that is about neither a request for help nor a complaint: an application has its own reviewers.

    Raises: PaperUnknown.
    """
    b = bucket_in(paper_id)
    found = await papers.find_line(connection, b=b, paper_id=paper_id)
    if found is None or not (
        await requests.find(connection, b=b, request_id=found.about)
        or await complaints.find(connection, b=b, complaint_id=found.about)
    ):
        raise PaperUnknown("no such paper", allowed="a paper of a request or complaint")


async def open_paper(connection: Connection, ports: Ports, *, paper_id: UUID, by: str) -> tuple[Paper, bytes]:
    """A paper with its bytes, for staff; the look is in the audit trail.

    Raises: PaperUnknown; Broken if these are not the bytes that came.
    """
    found = await papers.find(connection, b=bucket_in(paper_id), paper_id=paper_id)
    if found is None:
        raise PaperUnknown("no such paper", allowed="a paper that was handed in")
    text = await ports.keys.unseal(found.content_sealed, row=paper_id, field="content")
    if hashlib.sha256(text.encode()).hexdigest() != found.content_hash:
        raise Broken(f"paper {paper_id} is not what came")
    await note(
        connection, ports, actor_kind="staff", actor=by, action="looked_at_paper", subject=str(found.customer_id)
    )
    return found, base64.b64decode(text)


def papers_shown(lines: tuple[PaperLine, ...]) -> list[dict[str, Any]]:
    """Papers as lists show them."""
    return [
        {
            "paper_id": str(each.paper_id),
            "name": each.name,
            "media_type": each.media_type,
            "byte_count": each.byte_count,
            "added_at": each.added_at.isoformat(),
        }
        for each in lines
    ]
