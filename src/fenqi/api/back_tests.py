"""Back-tests of strategies: asked for, watched, cancelled, read."""

from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from fenqi.api.body import Body
from fenqi.api.edge import AskingStaff, Installed
from fenqi.core.ledger.account import BUCKET_COUNT
from fenqi.services.back_test import NewBackTest, ask_for_back_test, cancel_back_test, find_back_test
from fenqi.services.publish_strategy import find_strategy
from fenqi.stores import back_test as tests
from fenqi.stores.back_test import BackTestRow

router = APIRouter(prefix="/staff", tags=["staff"])


class WantedBackTest(Body):
    """The days, first and last, and how much of its principal a loan that goes bad is taken to lose."""

    from_on: date
    until_on: date
    loss_percent: int = Field(default=60, ge=0, le=100)


@router.get("/strategies/{version}/back-tests")
async def list_back_tests(version: str, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Every back-test of a version, the latest first.

    Raises: StrategyVersionUnknown.
    """
    async with installation.reading() as connection:
        await find_strategy(connection, version=version)
        found = await tests.of_version(connection, version=version)
    return {"back_tests": [_line(test) for test in found]}


@router.post("/strategies/{version}/back-tests", status_code=201)
async def post_back_test(
    version: str, new: WantedBackTest, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Ask what a version would have decided over the days.

    Raises: StrategyVersionUnknown, BackTestDaysEmpty.
    """
    wanted = NewBackTest(from_on=new.from_on, until_on=new.until_on, loss_percent=new.loss_percent)
    async with installation.transaction() as connection:
        asked = await ask_for_back_test(connection, installation.ports, version=version, new=wanted, by=staff.login)
    return _line(asked)


@router.get("/back-tests/{back_test_id}")
async def get_back_test(back_test_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """How far a test is; once it is done, its figures.

    Raises: BackTestUnknown.
    """
    async with installation.reading() as connection:
        found = await find_back_test(connection, back_test_id=back_test_id)
    return _line(found) | {"result": found.result}


@router.post("/back-tests/{back_test_id}/cancellation", status_code=201)
async def post_cancellation(back_test_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Stop a test that waits or runs.

    Raises: BackTestUnknown, BackTestEnded.
    """
    async with installation.transaction() as connection:
        ended = await cancel_back_test(connection, installation.ports, back_test_id=back_test_id, by=staff.login)
    return _line(ended)


def _line(test: BackTestRow) -> dict[str, Any]:
    return {
        "back_test_id": str(test.back_test_id),
        "version": test.version,
        "from_on": test.from_on.isoformat(),
        "until_on": test.until_on.isoformat(),
        "loss_percent": test.loss_percent,
        "asked_by": test.asked_by,
        "asked_at": test.asked_at.isoformat(),
        "state": test.state,
        "decision_count": test.decision_count,
        "progress_permille": test.lane_count * 1000 // BUCKET_COUNT,
        "ended_at": None if test.ended_at is None else test.ended_at.isoformat(),
        "fault": test.fault,
    }
