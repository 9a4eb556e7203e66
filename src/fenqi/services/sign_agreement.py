"""The customer signs: the evidence is kept, the amount held on the limit, the merchant told to deliver."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID, uuid5

import msgspec

from fenqi.core.compliance.signing import SignedText, SigningEvidence, evidence_of_signing, require_read
from fenqi.core.identity.factor import CodeChallenge
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.ledger.outcome import demand
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.policy import Policy
from fenqi.core.loan.record import agreement_to_record
from fenqi.core.merchant.checkout import authorise
from fenqi.core.merchant.webhook import Topic
from fenqi.core.postings.set_limit import hold_line
from fenqi.core.product.goods import category_of
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.velocity.entry import EntryKind
from fenqi.services.attempt import NOWHERE, Origin, at_checkout, key_of, log
from fenqi.services.flag_fraud import require_not_suspected
from fenqi.services.move_line import require_open
from fenqi.services.offer import OpenOffer, open_offer
from fenqi.services.port import Ports
from fenqi.services.purchase import advanced, lock_for_customer, purchase_of
from fenqi.services.show_decision import decision_of_checkout
from fenqi.services.special_limit import place_of, require_unreserved
from fenqi.services.tell_merchant import tell_merchant
from fenqi.stores import agreement as agreements
from fenqi.stores import checkout as checkouts
from fenqi.stores import customer as customers
from fenqi.stores import hold as holds
from fenqi.stores import limit as limits
from fenqi.stores.agreement import Shown, SignedAgreement
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection

AUTHORISATION_LIFETIME = timedelta(days=15)
"""Goods ship days after signing; then the hold is free again."""


@dataclass(frozen=True)
class Signature:
    """What was signed, by the hashes the customer's device saw, with which code, and the account to debit."""

    shown_id: UUID
    signed_sha256: tuple[str, ...]
    challenge: CodeChallenge
    account_token: str
    origin: Origin = NOWHERE


class ShowingUnknown(Refusal):
    """Nothing was shown under this id at this checkout."""

    code: ClassVar[str] = "showing_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


async def find_showing(connection: Connection, *, shown_id: UUID, checkout_id: UUID, customer_id: UUID) -> Shown:
    """What was shown to this customer at this checkout.

    Raises: ShowingUnknown.
    """
    found = await agreements.shown(connection, b=bucket_of(customer_id), shown_id=shown_id)
    if found is None or (found.checkout_id, found.customer_id) != (checkout_id, customer_id):
        raise ShowingUnknown("nothing was shown under this id", allowed="the id that the disclosure came with")
    return found


def require_readable(ports: Ports, shown: Shown) -> None:
    """Refuse to send a signing code before the reading time is over, or the code would be spent for nothing.

    Raises: ReadingTimeNotOver.
    """
    require_read(shown_at=shown.shown_at, signed_at=ports.business.now(), read_seconds_min=shown.read_seconds_min)


