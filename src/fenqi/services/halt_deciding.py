"""The switch that stops all deciding: one person pulls it, two people let it go."""

from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.stores import strategy as strategies
from fenqi.stores.fetch import Connection
from fenqi.stores.strategy import HaltLine, StoredHalt


class HaltUnknown(Refusal):
    """There is no such halt."""

    code: ClassVar[str] = "halt_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class HaltedAlready(Refusal):
    """Deciding is halted already."""

    code: ClassVar[str] = "halted_already"
    kind: ClassVar[Kind] = Kind.CONFLICT


class HaltOver(Refusal):
    """The halt has ended."""

    code: ClassVar[str] = "halt_over"
    kind: ClassVar[Kind] = Kind.CONFLICT


class HaltEndNotAsked(Refusal):
    """Nobody has asked for the end of the halt, or it was asked for already."""

    code: ClassVar[str] = "halt_end_not_asked"
    kind: ClassVar[Kind] = Kind.CONFLICT


class HaltOwnEnd(Refusal):
    """Whoever asked for the end of a halt cannot approve it."""

    code: ClassVar[str] = "halt_own_end"
    kind: ClassVar[Kind] = Kind.FORBIDDEN


async def halt_deciding(connection: Connection, ports: Ports, *, reason: str, by: str) -> HaltLine:
    """Refer everything from now on.

    Raises: HaltedAlready.
    """
    await strategies.hold(connection)
    if any(halt.approved_at is None for halt in await strategies.halts(connection)):
        raise HaltedAlready("deciding is halted already", allowed="the end of that halt")
    halt = StoredHalt(halt_id=ports.new_id(), reason=reason, halted_by=by, halted_at=ports.business.now())
    await strategies.add_halt(connection, halt)
    await _note(connection, ports, by=by, action="halted_deciding", halt_id=halt.halt_id, reason=reason)
    await strategies.tell(connection)
    return await _known(connection, halt_id=halt.halt_id)


async def ask_for_end(connection: Connection, ports: Ports, *, halt_id: UUID, reason: str, by: str) -> HaltLine:
    """Ask that a halt end.

    Raises: HaltUnknown, HaltOver, HaltEndNotAsked if somebody has asked before.
    """
    await _running(connection, halt_id=halt_id)
    at = ports.business.now()
    if not await strategies.add_halt_end(connection, halt_id=halt_id, reason=reason, asked_by=by, asked_at=at):
        raise HaltEndNotAsked("somebody has asked for its end already", allowed="approval by somebody else")
    await _note(connection, ports, by=by, action="asked_for_end_of_halt", halt_id=halt_id, reason=reason)
    return await _known(connection, halt_id=halt_id)


async def end_halt(connection: Connection, ports: Ports, *, halt_id: UUID, by: str) -> HaltLine:
    """Let the strategies decide again, as somebody else has asked.

    Raises: HaltUnknown, HaltOver, HaltEndNotAsked, HaltOwnEnd.
    """
    await strategies.hold(connection)
    halt = await _running(connection, halt_id=halt_id)
    if halt.asked_by is None:
        raise HaltEndNotAsked("nobody has asked for its end", allowed="somebody's asking first")
    if halt.asked_by == by:
        raise HaltOwnEnd("you asked for its end", allowed="approval by somebody else")
    at = ports.business.now()
    await strategies.add_halt_approval(
        connection, halt_id=halt_id, asked_by=halt.asked_by, approved_by=by, approved_at=at
    )
    await _note(connection, ports, by=by, action="ended_halt", halt_id=halt_id, reason=halt.end_reason or "")
    await strategies.tell(connection)
    return await _known(connection, halt_id=halt_id)


async def _running(connection: Connection, *, halt_id: UUID) -> HaltLine:
    halt = await _known(connection, halt_id=halt_id)
    if halt.approved_at is not None:
        raise HaltOver("the halt has ended", allowed="a new one")
    return halt


async def _known(connection: Connection, *, halt_id: UUID) -> HaltLine:
    found = next((halt for halt in await strategies.halts(connection) if halt.halt_id == halt_id), None)
    if found is None:
        raise HaltUnknown("there is no such halt", allowed="one of the list")
    return found


async def _note(connection: Connection, ports: Ports, *, by: str, action: str, halt_id: UUID, reason: str) -> None:
    await note(
        connection,
        ports,
        actor_kind="staff",
        actor=by,
        action=action,
        subject=str(halt_id),
        detail={"reason": reason},
    )
