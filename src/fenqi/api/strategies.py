"""Strategies: versions and their pictures, what each is used for and who said so, and the halt of all deciding."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, Field

from fenqi.api.body import Body
from fenqi.api.edge import AskingStaff, Installed
from fenqi.core.decision.line_up import CHALLENGED_PERMILLE_MAX, LineUp, Role
from fenqi.core.strategy.change import changes
from fenqi.core.strategy.drawing import drawing_of
from fenqi.services.halt_deciding import ask_for_end, end_halt, halt_deciding
from fenqi.services.publish_strategy import NewUse, answer_use, find_strategy, propose_strategy, propose_use
from fenqi.stores import strategy as strategies
from fenqi.stores.strategy import HaltLine, StrategyLine, UseLine
from fenqi.wiring import Installation

router = APIRouter(prefix="/staff", tags=["staff"])
_TEXT_MAX = 500_000


class NewStrategy(Body):
    """A strategy as a JDM graph: its text as the editor saves it."""

    name: str = Field(pattern="^[a-z][a-z0-9_-]{1,40}$")
    text: str = Field(min_length=2, max_length=_TEXT_MAX)
    remark: str = Field(min_length=5, max_length=1000)


class NewStrategyUse(Body):
    """What a version is to be used for; without an instant, from the answer on."""

    role: Role
    share_permille: int = Field(default=0, ge=0, le=CHALLENGED_PERMILLE_MAX)
    from_at: AwareDatetime | None = None
    reason: str = Field(min_length=5, max_length=1000)


class NewAnswer(Body):
    """What the second person says."""

    is_approved: bool
    reason: str = Field(min_length=5, max_length=1000)


class NewHalt(Body):
    """Why deciding is stopped, or may go on."""

    reason: str = Field(min_length=5, max_length=1000)


@router.get("/strategies")
async def list_strategies(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Who decides now, every version, every use that was proposed, and every halt."""
    at = installation.ports.business.now()
    async with installation.reading() as connection:
        await installation.ports.strategies.refresh(connection)
        versions = await strategies.versions(connection)
        uses, halts = await strategies.uses(connection), await strategies.halts(connection)
    live = installation.ports.strategies.live
    line_up = live.line_up(at)
    return {
        "line_up": None if line_up is None else _line_up_shown(line_up),
        "is_halted": live.is_halted(at),
        "halts": [_halt_line(halt) for halt in halts],
        "versions": [_version_line(row, line_up) for row in versions],
        "uses": [_use_line(use) for use in reversed(uses)],
    }


