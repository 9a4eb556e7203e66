"""The example shop checks events with the public library alone, none of our code."""

import runpy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from http_message_signatures.exceptions import InvalidSignature

from fenqi.gateways.signature import signed_headers

SECRET = "5a" * 32
URL = "https://shop.example/hook?shop=1"
BODY = b'{"event_id":"e1"}'
checked = runpy.run_path(str(Path(__file__).parents[2] / "examples" / "merchant.py"))["checked"]


def headers(created_at: datetime) -> dict[str, str]:
    return signed_headers(
        method="POST", url=URL, body=BODY, key_id="m", secret=bytes.fromhex(SECRET), created_at=created_at
    )


def test_the_example_takes_what_we_sign():
    assert checked(URL, headers(datetime.now(UTC)), BODY, key_id="m", secret=SECRET) == {"event_id": "e1"}


def test_the_example_refuses_what_was_changed_or_is_old():
    now = datetime.now(UTC)
    for given, body in ((headers(now), BODY + b" "), (headers(now - timedelta(minutes=6)), BODY)):
        with pytest.raises(InvalidSignature):
            checked(URL, given, body, key_id="m", secret=SECRET)
