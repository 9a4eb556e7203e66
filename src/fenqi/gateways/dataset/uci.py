"""The UCI Machine Learning Repository, over HTTPS."""

from http import HTTPStatus

import httpx

from fenqi.core.refusal import Unavailable
from fenqi.gateways.dataset.content import hold_sha256
from fenqi.gateways.dataset.port import UCI_SHA256, Report

ADDRESS = "https://archive.ics.uci.edu/static/public/350/data.csv"
SIZE = 2_897_080
TIMEOUT = httpx.Timeout(30.0, connect=6.0)


class UciRepository:
    """Data set 350, "Default of Credit Card Clients", as UCI itself publishes it."""

    name = "UCI"

    def __init__(self, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._transport = transport

    async def fetch(self, report: Report) -> bytes:
        """Get the file; more bytes than it has are not waited for."""
        try:
            content = await self._download(report)
        except httpx.HTTPError as error:
            raise Unavailable(f"{ADDRESS} does not answer ({type(error).__name__})", retry=True) from error
        return hold_sha256(content, expected=UCI_SHA256, source=ADDRESS)

    async def _download(self, report: Report) -> bytes:
        content = bytearray()
        async with (
            httpx.AsyncClient(timeout=TIMEOUT, transport=self._transport) as client,
            client.stream("GET", ADDRESS) as answer,
        ):
            if answer.status_code != HTTPStatus.OK:
                raise Unavailable(f"{ADDRESS} answers {answer.status_code}", retry=answer.status_code >= 500)
            async for part in answer.aiter_bytes():
                content += part
                report(len(content), SIZE)
                if len(content) > SIZE:
                    break
        return bytes(content)
