"""Lists as comma-separated files, written page by page."""

import csv
import io
from collections.abc import AsyncIterator, Iterable
from typing import Any

from starlette.responses import StreamingResponse

_MARK = "\ufeff"
"""Without it, spreadsheets do not read UTF-8."""
_RECKONED = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the beginning of a formula."""


def as_csv(name: str, pages: AsyncIterator[list[dict[str, Any]]]) -> StreamingResponse:
    """A file to keep, its head made of the first line's names; amounts in minor units, instants in UTC."""
    return StreamingResponse(
        _written(pages),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )


async def _written(pages: AsyncIterator[list[dict[str, Any]]]) -> AsyncIterator[str]:
    yield _MARK
    is_first = True
    async for page in pages:
        if is_first:
            yield _row(page[0])
        is_first = False
        yield "".join(_row(_cell(value) for value in line.values()) for line in page)


def _row(cells: Iterable[Any]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_RECKONED):
        return f"'{value}"
    return value
