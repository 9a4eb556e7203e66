"""A paper that somebody hands in, and how it is given out again."""

from pydantic import Field
from starlette.responses import Response

from fenqi.api.body import Body
from fenqi.stores.paper import Paper

_ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


class NewPaper(Body):
    """A picture or PDF that proves something."""

    name: str = Field(min_length=1, max_length=120)
    media_type: str = Field(max_length=40)
    content_base64: str = Field(max_length=960_000)


def paper_file(paper: Paper, content: bytes) -> Response:
    """The paper under a name of ours, never shown in place."""
    headers = {
        "content-disposition": f'attachment; filename="{paper.paper_id}.{_ENDINGS[paper.media_type]}"',
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
    }
    return Response(content, media_type=paper.media_type, headers=headers)
