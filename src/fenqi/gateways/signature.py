"""Signing an HTTP request and checking the signature of one: RFC 9421 with hmac-sha256."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from http_message_signatures.algorithms import HMAC_SHA256  # pyright: ignore[reportPrivateImportUsage]
from http_message_signatures.exceptions import HTTPMessageSignaturesException, InvalidSignature
from http_message_signatures.resolvers import MappingKeyResolver
from http_message_signatures.signatures import HTTPMessageSigner, HTTPMessageVerifier

from fenqi.core.refusal import Kind, Refusal

AGE_SECONDS_MAX = 300
SKEW_SECONDS_MAX = 5
LABEL = "fenqi"
COVERED = ("@method", "@authority", "@path", "@query", "content-type", "content-digest")
"""What is signed. The scheme is left out: behind a proxy that ends TLS the receiver cannot know it."""


@dataclass(frozen=True)
class Signed:
    """Who signed a request that was found genuine, and when."""

    key_id: str
    created_at: datetime


class SignatureInvalid(Refusal):
    """The request is not signed, or not by the key it names, or not as it arrived."""

    code: ClassVar[str] = "signature_invalid"
    kind: ClassVar[Kind] = Kind.UNAUTHENTICATED


class SignatureTooOld(Refusal):
    """The signature was made too long ago, or lies in the future."""

    code: ClassVar[str] = "signature_too_old"
    kind: ClassVar[Kind] = Kind.UNAUTHENTICATED


@dataclass
class _Request:
    """A request as the signature library reads and extends it."""

    method: str
    url: str
    headers: dict[str, str]


class _Verifier(HTTPMessageVerifier):
    """Leaves the age to the caller, who has the clock."""

    def validate_created_and_expires(self, sig_input: Any, max_age: timedelta | None = None) -> None:
        """Require that the signature says when it was made, and no more."""
        if type(sig_input.params.get("created")) is not int:
            raise InvalidSignature("the signature does not say when it was made")


def signed_headers(
    *, method: str, url: str, body: bytes, key_id: str, secret: bytes, created_at: datetime
) -> dict[str, str]:
    """The headers with which a JSON body is sent to a URL: its type, its digest and the signature over both."""
    request = _Request(method=method, url=url, headers={"Content-Type": "application/json"})
    signer = HTTPMessageSigner(
        signature_algorithm=HMAC_SHA256,
        key_resolver=MappingKeyResolver(public_keys={}, private_keys={key_id: secret}),
    )
    signer.sign(  # pyright: ignore[reportUnknownMemberType]
        request,
        key_id=key_id,
        created=created_at,
        label=LABEL,
        tag=LABEL,
        covered_component_ids=COVERED,
        body=body,
    )
    return request.headers


def verify_signature(
    *, method: str, url: str, headers: Mapping[str, str], body: bytes, secrets: Mapping[str, bytes], at: datetime
) -> Signed:
    """Who signed this request, if it is signed over everything that matters, by a known key, not long ago.

    Raises: SignatureInvalid, SignatureTooOld.
    Source: RFC 9421; RFC 9530 for the digest of the body.
    """
    verifier = _Verifier(
        signature_algorithm=HMAC_SHA256,
        key_resolver=MappingKeyResolver(public_keys=secrets, private_keys={}),
    )
    try:
        found = verifier.verify(  # pyright: ignore[reportUnknownMemberType]
            _Request(method=method, url=url, headers=dict(headers)),
            max_age=None,
            expect_tag=LABEL,
            require_components=COVERED,
            body=body,
        )
    except HTTPMessageSignaturesException as error:
        raise SignatureInvalid(
            f"the signature does not hold: {error}", allowed="RFC 9421 hmac-sha256", source="RFC 9421"
        ) from error
    return _require_recent(found[0].parameters, at=at)


def _require_recent(parameters: Mapping[str, int | str], *, at: datetime) -> Signed:
    created_at = datetime.fromtimestamp(int(parameters["created"]), tz=UTC)
    if not -SKEW_SECONDS_MAX <= (at - created_at).total_seconds() <= AGE_SECONDS_MAX:
        raise SignatureTooOld(
            f"the signature was made at {created_at.isoformat()}",
            allowed=f"at most {AGE_SECONDS_MAX} seconds ago, and not in the future",
        )
    return Signed(key_id=str(parameters["keyid"]), created_at=created_at)
