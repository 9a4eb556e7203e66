"""Leave to debit an account: shown, signed with a code, ended."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID, uuid5

from fenqi.core.customer.consent import ConsentTextDiffers
from fenqi.core.identity.factor import CodeChallenge
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.rulepack.text import Rendered, render
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.stores import customer as customers
from fenqi.stores import mandate as mandates
from fenqi.stores.fetch import Connection
from fenqi.stores.mandate import Mandate

TEXT = "auto_debit"


class MandateUnknown(Refusal):
    """There is no leave to debit that could be ended."""

    code: ClassVar[str] = "mandate_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@dataclass(frozen=True)
class MandateSignature:
    """What was signed, by the hash that the customer's device saw, with which code, and the account to debit."""

    text_sha256: str
    language: str
    account_token: str
    challenge: CodeChallenge


def mandate_subject(customer_id: UUID) -> UUID:
    """What a code that signs a mandate is for."""
    return uuid5(customer_id, "mandate")


def mandate_text(ports: Ports, *, language: str) -> Rendered:
    """The words to sign, with the calendar in force."""
    calendar = ports.authority.debit_calendar(on=ports.business.today())
    day = {"zh-CN": "到期后第 {days} 天 {hour}:00", "en": "day {days} after, {hour}:00"}[language]
    due = {"zh-CN": "还款日 {hour}:00", "en": "the due day, {hour}:00"}[language]
    times = ((day if each.days_after_due else due, each) for each in calendar)
    house = ports.authority.house
    values = {
        "lender": house.name[language],
        "contact": house.contact,
        "calendar": ("、" if language == "zh-CN" else "; ").join(
            words.format(days=each.days_after_due, hour=each.hour) for words, each in times
        ),
    }
    return render(ports.authority.texts.latest(TEXT, language=language), values)


async def mandate_shown(connection: Connection, ports: Ports, *, customer_id: UUID, language: str) -> dict[str, Any]:
    """The mandate in force, and the words under which a new one is signed."""
    active = await mandates.active(connection, b=bucket_of(customer_id), customer_id=customer_id)
    text = mandate_text(ports, language=language)
    return {
        "active": None
        if active is None
        else {
            "mandate_id": str(active.mandate_id),
            "account_ending": active.account_token[-4:],
            "text_version": active.text_version,
            "signed_at": active.signed_at.isoformat(),
        },
        "text": text.content.decode(),
        "text_sha256": text.sha256,
        "text_version": str(text.version),
    }


async def sign_mandate(
    connection: Connection, ports: Ports, *, customer_id: UUID, signature: MandateSignature
) -> Mandate:
    """Keep a signed mandate, which ends the one before it; the same code again is the same mandate.

    Raises: ConsentTextDiffers if another text was signed than the one in force.
    """
    text = mandate_text(ports, language=signature.language)
    if text.sha256 != signature.text_sha256:
        raise ConsentTextDiffers("another text was signed than the one in force", allowed="the text as it is now")
    b, at = bucket_of(customer_id), ports.business.now()
    await customers.lock(connection, b=b, customer_id=customer_id)
    mandate = Mandate(
        b=b,
        mandate_id=id_in_bucket(uuid5(customer_id, f"mandate:{signature.challenge.challenge_id}"), b),
        customer_id=customer_id,
        account_token=signature.account_token,
        text_name=text.name,
        text_version=str(text.version),
        text_language=text.language,
        text_sha256=text.sha256,
        code_id=signature.challenge.challenge_id,
        signed_at=at,
    )
    before = await mandates.active(connection, b=b, customer_id=customer_id)
    if await mandates.add(connection, mandate) and before is not None:
        await mandates.end(connection, before, reason="replaced", ended_at=at)
    return mandate


async def revoke_mandate(connection: Connection, ports: Ports, *, customer_id: UUID) -> None:
    """End the mandate in force; what was sent already stays.

    Raises: MandateUnknown.
    """
    b = bucket_of(customer_id)
    await customers.lock(connection, b=b, customer_id=customer_id)
    active = await mandates.active(connection, b=b, customer_id=customer_id)
    if active is None:
        raise MandateUnknown("there is no mandate in force", allowed="one that was signed and has not ended")
    await mandates.end(connection, active, reason="revoked", ended_at=ports.business.now())
    await note(
        connection,
        ports,
        actor_kind="customer",
        actor=str(customer_id),
        action="revoked_mandate",
        subject=str(active.mandate_id),
    )
