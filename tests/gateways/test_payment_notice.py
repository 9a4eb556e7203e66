"""A notice is believed only as the channel signed it, and not for long."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from fenqi.core.merchant.payment_order import Answer, Notice, Outcome
from fenqi.gateways.payment.notice import NoticeUnreadable, SignedNotice, read_notice, write_notice
from fenqi.gateways.signature import SignatureInvalid, SignatureTooOld, signed_headers

AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
URL = "http://fenqi.example:8420/v1/notices/payment"
SECRETS = {"channel": b"s" * 32}
ANSWER = Answer(
    Outcome.SUCCEEDED, "REF", code="ok", message="done", settled_on=date(2026, 11, 1), channel="c", is_stand_in=True
)
NOTICE = Notice("n1", order_id=UUID(int=1), amount_minor=5, currency="CNY", answer=ANSWER)


@pytest.fixture
def sent() -> SignedNotice:
    return write_notice(NOTICE, url=URL, note="替身", key_id="channel", secret=SECRETS["channel"], created_at=AT)


def read(sent: SignedNotice, **changes) -> Notice:
    given = {"url": URL, "headers": sent.headers, "body": sent.body, "secrets": SECRETS, "at": AT}
    return read_notice(**(given | changes))


def test_reads_what_was_written(sent: SignedNotice):
    assert read(sent) == NOTICE


def test_behind_a_proxy_the_scheme_may_differ_and_names_may_be_lower_case(sent: SignedNotice):
    lower = {name.lower(): value for name, value in sent.headers.items()}
    assert read(sent, url=URL.replace("http:", "https:"), headers=lower) == NOTICE


@pytest.mark.parametrize(
    "changes",
    [
        {"body": b"{}"},
        {"url": URL + "s"},
        {"url": URL + "?again=1"},
        {"url": URL.replace("fenqi.example", "other.example")},
        {"secrets": {"channel": b"x" * 32}},
        {"secrets": {"another": b"s" * 32}},
        {"headers": {}},
    ],
)
def test_a_request_that_was_changed_or_signed_by_another_is_refused(sent: SignedNotice, changes: Mapping):
    with pytest.raises(SignatureInvalid):
        read(sent, **changes)


@pytest.mark.parametrize("name", ["Signature", "Signature-Input", "Content-Digest", "Content-Type"])
def test_every_signed_header_must_arrive(sent: SignedNotice, name: str):
    with pytest.raises(SignatureInvalid):
        read(sent, headers={key: value for key, value in sent.headers.items() if key != name})


def test_a_signature_that_leaves_the_body_out_is_refused(sent: SignedNotice):
    less = sent.headers["Signature-Input"].replace(' "content-digest"', "")
    with pytest.raises(SignatureInvalid):
        read(sent, headers={**sent.headers, "Signature-Input": less})


@pytest.mark.parametrize(("seconds", "is_taken"), [(-6, False), (-5, True), (300, True), (301, False)])
def test_a_signature_counts_for_five_minutes(sent: SignedNotice, seconds: int, is_taken: bool):
    at = AT + timedelta(seconds=seconds)
    if is_taken:
        assert read(sent, at=at) == NOTICE
    else:
        with pytest.raises(SignatureTooOld):
            read(sent, at=at)


@pytest.mark.parametrize("body", [b"not json", b"{}", b'{"notice_id":1}', b"[]"])
def test_a_signed_body_that_is_no_notice_is_refused(body: bytes):
    headers = signed_headers(
        method="POST", url=URL, body=body, key_id="channel", secret=SECRETS["channel"], created_at=AT
    )
    with pytest.raises(NoticeUnreadable):
        read_notice(url=URL, headers=headers, body=body, secrets=SECRETS, at=AT)
