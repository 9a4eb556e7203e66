"""The pages of shop, checkout and staff console: built files, served at the addresses of the API they show.

A browser that goes to an address asks for text/html and gets the page, which asks the same address for JSON.
"""

import gzip
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from fenqi.api.ahead import told_ahead
from fenqi.api.origin import new_device_cookie

FOLDER = Path(__file__).resolve().parents[1] / "pages"
"""What `fenqi web build` makes."""
_PAGE = re.compile(r"/(shop|h5|staff)(/.*)?")
_ASSET = re.compile(r"/(shop|h5|staff)/assets/([A-Za-z0-9_.-]+)")
_FOREVER = "public, max-age=31536000, immutable"
"""An asset's name holds the hash of its content."""
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""No foreign origin and no script but ours; styles also in the page, since documents carry theirs."""
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "vary": "accept, accept-encoding",
}

NOTHING_AHEAD: Mapping[str, str] = {}


@dataclass(frozen=True)
class _File:
    content: bytes
    zipped: bytes
    media_type: str
    etag: str


class Pages:
    """Answer a browser's navigations and the files they need; whatever else is asked goes on to the API."""

    def __init__(self, app: ASGIApp, folder: Path = FOLDER) -> None:
        self._app = app
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        answer = self._answer(scope) if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} else None
        await (answer or self._app)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        path, headers = scope["path"], Headers(scope=scope)
        if asset := _ASSET.fullmatch(path):
            return _found(self._folder / asset[1] / "assets" / asset[2], headers, lifetime=_FOREVER)
        if "text/html" not in headers.get("accept", ""):
            return None
        if path == "/":
            return RedirectResponse("/shop", headers=_HEADERS)
        page = _PAGE.fullmatch(path)
        if not page:
            return None
        ahead = told_ahead(path, scope["query_string"].decode("latin-1"), self._folder)
        if page[1] == "h5" and (cookie := new_device_cookie(HTTPConnection(scope))):
            ahead = {**ahead, "set-cookie": cookie}
        return _found(self._folder / page[1] / "index.html", headers, lifetime="no-cache", ahead=ahead)


def _found(path: Path, headers: Headers, *, lifetime: str, ahead: Mapping[str, str] = NOTHING_AHEAD) -> Response | None:
    if not path.is_file():
        return None
    file = _read(path, path.stat().st_mtime_ns)
    told = {**_HEADERS, "cache-control": lifetime, "etag": file.etag, **ahead}
    if file.etag in headers.get("if-none-match", ""):
        return Response(status_code=304, headers=told)
    if "gzip" in headers.get("accept-encoding", ""):
        told["content-encoding"] = "gzip"
        return Response(file.zipped, headers=told, media_type=file.media_type)
    return Response(file.content, headers=told, media_type=file.media_type)


@cache
def _read(path: Path, _built_at: int) -> _File:
    """A file, read once for each time that it is built."""
    content = path.read_bytes()
    return _File(
        content=content,
        zipped=gzip.compress(content, mtime=0),
        media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        etag=f'"{sha256(content).hexdigest()[:32]}"',
    )
