"""Lists as comma-separated files, written page by page."""

import csv
import io
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from starlette.responses import StreamingResponse

_MARK = "\ufeff"
"""Without it, spreadsheets do not read UTF-8."""
_RECKONED = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the beginning of a formula."""


def as_csv(name: str, heads: Sequence[str], pages: AsyncIterator[list[dict[str, Any]]]) -> StreamingResponse:
    """A file to keep, a column for each head also without any line; amounts in minor units, instants in UTC."""
    return StreamingResponse(
        _written(heads, pages),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )


def table_as_csv(name: str, heads: Sequence[str], lines: list[dict[str, Any]]) -> StreamingResponse:
    """The same for a table that is here already."""

    async def pages() -> AsyncIterator[list[dict[str, Any]]]:
        yield lines

    return as_csv(name, heads, pages())


async def _written(heads: Sequence[str], pages: AsyncIterator[list[dict[str, Any]]]) -> AsyncIterator[str]:
    yield _MARK + _row(heads)
    async for page in pages:
        yield "".join(_row(_cell(line[head]) for head in heads) for line in page)


def _row(cells: Iterable[Any]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(_RECKONED):
        return f"'{value}"
    return value
