"""A strategy on its way to deciding: proposed, held to the reference engine, given a use by one, let in by another."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from fenqi.core.decision.graph_policy import read_policy
from fenqi.core.decision.line_up import Role, require_use
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.install_strategy import keep_authority
from fenqi.services.live_strategy import approved_uses, line_ups
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.stores import shadow as shadows
from fenqi.stores import strategy as strategies
from fenqi.stores.fetch import Connection
from fenqi.stores.strategy import StoredStrategy, StoredUse, UseAnswer, UseLine

_SALT_BYTES = 8
AGO_MAX, AHEAD_MAX = timedelta(days=1), timedelta(days=366)


class StrategyVersionUnknown(Refusal):
    """Nobody has proposed this version."""

    code: ClassVar[str] = "strategy_version_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class StrategyKnown(Refusal):
    """The very same strategy was proposed before."""

    code: ClassVar[str] = "strategy_known"
    kind: ClassVar[Kind] = Kind.CONFLICT


class StrategyUnchecked(Refusal):
    """The strategy has not been held to the reference engine yet."""

    code: ClassVar[str] = "strategy_unchecked"
    kind: ClassVar[Kind] = Kind.CONFLICT


class StrategyDiffers(Refusal):
    """The reference engine reads the strategy otherwise."""

    code: ClassVar[str] = "strategy_differs"
    kind: ClassVar[Kind] = Kind.RULE


class StrategyUseOutOfTime(Refusal):
    """A use begins within a day before it is proposed and a year after."""

    code: ClassVar[str] = "strategy_use_out_of_time"


class StrategyUseUnknown(Refusal):
    """Nobody has proposed this use."""

    code: ClassVar[str] = "strategy_use_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class StrategyUseAnswered(Refusal):
    """The proposed use was answered already."""

    code: ClassVar[str] = "strategy_use_answered"
    kind: ClassVar[Kind] = Kind.CONFLICT


class StrategyOwnProposal(Refusal):
    """Whoever proposed a use, or the version it is of, cannot approve it."""

    code: ClassVar[str] = "strategy_own_proposal"
    kind: ClassVar[Kind] = Kind.FORBIDDEN


@dataclass(frozen=True)
class NewUse:
    """What a version is to be used for, from when, and why."""

    role: Role
    share_permille: int
    from_at: datetime
    reason: str


async def propose_strategy(
    connection: Connection, ports: Ports, *, text: bytes, name: str, remark: str, by: str
) -> StoredStrategy:
    """Keep a new version, proven; it decides nothing before it has a use that somebody else approved.

    Raises: StrategyKnown, and every refusal of the proof, each naming the place.
    """
    policy = read_policy(text, name=name)
    proposed = StoredStrategy(
        version=policy.version,
        name=name,
        content=text,
        note=remark,
        proposed_by=by,
        proposed_at=ports.business.now(),
    )
    if not await strategies.add(connection, proposed):
        raise StrategyKnown(f"version {policy.version} was proposed before", allowed="another use of that version")
    await _note(connection, ports, by=by, action="proposed_strategy", subject=policy.version, detail={"name": name})
    return proposed


async def find_strategy(connection: Connection, *, version: str) -> StoredStrategy:
    """A version with its text.

    Raises: StrategyVersionUnknown.
    """
    found = await strategies.find(connection, version=version)
    if found is None:
        raise StrategyVersionUnknown(f"there is no version {version[:64]}", allowed="one that was proposed")
    return found


async def propose_use(connection: Connection, ports: Ports, *, version: str, new: NewUse, by: str) -> StoredUse:
    """Propose what a version is to be used for.

    Raises: StrategyUseOutOfTime, StrategyVersionUnknown, ChampionNotRetired, ShareTooLarge, ShadowsTooMany.
    """
    now = ports.business.now()
    if not now - AGO_MAX <= new.from_at <= now + AHEAD_MAX:
        raise StrategyUseOutOfTime(
            f"a use from {new.from_at.isoformat()}",
            allowed=f"{(now - AGO_MAX).isoformat()} to {(now + AHEAD_MAX).isoformat()}",
        )
    await strategies.hold(connection)
    await find_strategy(connection, version=version)
    await _require_borne(connection, version=version, role=new.role, share_permille=new.share_permille)
    use = StoredUse(
        use_id=ports.new_id(),
        version=version,
        role=new.role,
        share_permille=new.share_permille,
        salt=ports.chance(_SALT_BYTES).hex(),
        from_at=new.from_at,
        reason=new.reason,
        proposed_by=by,
        proposed_at=now,
    )
    await strategies.add_use(connection, use)
    await strategies.tell(connection)
    detail = {"use_id": str(use.use_id), "role": use.role, "share_permille": use.share_permille}
    await _note(connection, ports, by=by, action="proposed_strategy_use", subject=version, detail=detail)
    return use


async def answer_use(
    connection: Connection, ports: Ports, *, use_id: UUID, is_approved: bool, reason: str, by: str
) -> UseLine:
    """Approve or reject a use that somebody else proposed; it is in force from its instant, at the earliest from now.

    Raises: StrategyUseUnknown, StrategyUseAnswered, StrategyOwnProposal, StrategyUnchecked, StrategyDiffers,
    ChampionNotRetired, ShareTooLarge, ShadowsTooMany.
    """
    await strategies.hold(connection)
    use = next((each for each in await strategies.uses(connection) if each.use_id == use_id), None)
    if use is None:
        raise StrategyUseUnknown("there is no such use", allowed="one that was proposed")
    if use.is_approved is not None:
        raise StrategyUseAnswered(f"{use.answered_by} answered it already", allowed="a new proposal")
    if is_approved:
        await _require_approvable(connection, use, by=by)
    elif use.proposed_by == by:
        raise StrategyOwnProposal("you proposed this", allowed="an answer by somebody else")
    answer = UseAnswer(
        use_id=use_id,
        is_approved=is_approved,
        reason=reason,
        proposed_by=use.proposed_by,
        answered_by=by,
        answered_at=ports.business.now(),
    )
    if not await strategies.add_answer(connection, answer):
        raise StrategyUseAnswered("somebody answered it already", allowed="a new proposal")
    action = "approved_strategy_use" if is_approved else "rejected_strategy_use"
    detail = {"use_id": str(use_id), "role": use.role, "reason": reason}
    await _note(connection, ports, by=by, action=action, subject=use.version, detail=detail)
    if is_approved:
        stored = await find_strategy(connection, version=use.version)
        await keep_authority(connection, ports, stored, use=use, by=by)
        if use.role == Role.SHADOW:
            await shadows.open_place(connection, use_id=use_id, after_id=ports.new_id())
    await strategies.tell(connection)
    return next(each for each in await strategies.uses(connection) if each.use_id == use_id)


async def _require_approvable(connection: Connection, use: UseLine, *, by: str) -> None:
    stored = await find_strategy(connection, version=use.version)
    if by in {use.proposed_by, stored.proposed_by}:
        raise StrategyOwnProposal("you proposed this strategy or its use", allowed="an approval by somebody else")
    check = await strategies.check_of(connection, version=use.version)
    if check is None:
        raise StrategyUnchecked("the version is still held to the reference engine", allowed="an answer once it is")
    if check.difference:
        raise StrategyDiffers(f"the reference engine differs: {check.difference}", allowed="a version without")
    await _require_borne(connection, version=use.version, role=Role(use.role), share_permille=use.share_permille)


async def _require_borne(connection: Connection, *, version: str, role: Role, share_permille: int) -> None:
    """Every approved use counts, those of the future too: the last line-up is the one it joins."""
    steps = line_ups(approved_uses(await strategies.uses(connection)))
    require_use(steps[-1][1] if steps else None, version=version, role=role, share_permille=share_permille)


async def _note(
    connection: Connection, ports: Ports, *, by: str, action: str, subject: str, detail: dict[str, Any]
) -> None:
    await note(connection, ports, actor_kind="staff", actor=by, action=action, subject=subject, detail=detail)
