"""Delivers events by HTTP POST, to the address that was checked and no other."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import httpx

from fenqi.gateways.signature import signed_headers
from fenqi.gateways.webhook.port import Delivery, DeliveryOutcome
from fenqi.gateways.webhook.target import Target, WebhookUrlRefused, reachable, target_of

TIMEOUT_SECONDS = 10.0
NOTE_LENGTH_MAX = 200

Resolve = Callable[[str, int], Awaitable[tuple[str, ...]]]


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a host, in the system's order."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(str(address[0]) for *_, address in found)


class HttpWebhookSender:
    """Posts signed events. Follows no redirect, uses no proxy of the environment, reads little of the answer."""

    def __init__(
        self,
        *,
        is_demo: bool,
        timeout_seconds: float = TIMEOUT_SECONDS,
        resolve: Resolve = resolve,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._is_demo = is_demo
        self._timeout_seconds = timeout_seconds
        self._resolve = resolve
        # No connection is kept: two names at one address would share it, and only the first was checked by TLS.
        self._client = httpx.AsyncClient(
            verify=ssl_context or True,
            follow_redirects=False,
            trust_env=False,
            timeout=timeout_seconds,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def send(
        self, url: str, *, body: bytes, event_id: UUID, key_id: str, secret: bytes, created_at: datetime
    ) -> Delivery:
        """Post the event once.

        A 2xx confirms it; anything else is to be tried again, since the merchant may mend it.
        """
        headers = signed_headers(method="POST", url=url, body=body, key_id=key_id, secret=secret, created_at=created_at)
        try:
            target = target_of(url, is_demo=self._is_demo)
            async with asyncio.timeout(self._timeout_seconds):
                return await self._post(target, body=body, headers=headers | {"Fenqi-Event-Id": str(event_id)})
        except WebhookUrlRefused as refusal:
            return Delivery(DeliveryOutcome.REFUSED, status=None, note=refusal.what)
        except TimeoutError:
            return Delivery(DeliveryOutcome.RETRY, status=None, note=f"no answer in {self._timeout_seconds:g} s")
        except (httpx.HTTPError, OSError, ssl.SSLError) as error:
            return Delivery(DeliveryOutcome.RETRY, status=None, note=_note(type(error).__name__, str(error)))

    async def _post(self, target: Target, *, body: bytes, headers: dict[str, str]) -> Delivery:
        """Connect to the very address that was checked, so that a name cannot change its mind in between."""
        address = reachable(await self._resolve(target.host, target.port), is_demo=self._is_demo)
        url = httpx.URL(scheme=target.scheme, host=address, port=target.port, raw_path=target.path.encode())
        async with self._client.stream(
            "POST",
            url,
            content=body,
            headers=headers | {"Host": _authority(target)},
            extensions={"sni_hostname": target.host},
        ) as response:
            outcome = DeliveryOutcome.DELIVERED if response.is_success else DeliveryOutcome.RETRY
            return Delivery(outcome, status=response.status_code, note=_note(response.reason_phrase))


def _authority(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    is_usual = target.port == (443 if target.scheme == "https" else 80)
    return host if is_usual else f"{host}:{target.port}"


def _note(*words: str) -> str:
    return ": ".join(word for word in words if word)[:NOTE_LENGTH_MAX]
