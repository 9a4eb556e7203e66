"""What a page will ask for first, told with the page: a browser fetches it while the script is still coming."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

_CREDIT = re.compile(r"/h5(/|/loans)?")
_CREDIT_PAGE = "src/pages/loan/list.tsx"
_CATALOGUE = re.compile(r"/shop/?")


def told_ahead(path: str, query: str, folder: Path) -> dict[str, str]:
    """The `Link` header of a page, from the address it is asked under and the manifest of the build.

    The catalogue is told only as it is without a filter: with one, the page asks for something else.
    """
    if _CREDIT.fullmatch(path):
        return _headed(*_modules(folder / "h5" / "manifest.json", _CREDIT_PAGE))
    if _CATALOGUE.fullmatch(path) and query in {"", "lang=en", "lang=zh-CN"}:
        return _headed("</shop/phones>; rel=preload; as=fetch; crossorigin=anonymous")
    return {}


def _headed(*links: str) -> dict[str, str]:
    return {"link": ", ".join(links)} if links else {}


def _modules(manifest: Path, page: str) -> tuple[str, ...]:
    """The files that a page has beside its app's own."""
    built = _read(manifest, manifest.stat().st_mtime_ns) if manifest.is_file() else {}
    entry = next((key for key, chunk in built.items() if chunk.get("isEntry")), "")
    wanted, waiting = set[str](), [page]
    while waiting:
        key = waiting.pop()
        if key in built and key != entry and key not in wanted:
            wanted.add(key)
            waiting += built[key].get("imports", [])
    return tuple(f"</h5/{built[key]['file']}>; rel=modulepreload" for key in sorted(wanted))


@cache
def _read(manifest: Path, _built_at: int) -> dict[str, Any]:
    return json.loads(manifest.read_text(encoding="utf-8"))
