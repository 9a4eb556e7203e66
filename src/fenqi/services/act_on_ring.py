"""One thing is done to several orders of a ring, each by itself: what is refused for one is done for the others."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from fenqi.core.decision.case import Case, Disposition
from fenqi.core.decision.screening import Pivot
from fenqi.services.answer_freeze import AnswerFreeze, Verdict, answer_freeze
from fenqi.services.freeze_order import freeze_order
from fenqi.services.look_at_ring import look_at_ring, require_in_ring, require_may_act
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.stores.fetch import Connection
from fenqi.stores.staff import Staff


class RingAct(StrEnum):
    """What is done to an order of a ring."""

    FREEZE = "freeze"
    """Nobody goes on with it until people have looked."""
    RELEASE = "release"
    """It may go on."""
    REJECT = "reject"
    """It ends."""


@dataclass(frozen=True)
class ActOnRing:
    """What is done, why, and what was found."""

    act: RingAct
    reason: str
    found: Disposition | None = None


async def act_on_order(
    connection: Connection, ports: Ports, *, case: Case, decision_id: UUID, staff: Staff, command: ActOnRing
) -> str:
    """Do it to one order, if it is in the ring and this person may; how its checkout stands then.

    Raises: OutsideRing, CaseNotYours, Unavailable, and what freezing or answering raises.
    """
    view = await look_at_ring(connection, ports, case)
    order = require_in_ring(view, decision_id)
    require_may_act(view, order, staff=staff)
    if command.act is not RingAct.FREEZE:
        answer = AnswerFreeze(Verdict(command.act.value), command.reason, command.found)
        answered = await answer_freeze(connection, ports, decision_id=decision_id, staff=staff, command=answer)
        return answered.checkout_status
    tie = next((one for one in view.ring.ties if one.customer == order.customer_id.hex), None)
    pivot = None if tie is None else Pivot(key=tie.key, value=tie.value)
    frozen = await freeze_order(
        connection, ports, decision_id=decision_id, by=staff.login, why=command.reason, pivot=pivot
    )
    await note(
        connection,
        ports,
        actor_kind="staff",
        actor=staff.login,
        action="freeze_order",
        subject=str(decision_id),
        detail={"reason": command.reason, "case": str(case.case_id)},
    )
    return frozen.state
