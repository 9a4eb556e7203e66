"""Named queries: `<noun>.sql` beside `<noun>.py` holds blocks that begin with `-- name: verb`."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

HERE = Path(__file__).parent
_BLOCK = re.compile(r"^-- name: (\w+)[ \t]*(?:\n-- fan-out: (.+))?$", re.MULTILINE)


@cache
def queries(noun: str) -> Mapping[str, str]:
    """The named queries of one noun, with psycopg's `%(name)s` parameters.

    A second comment line `-- fan-out: why` declares a query that does not name its bucket.
    """
    text = (HERE / f"{noun}.sql").read_text(encoding="utf-8")
    found = list(_BLOCK.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    blocks = {match[1]: text[match.end() : end].strip() for match, end in zip(found, ends, strict=True)}
    return MappingProxyType(blocks)


def fan_outs(noun: str) -> frozenset[str]:
    """The queries of one noun that are declared to look into every bucket."""
    text = (HERE / f"{noun}.sql").read_text(encoding="utf-8")
    return frozenset(match[1] for match in _BLOCK.finditer(text) if match[2])


def nouns() -> tuple[str, ...]:
    """Every noun that has named queries."""
    return tuple(sorted(path.stem for path in HERE.glob("*.sql")))
