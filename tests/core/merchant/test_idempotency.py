"""A key is its merchant's, for one endpoint and one payload."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.merchant.canonical import NotCanonical, canonical_hash, canonical_json
from fenqi.core.merchant.idempotency import (
    IdempotencyInProgress,
    IdempotencyKeyMalformed,
    IdempotencyKeyMissing,
    IdempotencyKeyReused,
    KeyUse,
    Reply,
    reply_to_repeat,
    scope_of,
)

SCOPE = scope_of("k-1", merchant_id=UUID(int=1), endpoint="POST /v1/checkouts")
PAYLOAD = canonical_hash({"amount_minor": 1})


def test_the_first_request_has_no_reply_yet():
    assert reply_to_repeat(None, payload_hash=PAYLOAD) is None


def test_a_repetition_is_answered_with_the_first_reply():
    reply = Reply(status=201, body=b'{"checkout_id":"1"}')
    assert reply_to_repeat(KeyUse(SCOPE, PAYLOAD, reply), payload_hash=PAYLOAD) == reply


def test_another_payload_is_a_conflict_also_while_the_first_is_at_work():
    other = canonical_hash({"amount_minor": 2})
    for reply in (None, Reply(status=201, body=b"")):
        with pytest.raises(IdempotencyKeyReused):
            reply_to_repeat(KeyUse(SCOPE, PAYLOAD, reply), payload_hash=other)


def test_a_request_in_progress_is_told_apart():
    with pytest.raises(IdempotencyInProgress):
        reply_to_repeat(KeyUse(SCOPE, PAYLOAD), payload_hash=PAYLOAD)


def test_merchants_and_endpoints_do_not_share_keys():
    assert scope_of("k-1", merchant_id=UUID(int=2), endpoint="POST /v1/checkouts") != SCOPE
    assert scope_of("k-1", merchant_id=UUID(int=1), endpoint="POST /v1/checkouts/capture") != SCOPE


@pytest.mark.parametrize("key", [None, ""])
def test_a_key_must_be_there(key: str | None):
    with pytest.raises(IdempotencyKeyMissing):
        scope_of(key, merchant_id=UUID(int=1), endpoint="e")


@pytest.mark.parametrize("key", ["a b", "k" * 129, "钥", "a\n"])
def test_a_key_must_be_readable(key: str):
    with pytest.raises(IdempotencyKeyMalformed):
        scope_of(key, merchant_id=UUID(int=1), endpoint="e")


@given(st.dictionaries(st.text(max_size=5), st.integers(), max_size=6))
def test_the_order_of_members_does_not_matter(payload: dict[str, int]):
    turned = dict(reversed(payload.items()))
    assert canonical_hash(payload) == canonical_hash(turned)


def test_canonical_text_is_utf8_without_spaces():
    assert (
        canonical_json({"名": ["手机", 1, None], "a": {"b": True}}) == '{"a":{"b":true},"名":["手机",1,null]}'.encode()
    )


@pytest.mark.parametrize("value", [0.1, {1: "a"}, ["\ud800"], b"x"])
def test_what_has_no_single_text_is_refused(value: object):
    with pytest.raises(NotCanonical):
        canonical_json(value)
