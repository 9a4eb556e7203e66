"""Hold the bytes that a source gives to their SHA-256."""

import hashlib

from fenqi.gateways.dataset.port import FetchedAltered


def hold_sha256(content: bytes, *, expected: str, source: str) -> bytes:
    """Pass bytes on that have the expected SHA-256.

    Raises: FetchedAltered.
    """
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise FetchedAltered(
            f"{source} gave {len(content)} bytes with the SHA-256 {found}", allowed=expected, source=source
        )
    return content