async def sign_agreement(
    connection: Connection, ports: Ports, *, checkout_id: UUID, customer_id: UUID, signature: Signature
) -> Checkout:
    """Sign what was shown and hold its amount on the limit.

    The customer's row is held while the limit is looked at, so that two checkouts cannot spend it twice; the hold
    itself is refused by the ledger where the limit does not cover it.

    Raises: ShowingUnknown, SignedTextDiffers, ReadingTimeNotOver, SigningUnconfirmed, CreditWithheld, CreditSuspended,
    LineReserved, LimitExceeded, and what keeps a checkout from being signed.
    """
    at = ports.business.now()
    checkout = await lock_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
    shown = await find_showing(
        connection, shown_id=signature.shown_id, checkout_id=checkout_id, customer_id=customer_id
    )
    until = at + AUTHORISATION_LIFETIME
    amount_minor = shown.offer["principal_minor"]
    purchase = authorise(purchase_of(checkout), authorised_minor=amount_minor, until=until, at=at)
    evidence = await _evidence(connection, ports, shown, signature)
    decision = await decision_of_checkout(connection, checkout)
    offer = open_offer(
        ports.authority, decision, offer_id=shown.offer["offer_id"], on=date.fromisoformat(shown.offer["on"])
    )
    b = bucket_of(customer_id)
    await _require_line(connection, checkout, customer_id=customer_id, amount_minor=amount_minor)
    agreement = SignedAgreement(
        b=b,
        agreement_id=id_in_bucket(uuid5(checkout_id, "agreement"), b),
        customer_id=customer_id,
        checkout_b=checkout.b,
        checkout_id=checkout_id,
        shown_id=shown.shown_id,
        terms=_terms(offer, shown, checkout, ports=ports),
        evidence=msgspec.to_builtins(evidence) | {"account_token": signature.account_token},
        signed_at=at,
    )
    await agreements.add(connection, agreement)
    hold_id = id_in_bucket(uuid5(checkout_id, "hold"), b)
    wanted = hold_line(
        customer_id,
        currency=checkout.currency,
        amount_minor=amount_minor,
        hold_id=hold_id,
        expires_at=until,
        order_id=checkout_id,
    )
    demand(await holds.add(connection, wanted, held_at=at))
    following = replace(advanced(checkout, purchase), agreement_id=agreement.agreement_id, hold_id=hold_id)
    await checkouts.save(connection, following)
    await tell_merchant(connection, ports, following, topic=Topic.CHECKOUT_AUTHORISED)
    signed = at_checkout(following, EntryKind.SIGNED, origin=signature.origin)
    card = await key_of(ports, signature.account_token, field="card")
    await log(connection, ports, replace(signed, card=card))
    return following


async def _require_line(connection: Connection, checkout: Checkout, *, customer_id: UUID, amount_minor: int) -> None:
    """Hold the customer, and refuse what their line is not open for; whether it suffices, the hold itself says.

    Raises: CreditWithheld, CreditSuspended, LineReserved.
    """
    b = bucket_of(customer_id)
    await require_not_suspected(connection, customer_id=customer_id)
    await customers.lock(connection, b=b, customer_id=customer_id)
    require_open(await limits.find(connection, b=b, customer_id=customer_id))
    await require_unreserved(
        connection,
        customer_id=customer_id,
        place=place_of(checkout),
        amount_minor=amount_minor,
        currency=checkout.currency,
    )


def _terms(offer: OpenOffer, shown: Shown, checkout: Checkout, *, ports: Ports) -> dict[str, Any]:
    agreement = Agreement(
        terms=offer.plan.terms,
        currency=checkout.currency,
        limit_minor=shown.offer["principal_minor"],
        signed_on=ports.business.today(),
        policy=Policy(
            late_rate_per_day=Decimal(shown.offer["late_per_day"]),
            rolls_holidays=True,
            fee_minor_max=offer.product.fee_minor_max,
            penalty_minor_max=offer.product.penalty_minor_max,
            cooling_off=offer.product.cooling_off,
        ),
    )
    return {
        "agreement": agreement_to_record(agreement),
        "product_id": offer.product.product_id,
        "goods_category": category_of(checkout.goods).value,
        "subsidy_payer": offer.payer,
        "disclosed": shown.offer,
    }


async def _evidence(connection: Connection, ports: Ports, shown: Shown, signature: Signature) -> SigningEvidence:
    documents = [
        await agreements.known_document(connection, b=shown.b, document_id=document_id)
        for document_id in (shown.disclosure_id, shown.agreement_document_id)
    ]
    texts = [SignedText(one.kind, int(one.template_version), one.language, one.content_hash) for one in documents]
    # The code's subject is this showing, so it was sent after it. Codes live by the wall clock, showings by the
    # business clock, and instants of the two are never compared.
    challenge = replace(signature.challenge, sent_at=shown.shown_at)
    return evidence_of_signing(
        texts=texts,
        signed_sha256=signature.signed_sha256,
        shown_at=shown.shown_at,
        signed_at=ports.business.now(),
        read_seconds_min=shown.read_seconds_min,
        challenge=challenge,
    )
