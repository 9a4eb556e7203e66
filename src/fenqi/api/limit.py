"""No request may be larger than any valid one."""

from typing import ClassVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fenqi.api.refusal import refused
from fenqi.core.refusal import Kind, Refusal

BODY_BYTES_MAX = 1_000_000


class BodyTooLarge(Refusal):
    """The body is larger than any request of ours."""

    code: ClassVar[str] = "body_too_large"
    kind: ClassVar[Kind] = Kind.TOO_LARGE


class BodyLimit:
    """Refuse a body that is too large, by its announced length or while it arrives."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting its bytes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        announced = headers.get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > BODY_BYTES_MAX:
            await refused(_too_large())(scope, receive, send)
            return
        await self._app(scope, _Counted(receive), send)


class _Counted:
    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._seen = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > BODY_BYTES_MAX:
            raise _too_large()
        return message


def _too_large() -> BodyTooLarge:
    return BodyTooLarge("the body is too large", allowed=f"at most {BODY_BYTES_MAX} bytes")
