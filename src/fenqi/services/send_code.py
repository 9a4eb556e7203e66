"""A code goes to a mobile phone."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from fenqi.core.identity.factor import code_of, digest_of_code, require_may_send
from fenqi.core.identity.mobile import read_mobile
from fenqi.core.ledger.account import bucket_of
from fenqi.core.velocity.entry import EntryKind
from fenqi.services.attempt import NOWHERE, Attempt, Origin, contact_of, log
from fenqi.services.port import Ports
from fenqi.stores import code as codes
from fenqi.stores.code import Code
from fenqi.stores.fetch import Connection

CODE_ID_BYTES = 8


@dataclass(frozen=True)
class SendCode:
    """Who asks for a code and what it will open: a session at a checkout, or a signature under what was shown."""

    mobile: str
    purpose: str
    subject: UUID
    origin: Origin = NOWHERE


@dataclass(frozen=True)
class SentCode:
    """A code to hand to the messenger once the transaction has committed."""

    code_id: UUID
    purpose: str
    mobile: str
    digits: str


async def send_code(connection: Connection, ports: Ports, command: SendCode) -> SentCode:
    """Make a code and keep its digest; the caller sends the digits.

    Raises: MobileMalformed, CodeSentTooOften.
    """
    at = ports.wall.now()
    policy = ports.authority.code_policy(on=ports.business.today())
    mobile = read_mobile(command.mobile)
    index = await ports.keys.blind_index(mobile, field="mobile")
    b = bucket_of(index.hex())
    sent = await codes.sent_since(
        connection, b=b, mobile_index=index, purpose=command.purpose, since=at - timedelta(days=1)
    )
    require_may_send(sent, at=at, policy=policy)
    code_id = ports.new_id()
    digits = code_of(int.from_bytes(ports.chance(CODE_ID_BYTES), "big"), digits=policy.digits)
    digest = digest_of_code(digits, challenge_id=code_id, key=await ports.keys.code_key())
    code = Code(
        b=b,
        code_id=code_id,
        purpose=command.purpose,
        subject=command.subject,
        mobile_index=index,
        digest=digest,
        sent_at=at,
        tries=0,
        passed_at=None,
    )
    await codes.add(connection, code)
    await log(
        connection, ports, Attempt(kind=EntryKind.CODE_ASKED, b=b, origin=command.origin, contact=contact_of(index))
    )
    return SentCode(code_id=code_id, purpose=command.purpose, mobile=mobile, digits=digits)
