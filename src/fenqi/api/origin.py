"""Whence a shopper asks: the device by a first-party cookie or header, the address that the request came from."""

import re
import secrets
from functools import lru_cache
from ipaddress import ip_address
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection, Request

from fenqi.services.attempt import Origin, key_of
from fenqi.wiring import Installation

DEVICE_COOKIE = "fenqi_device"
DEVICE_HEADER = "fenqi-device"
"""For apps and shops' own pages, which keep no cookie of ours."""
_DEVICE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_DEVICE_BYTES = 24
_COOKIE_SECONDS = 400 * 24 * 60 * 60


async def origin_of(request: Request) -> Origin:
    """Whence a request comes; an address inside a network says nothing about who is there, and is not kept."""
    installation: Installation = request.app.state.installation
    ports = installation.ports
    device, ip = _device(request), _public(request.client.host) if request.client else None
    return Origin(
        device=device and await key_of(ports, device, field="device"),
        ip=ip and await key_of(ports, ip, field="ip"),
        region=ip and installation.places.region_of(ip),
    )


AskedFrom = Annotated[Origin, Depends(origin_of)]


def new_device_cookie(request: HTTPConnection) -> str | None:
    """The cookie by which a browser is known again; None if it has one. Its random value says nothing by itself."""
    if _DEVICE.fullmatch(request.cookies.get(DEVICE_COOKIE, "")):
        return None
    secure = "; Secure" if request.url.scheme == "https" else ""
    value = secrets.token_urlsafe(_DEVICE_BYTES)
    return f"{DEVICE_COOKIE}={value}; Path=/h5; Max-Age={_COOKIE_SECONDS}; HttpOnly; SameSite=Lax{secure}"


def _device(request: Request) -> str | None:
    said = request.headers.get(DEVICE_HEADER) or request.cookies.get(DEVICE_COOKIE, "")
    return said if _DEVICE.fullmatch(said) else None


@lru_cache(4096)
def _public(host: str) -> str | None:
    try:
        return host if ip_address(host).is_global else None
    except ValueError:
        return None
