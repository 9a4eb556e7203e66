"""An API key: what it looks like, what is stored, who is let in."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from fenqi.core.merchant.api_key import (
    ApiKey,
    ApiKeyInvalid,
    ApiKeyMissing,
    api_key_of,
    hash_of_api_key,
    hint_of_api_key,
    key_in_authorization,
    require_api_key,
)

KEY = api_key_of(bytes(range(32)))
STORED = ApiKey(UUID(int=1), merchant_id=UUID(int=2), key_hash=hash_of_api_key(KEY))


def test_a_key_is_known_by_its_prefix_and_hides_its_middle():
    assert KEY.startswith("fq_")
    assert len(KEY) == 46
    assert hint_of_api_key(KEY) == f"fq_…{KEY[-4:]}"


def test_a_key_needs_all_its_random_bytes():
    with pytest.raises(ValueError, match="32 random bytes"):
        api_key_of(b"short")


def test_the_right_key_is_let_in():
    assert require_api_key(STORED, key=KEY) == STORED


def test_no_key_a_wrong_key_and_a_revoked_one_are_refused_alike():
    revoked = ApiKey(STORED.api_key_id, STORED.merchant_id, STORED.key_hash, datetime(2026, 1, 1, tzinfo=UTC))
    for stored, key in ((None, KEY), (STORED, api_key_of(bytes(32))), (revoked, KEY)):
        with pytest.raises(ApiKeyInvalid) as refused:
            require_api_key(stored, key=key)
        assert refused.value.what == "the API key is not valid"


@pytest.mark.parametrize("header", [f"Bearer {KEY}", f"bearer  {KEY}", f" BEARER {KEY} "])
def test_reads_the_key_out_of_the_header(header: str):
    assert key_in_authorization(header) == KEY


@pytest.mark.parametrize("header", [None, "", "Basic abc", KEY])
def test_a_header_without_a_bearer_carries_no_key(header: str | None):
    with pytest.raises(ApiKeyMissing):
        key_in_authorization(header)


def test_what_does_not_look_like_a_key_is_refused_before_it_is_looked_up():
    with pytest.raises(ApiKeyInvalid):
        key_in_authorization("Bearer fq_short")