@router.post("/strategies", status_code=201)
async def post_strategy(new: NewStrategy, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Propose a version; what is wrong with it is refused with the place named.

    Raises: StrategyKnown, PolicyIncomplete, and every refusal of a graph.
    """
    async with installation.transaction() as connection:
        stored = await propose_strategy(
            connection,
            installation.ports,
            text=new.text.encode(),
            name=new.name,
            remark=new.remark,
            by=staff.login,
        )
    return {"version": stored.version, "name": stored.name}


@router.get("/strategies/{version}")
async def get_strategy(version: str, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """One version with its picture and its history.

    Raises: StrategyVersionUnknown.
    """
    async with installation.reading() as connection:
        stored = await find_strategy(connection, version=version)
        row = next(row for row in await strategies.versions(connection) if row.version == version)
        uses = [use for use in await strategies.uses(connection) if use.version == version]
    line_up = installation.ports.strategies.live.line_up(installation.ports.business.now())
    drawing = drawing_of(stored.content)
    return _version_line(row, line_up) | {
        "champion": None if line_up is None else line_up.champion,
        "text": stored.content.decode(),
        "uses": [_use_line(use) for use in reversed(uses)],
        "nodes": [asdict(node) | {"lines": list(node.lines)} for node in drawing.nodes],
        "edges": [asdict(edge) for edge in drawing.edges],
    }


@router.get("/strategies/{version}/differences")
async def list_differences(version: str, before: str, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """What differs from another version, a sentence each.

    Raises: StrategyVersionUnknown.
    """
    async with installation.reading() as connection:
        old = await find_strategy(connection, version=before)
        new = await find_strategy(connection, version=version)
    return {"before": before, "differences": [asdict(one) for one in changes(old.content, new.content)]}


@router.post("/strategies/{version}/uses", status_code=201)
async def post_use(version: str, new: NewStrategyUse, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Propose what a version is used for.

    Raises: StrategyUseOutOfTime, StrategyVersionUnknown, ChampionNotRetired, ShareTooLarge, ShareMissing,
    ShadowsTooMany.
    """
    ports = installation.ports
    wanted = NewUse(new.role, new.share_permille, new.from_at or ports.business.now(), new.reason)
    async with installation.transaction() as connection:
        use = await propose_use(connection, ports, version=version, new=wanted, by=staff.login)
    return {"use_id": str(use.use_id), "version": version}


@router.post("/strategy-uses/{use_id}/answer", status_code=201)
async def post_answer(use_id: UUID, new: NewAnswer, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Approve or reject a use that somebody else proposed.

    Raises: StrategyUseUnknown, StrategyUseAnswered, StrategyOwnProposal, StrategyUnchecked, StrategyDiffers,
    ChampionNotRetired, ShareTooLarge, ShadowsTooMany.
    """
    async with installation.transaction() as connection:
        use = await answer_use(
            connection,
            installation.ports,
            use_id=use_id,
            is_approved=new.is_approved,
            reason=new.reason,
            by=staff.login,
        )
    await _take_in(installation)
    return _use_line(use)


@router.post("/halts", status_code=201)
async def post_halt(new: NewHalt, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Stop all deciding: from now on everything is referred to people.

    Raises: HaltedAlready.
    """
    async with installation.transaction() as connection:
        halt = await halt_deciding(connection, installation.ports, reason=new.reason, by=staff.login)
    await _take_in(installation)
    return _halt_line(halt)


@router.post("/halts/{halt_id}/end", status_code=201)
async def post_halt_end(halt_id: UUID, new: NewHalt, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Ask that a halt end; somebody else has to agree.

    Raises: HaltUnknown, HaltOver, HaltEndNotAsked.
    """
    async with installation.transaction() as connection:
        halt = await ask_for_end(connection, installation.ports, halt_id=halt_id, reason=new.reason, by=staff.login)
    return _halt_line(halt)


@router.post("/halts/{halt_id}/approval", status_code=201)
async def post_halt_approval(halt_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Let the strategies decide again.

    Raises: HaltUnknown, HaltOver, HaltEndNotAsked, HaltOwnEnd.
    """
    async with installation.transaction() as connection:
        halt = await end_halt(connection, installation.ports, halt_id=halt_id, by=staff.login)
    await _take_in(installation)
    return _halt_line(halt)


async def _take_in(installation: Installation) -> None:
    """This process need not wait to hear of what it did itself."""
    async with installation.reading() as connection:
        await installation.ports.strategies.refresh(connection)


def _line_up_shown(line_up: LineUp) -> dict[str, Any]:
    return {
        "champion": line_up.champion,
        "challengers": [{"version": share.version, "share_permille": share.permille} for share in line_up.challengers],
        "shadows": [{"version": use.version, "use_id": str(use.use_id)} for use in line_up.shadows],
    }


def _version_line(row: StrategyLine, line_up: LineUp | None) -> dict[str, Any]:
    return {
        "version": row.version,
        "name": row.name,
        "remark": row.note,
        "proposed_by": row.proposed_by,
        "proposed_at": row.proposed_at.isoformat(),
        "role": None if line_up is None else _role(row.version, line_up),
        "input_count": row.input_count,
        "difference": row.difference,
    }


def _role(version: str, line_up: LineUp) -> Role | None:
    if version == line_up.champion:
        return Role.CHAMPION
    if any(version == share.version for share in line_up.challengers):
        return Role.CHALLENGER
    return Role.SHADOW if any(version == use.version for use in line_up.shadows) else None


def _use_line(use: UseLine) -> dict[str, Any]:
    return {
        "use_id": str(use.use_id),
        "version": use.version,
        "role": use.role,
        "share_permille": use.share_permille,
        "from_at": use.from_at.isoformat(),
        "reason": use.reason,
        "proposed_by": use.proposed_by,
        "proposed_at": use.proposed_at.isoformat(),
        "is_approved": use.is_approved,
        "answer_reason": use.answer_reason,
        "answered_by": use.answered_by,
        "answered_at": None if use.answered_at is None else use.answered_at.isoformat(),
    }


def _halt_line(halt: HaltLine) -> dict[str, Any]:
    return {
        "halt_id": str(halt.halt_id),
        "reason": halt.reason,
        "halted_by": halt.halted_by,
        "halted_at": halt.halted_at.isoformat(),
        "end_reason": halt.end_reason,
        "asked_by": halt.asked_by,
        "approved_by": halt.approved_by,
        "ended_at": None if halt.approved_at is None else halt.approved_at.isoformat(),
    }
