"""A back-test is asked for, looked at and cancelled; the work itself goes on beside the service."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.services.publish_strategy import find_strategy
from fenqi.stores import back_test as tests
from fenqi.stores.back_test import BackTestRow
from fenqi.stores.fetch import Connection


class BackTestUnknown(Refusal):
    """Nobody has asked for this back-test."""

    code: ClassVar[str] = "back_test_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class BackTestEnded(Refusal):
    """The back-test has ended already."""

    code: ClassVar[str] = "back_test_ended"
    kind: ClassVar[Kind] = Kind.CONFLICT


class BackTestDaysEmpty(Refusal):
    """The first day of a back-test is not after its last, and its last is not in the future."""

    code: ClassVar[str] = "back_test_days_empty"


@dataclass(frozen=True, kw_only=True)
class NewBackTest:
    """Over which days; and what of its principal a loan that goes bad is taken to lose."""

    from_on: date
    until_on: date
    loss_percent: int


async def ask_for_back_test(
    connection: Connection, ports: Ports, *, version: str, new: NewBackTest, by: str
) -> BackTestRow:
    """Ask what a strategy would have decided.

    Raises: StrategyVersionUnknown, BackTestDaysEmpty.
    """
    today = ports.business.today()
    if not new.from_on <= new.until_on <= today:
        raise BackTestDaysEmpty(f"from {new.from_on} until {new.until_on}", allowed=f"days in order, up to {today}")
    await find_strategy(connection, version=version)
    back_test_id, at = ports.new_id(), ports.wall.now()
    asked = {"back_test_id": back_test_id, "version": version, "asked_by": by, "asked_at": at}
    asked |= {"from_on": new.from_on, "until_on": new.until_on, "loss_percent": new.loss_percent}
    await tests.add(connection, asked)
    await _note(connection, ports, by=by, action="asked_for_back_test", back_test_id=back_test_id)
    return await find_back_test(connection, back_test_id=back_test_id)


async def find_back_test(connection: Connection, *, back_test_id: UUID) -> BackTestRow:
    """How far a test is and what it found.

    Raises: BackTestUnknown.
    """
    found = await tests.find(connection, back_test_id=back_test_id)
    if found is None:
        raise BackTestUnknown(f"there is no back-test {back_test_id}", allowed="one of its strategy's")
    return found


async def cancel_back_test(connection: Connection, ports: Ports, *, back_test_id: UUID, by: str) -> BackTestRow:
    """Stop a test that waits or runs.

    Raises: BackTestUnknown, BackTestEnded.
    """
    found = await find_back_test(connection, back_test_id=back_test_id)
    if not await tests.end(connection, back_test_id=back_test_id, state="cancelled", at=ports.wall.now()):
        raise BackTestEnded(f"the test is {found.state}", allowed="a test that waits or runs")
    await _note(connection, ports, by=by, action="cancelled_back_test", back_test_id=back_test_id)
    return await find_back_test(connection, back_test_id=back_test_id)


async def _note(connection: Connection, ports: Ports, *, by: str, action: str, back_test_id: UUID) -> None:
    await note(connection, ports, actor_kind="staff", actor=by, action=action, subject=str(back_test_id))
