"""A stand-in for a table of networks: a file that names a few, or none."""

import json
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path


class StandInPlaces:
    """Reads `{"network": "division code"}` once; without a file nobody knows where anybody is."""

    def __init__(self, *, known_in: Path) -> None:
        said: dict[str, str] = json.loads(known_in.read_text(encoding="utf-8")) if known_in.exists() else {}
        self._networks: list[tuple[IPv4Network | IPv6Network, str]] = [
            (ip_network(network), region) for network, region in said.items()
        ]

    def region_of(self, ip: str) -> str | None:
        """The first network that the address is in."""
        if not self._networks:
            return None
        address = ip_address(ip)
        return next((region for network, region in self._networks if address in network), None)
