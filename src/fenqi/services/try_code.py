"""A code comes back."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fenqi.core.identity.factor import CodeChallenge, digest_of_code, try_code
from fenqi.core.ledger.account import bucket_of
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.velocity.entry import EntryKind
from fenqi.services.attempt import NOWHERE, Attempt, Origin, contact_of, log
from fenqi.services.port import Ports
from fenqi.stores import code as codes
from fenqi.stores.fetch import Connection


@dataclass(frozen=True)
class TryCode:
    """The digits as typed, for the mobile number and the purpose they were sent for."""

    code_id: UUID
    mobile: str
    purpose: str
    subject: UUID
    digits: str
    origin: Origin = NOWHERE


class CodeUnknown(Refusal):
    """No such code was sent to this number for this purpose."""

    code: ClassVar[str] = "code_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


async def try_sent_code(connection: Connection, ports: Ports, command: TryCode) -> CodeChallenge:
    """Count a try and say whether it was right.

    A wrong try is an outcome, not an error, so that the count is kept: the caller commits, then refuses with
    `require_passed`.

    Raises: CodeUnknown, CodeUsed, CodeExpired, CodeTriesExhausted.
    """
    at = ports.wall.now()
    index = await ports.keys.blind_index(command.mobile, field="mobile")
    code = await codes.lock(connection, b=bucket_of(index.hex()), code_id=command.code_id)
    if code is None or (code.purpose, code.subject) != (command.purpose, command.subject):
        raise CodeUnknown("no such code was sent", allowed="a code sent to this number, for this step")
    challenge = CodeChallenge(code.code_id, code.digest, code.sent_at, code.tries, code.passed_at)
    digest = digest_of_code(command.digits, challenge_id=code.code_id, key=await ports.keys.code_key())
    policy = ports.authority.code_policy(on=ports.business.today())
    tried = try_code(challenge, digest=digest, at=at, policy=policy)
    await codes.tried(connection, b=code.b, code_id=code.code_id, tries=tried.tries, passed_at=tried.passed_at)
    if tried.passed_at is None:
        wrong = Attempt(kind=EntryKind.CODE_WRONG, b=code.b, origin=command.origin, contact=contact_of(index))
        await log(connection, ports, wrong)
    return tried
