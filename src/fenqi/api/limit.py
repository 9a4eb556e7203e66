"""No request may be larger than any valid one, or name what no text can hold."""

from typing import ClassVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fenqi.api.refusal import refused
from fenqi.core.refusal import Kind, Refusal

BODY_BYTES_MAX = 1_000_000


class BodyTooLarge(Refusal):
    """The body is larger than any request of ours."""

    code: ClassVar[str] = "body_too_large"
    kind: ClassVar[Kind] = Kind.TOO_LARGE


class UrlInvalid(Refusal):
    """The address has a null character in it, which no text of ours can hold."""

    code: ClassVar[str] = "url_invalid"


class BodyLimit:
    """Refuse a body that is too large, by its announced length or while it arrives; nothing else has begun then."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the whole body in, then pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            _require_text(scope)
            _require_announced(dict(scope["headers"]).get(b"content-length", b"0"))
            messages = await _received(receive)
        except (BodyTooLarge, UrlInvalid) as refusal:
            await refused(refusal)(scope, receive, send)
            return
        await self._app(scope, _Replayed(messages, receive), send)


class _Replayed:
    """What has arrived, then whatever comes after it."""

    def __init__(self, messages: list[Message], receive: Receive) -> None:
        self._messages = iter(messages)
        self._receive = receive

    async def __call__(self) -> Message:
        for message in self._messages:
            return message
        return await self._receive()


async def _received(receive: Receive) -> list[Message]:
    messages: list[Message] = []
    seen = 0
    while not messages or messages[-1].get("more_body", False):
        message = await receive()
        messages.append(message)
        seen += len(message.get("body", b""))
        if seen > BODY_BYTES_MAX:
            raise _too_large()
    return messages


def _require_text(scope: Scope) -> None:
    if "\0" in scope["path"] or b"%00" in scope["query_string"]:
        raise UrlInvalid("the address has a null character in it", allowed="text")


def _require_announced(length: bytes) -> None:
    if length.isdigit() and int(length[:20]) > BODY_BYTES_MAX:
        raise _too_large()


def _too_large() -> BodyTooLarge:
    return BodyTooLarge("the body is too large", allowed=f"at most {BODY_BYTES_MAX} bytes")
