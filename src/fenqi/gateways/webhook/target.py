"""Which addresses a merchant may have us call."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import ClassVar
from urllib.parse import urlsplit

from fenqi.core.refusal import Refusal

URL_LENGTH_MAX = 2_000
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Target:
    """A URL taken apart; `path` includes the query."""

    scheme: str
    host: str
    port: int
    path: str


class WebhookUrlRefused(Refusal):
    """The address cannot be called, or lies where a merchant must not send us."""

    code: ClassVar[str] = "webhook_url_refused"


def target_of(url: str, *, is_demo: bool) -> Target:
    """The URL taken apart, if its form is allowed: https, a host, no credentials; in a demo http too.

    A host that is written as an address is judged here, a name once it is resolved.

    Raises: WebhookUrlRefused.
    """
    if len(url) > URL_LENGTH_MAX or not url.isascii() or any(ord(letter) <= 0x20 for letter in url):
        raise _refused("the URL cannot be read", is_demo=is_demo)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _refused("the URL cannot be read", is_demo=is_demo) from error
    if parts.scheme != "https" and not (is_demo and parts.scheme == "http"):
        raise _refused(f"{parts.scheme or 'no scheme'} is not https", is_demo=is_demo)
    if not parts.hostname or parts.username is not None or parts.fragment:
        raise _refused("the URL has no host, or carries credentials or a fragment", is_demo=is_demo)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    target = Target(parts.scheme, parts.hostname, port or (443 if parts.scheme == "https" else 80), path)
    _require_literal_reachable(target.host, is_demo=is_demo)
    return target


def reachable(addresses: Iterable[str], *, is_demo: bool) -> str:
    """The first of a host's addresses, if every one of them may be called.

    One private address among public ones condemns the host: whoever names it chose both.

    Raises: WebhookUrlRefused.
    """
    found = list(addresses)
    if not found or not all(may_be_called(address, is_demo=is_demo) for address in found):
        raise _refused("the host does not lie on the public internet", is_demo=is_demo)
    return found[0]


def may_be_called(address: str, *, is_demo: bool) -> bool:
    """Whether an IP address is public or, in a demo, on this machine or in a private network.

    Link-local addresses are never called, since cloud machines keep their credentials there; nor are the tunnels 6to4
    and Teredo, which nobody serves shops from and which can lead anywhere.
    """
    actual = _embedded(ip_address(address))
    is_tunnel = isinstance(actual, IPv6Address) and bool(actual.sixtofour or actual.teredo)
    if is_tunnel or actual.is_link_local or actual.is_multicast or actual.is_unspecified:
        return False
    return is_demo or actual.is_global


def _embedded(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one stands for, where it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address


def _require_literal_reachable(host: str, *, is_demo: bool) -> None:
    try:
        ip_address(host)
    except ValueError:
        return
    reachable([host], is_demo=is_demo)


def _refused(what: str, *, is_demo: bool) -> WebhookUrlRefused:
    allowed = "an https URL on the public internet"
    return WebhookUrlRefused(what, allowed=f"{allowed}, or of this machine" if is_demo else allowed)
