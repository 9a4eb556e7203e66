"""An event reaches a merchant signed, once an attempt, and never a place where it must not go."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from fenqi.api.signature import EventUnreadable, ReceivedEvent, verify_event
from fenqi.core.merchant.webhook import Event, Topic, body_of
from fenqi.gateways.signature import SignatureInvalid, signed_headers
from fenqi.gateways.webhook.http import HttpWebhookSender
from fenqi.gateways.webhook.port import Delivery, DeliveryOutcome
from fenqi.gateways.webhook.target import WebhookUrlRefused, may_be_called, reachable, target_of

AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
EVENT = Event(UUID(int=1), Topic.CHECKOUT_CAPTURED, UUID(int=2), occurred_at=AT, content={"captured_minor": 5})
SECRET = b"w" * 32
OK = b"HTTP/1.1 204 No Content\r\n\r\n"


class Receiver:
    """A merchant's server: keeps what it is sent, answers what it is told to."""

    def __init__(self, answer: bytes | None) -> None:
        self.answer = answer
        self.requests: list[tuple[str, dict[str, str], bytes]] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers["content-length"]))
        self.requests.append((head[0], headers, body))
        if self.answer is None:
            await reader.read()
        else:
            writer.write(self.answer)
        writer.close()


@asynccontextmanager
async def listening(receiver: Receiver, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def sent(url: str, *, is_demo: bool = True, **options) -> Delivery:
    sender = HttpWebhookSender(is_demo=is_demo, **options)
    try:
        return await sender.send(
            url, body=body_of(EVENT), event_id=EVENT.event_id, key_id="m2", secret=SECRET, created_at=AT
        )
    finally:
        await sender.close()


def delivered(receiver: Receiver, path: str = "/hook?shop=1", **options) -> Delivery:
    async def run() -> Delivery:
        async with listening(receiver) as port:
            return await sent(f"http://127.0.0.1:{port}{path}", **options)

    return asyncio.run(run())


def test_a_merchant_can_check_and_read_what_arrives():
    receiver = Receiver(OK)
    assert delivered(receiver) == Delivery(DeliveryOutcome.DELIVERED, status=204, note="No Content")
    ((line, headers, body),) = receiver.requests
    assert line == "POST /hook?shop=1 HTTP/1.1"
    assert headers["fenqi-event-id"] == str(EVENT.event_id)
    url = f"http://{headers['host']}/hook?shop=1"
    read = verify_event(url=url, headers=headers, body=body, key_id="m2", secret=SECRET, at=AT)
    assert read == ReceivedEvent(UUID(int=1), "checkout.captured", UUID(int=2), AT, {"captured_minor": 5})


@pytest.mark.parametrize("status", ["200 OK", "500 Oops", "404 Not Found", "302 Found\r\nLocation: http://10.0.0.1/"])
def test_only_a_2xx_confirms_and_a_redirect_is_not_followed(status: str):
    receiver = Receiver(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
    outcome = delivered(receiver).outcome
    assert outcome is (DeliveryOutcome.DELIVERED if status.startswith("2") else DeliveryOutcome.RETRY)
    assert len(receiver.requests) == 1


def test_a_merchant_that_does_not_answer_is_tried_again_later():
    said = delivered(Receiver(None), timeout_seconds=0.2)
    assert (said.outcome, said.status) == (DeliveryOutcome.RETRY, None)


def test_a_merchant_that_cannot_be_reached_is_tried_again_later():
    assert asyncio.run(sent("http://127.0.0.1:9/")).outcome is DeliveryOutcome.RETRY


@pytest.mark.parametrize("answer", [b"nonsense\r\n\r\n", b""])
def test_an_answer_that_is_no_http_is_tried_again_later(answer: bytes):
    assert delivered(Receiver(answer)).outcome is DeliveryOutcome.RETRY


def resolving_to(*addresses: str) -> Callable:
    async def resolve(_host: str, _port: int) -> tuple[str, ...]:
        return addresses

    return resolve


@pytest.mark.parametrize("addresses", [("127.0.0.1",), ("10.1.2.3",), ("1.1.1.1", "192.168.0.1"), ()])
def test_a_public_name_that_leads_inside_is_refused_outside_a_demo(addresses: tuple[str, ...]):
    said = asyncio.run(sent("https://shop.example/hook", is_demo=False, resolve=resolving_to(*addresses)))
    assert (said.outcome, said.status) == (DeliveryOutcome.REFUSED, None)


def test_over_tls_the_checked_address_is_called_under_the_merchants_name(tmp_path: Path):
    receiver = Receiver(OK)
    server_context, client_context = certified("shop.example", tmp_path)

    async def run() -> tuple[Delivery, Delivery]:
        async with listening(receiver, server_context) as port:
            options = {"resolve": resolving_to("127.0.0.1"), "ssl_context": client_context}
            right = await sent(f"https://shop.example:{port}/hook", **options)
            return right, await sent(f"https://another.example:{port}/hook", **options)

    right, wrong = asyncio.run(run())
    assert right.outcome is DeliveryOutcome.DELIVERED
    assert receiver.requests[0][1]["host"].startswith("shop.example:")
    assert wrong.outcome is DeliveryOutcome.RETRY
    assert "certificate" in wrong.note.lower()
    assert len(receiver.requests) == 1


def key_usage() -> x509.KeyUsage:
    names = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign")
    never = dict.fromkeys((*names, "encipher_only", "decipher_only"), False)
    return x509.KeyUsage(digital_signature=True, key_cert_sign=True, **never)


def certified(name: str, folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .add_extension(key_usage(), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "merchant.pem"
    path.write_bytes(pem + private)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(path)
    return server, ssl.create_default_context(cadata=pem.decode())


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example/hook",
        "ftp://shop.example/hook",
        "https://user:secret@shop.example/hook",
        "https:///hook",
        "https://shop.example/hook#part",
        "https://shop.example:99999/hook",
        "https://shop.example/a b",
        "https://shop.example/\r\nHost:evil",
        "https://[::1/hook",
        "https://店.example/hook",
        "https://127.0.0.1/hook",
        "https://169.254.169.254/latest",
        "https://[::1]/hook",
        "https://[::ffff:10.0.0.1]/hook",
        "https://" + "a" * 2_000,
        "hook",
        "",
    ],
)
def test_an_address_that_is_no_public_https_url_is_refused(url: str):
    with pytest.raises(WebhookUrlRefused):
        target_of(url, is_demo=False)


def test_an_address_is_taken_apart():
    target = target_of("https://Shop.example/hook?a=1", is_demo=False)
    assert (target.host, target.port, target.path) == ("shop.example", 443, "/hook?a=1")
    assert target_of("http://127.0.0.1:8421", is_demo=True).path == "/"


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.0.0.1", "172.18.0.4", "fd00::1"])
def test_private_addresses_are_called_in_a_demo_only(address: str):
    assert may_be_called(address, is_demo=True)
    assert not may_be_called(address, is_demo=False)


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fe80::1", "224.0.0.1", "0.0.0.0", "::ffff:169.254.169.254", "2002:101:101::1"]
)
def test_link_local_addresses_and_tunnels_are_never_called(address: str):
    assert not may_be_called(address, is_demo=True)


@pytest.mark.parametrize(
    "address",
    ["::ffff:192.168.1.1", "2002:c0a8:0101::1", "64:ff9b::a00:1", "2001:0:4136:e378:8000:63bf:f5ff:fffe", "100.64.0.1"],
)
def test_an_inner_address_in_disguise_is_seen_through(address: str):
    assert not may_be_called(address, is_demo=False)


@given(st.ip_addresses(v=4))
def test_an_address_is_judged_alike_in_every_way_of_writing_it(address: IPv4Address):
    is_called = may_be_called(str(address), is_demo=False)
    assert is_called <= address.is_global
    assert may_be_called(f"::ffff:{address}", is_demo=False) == is_called
    assert may_be_called(str(ip_address("64:ff9b::") + int(address)), is_demo=False) == is_called


@given(st.ip_addresses(v=6))
def test_no_address_that_is_not_global_is_called(address: IPv6Address):
    if may_be_called(str(address), is_demo=False) and address.ipv4_mapped is None:
        assert address.is_global
        assert reachable([str(address)], is_demo=False) == str(address)


def test_a_signed_body_that_is_no_event_is_refused():
    headers = signed_headers(method="POST", url="https://s/", body=b"[]", key_id="m2", secret=SECRET, created_at=AT)
    with pytest.raises(EventUnreadable):
        verify_event(url="https://s/", headers=headers, body=b"[]", key_id="m2", secret=SECRET, at=AT)
    with pytest.raises(SignatureInvalid):
        verify_event(url="https://s/", headers=headers, body=b"[]", key_id="m3", secret=SECRET, at=AT)
