"""Customers are looked at for signs of difficulty: warnings open, climb their ladder and end, each step kept whole."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from fenqi.core.collection.contact import SHANGHAI, ContactChannel, ContactPurpose, is_wanted
from fenqi.core.collection.contact_law import contact_law
from fenqi.core.dates.business_day import late_before
from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.warning.ladder import Judgement, Taken
from fenqi.core.warning.record import Watched, judged_now, judgement_record
from fenqi.core.warning.signs import Signs
from fenqi.core.warning.strategy import CALLS, Action, WarningStrategy
from fenqi.services.look_at_line import look_at_line
from fenqi.services.port import Ports
from fenqi.services.tell_customer import servicing_notices
from fenqi.services.warning_rules import strategy_of_day
from fenqi.stores import contact as contacts
from fenqi.stores import notice as notices
from fenqi.stores import warning as warnings
from fenqi.stores.fetch import Connection, Statement, together
from fenqi.stores.warning import StoredWarning, WarningStep, WatchedCustomer

_JOB = UUID("0197a000-0000-7000-8000-0000000e0f07")
DAY = "day"
TEMPLATES: Mapping[Action, str] = {Action.REMINDER: "warning_reminder", Action.OFFER: "warning_offer"}
"""The text by which a step speaks to the customer; the others speak to staff or to the line."""


@dataclass(frozen=True)
class LookCause:
    """Why a customer is looked at: the end of a day, or what happened, and to what."""

    kind: str = DAY
    about: UUID | None = None


async def raise_warnings(
    connection: Connection,
    ports: Ports,
    *,
    lane: Sequence[int],
    on: date,
    causes: Mapping[UUID, LookCause] | None = None,
    is_missed: bool = False,
) -> int:
    """Look at the customers of a lane on a day, or at some of them; how many steps were come to.

    Customers are held meanwhile and what is seen of them is read again then, so that two looks never take one step.
    What was seen is kept by day, so that strategies can be tried on it. Of a day that was missed, warnings are made up
    for, but no step is taken: what is still so is come to on a day that is not over for long. Nothing is kept as seen
    on it: what is found now is how customers stand today. Where a later day was
    looked at already, an earlier one changes nothing.

    Raises: WarningRulesMissing.
    """
    strategy = await strategy_of_day(connection, on=on, today=ports.business.today())
    customer_ids = None if causes is None else list(causes)
    found = await _watched(connection, strategy, lane=lane, on=on, customer_ids=customer_ids)
    if not found:
        return 0
    customer_ids = [each.customer_id for each in found]
    await warnings.hold(connection, lane=lane, customer_ids=customer_ids)
    found = await _watched(connection, strategy, lane=lane, on=on, customer_ids=customer_ids)
    if not is_missed:
        await _keep_signs(connection, strategy, found, on=on)
    taken = await _taken(connection, found, lane=lane)
    call_days = ports.authority.pack.value("collection.warning_call", on=on).value["within_days"]
    callable_ids = await _callable(connection, ports, found, lane=lane, on=on)
    step_count = 0
    for seen in (each for each in found if each.last_on is None or each.last_on <= on):
        cause = LookCause() if causes is None else causes[seen.customer_id]
        watched = Watched(
            customer_id=seen.customer_id, on=on, signs=_signs(seen), taken=tuple(taken[seen.warning_id or _JOB])
        )
        judged = judged_now(watched, strategy=strategy)
        judged = judged.without_step() if is_missed else judged
        call_due_on = _call_due_on(seen, judged, on=on, days=call_days) if seen.customer_id in callable_ids else None
        warning = _warning(seen, judged, strategy, on=on, call_due_on=call_due_on)
        if warning is not None:
            step_count += await _keep(connection, ports, warning, watched, judged, cause)
    return step_count


async def _keep_signs(
    connection: Connection, strategy: WarningStrategy, found: Sequence[WatchedCustomer], *, on: date
) -> None:
    await warnings.add_signs(
        connection,
        found,
        on=on,
        used_beyond=strategy.beyond("used_percent"),
        rise_beyond=strategy.beyond("used_percent_rise"),
    )


async def _watched(
    connection: Connection,
    strategy: WarningStrategy,
    *,
    lane: Sequence[int],
    on: date,
    customer_ids: Sequence[UUID] | None,
) -> tuple[WatchedCustomer, ...]:
    from_on = on - timedelta(days=strategy.window_days)
    return await warnings.watched(
        connection,
        lane=lane,
        customer_ids=customer_ids,
        on=on,
        from_on=from_on,
        since=datetime.combine(from_on, time(0), tzinfo=SHANGHAI),
        until=datetime.combine(on + timedelta(days=1), time(0), tzinfo=SHANGHAI),
        late_before=late_before(on),
        used_beyond=strategy.beyond("used_percent"),
        rise_beyond=strategy.beyond("used_percent_rise"),
    )


async def _taken(
    connection: Connection, found: Sequence[WatchedCustomer], *, lane: Sequence[int]
) -> Mapping[UUID, list[Taken]]:
    taken = defaultdict[UUID, list[Taken]](list)
    running = [each.warning_id for each in found if each.warning_id is not None]
    for step in await warnings.taken(connection, lane=lane, warning_ids=running) if running else ():
        taken[step.warning_id].append(Taken(Action(step.action), step.taken_on))
    return taken


def _signs(seen: WatchedCustomer) -> Signs:
    return Signs(**{field.name: getattr(seen, field.name) for field in fields(Signs)})


async def _callable(
    connection: Connection, ports: Ports, found: Sequence[WatchedCustomer], *, lane: Sequence[int], on: date
) -> frozenset[UUID]:
    """Who may be called: whoever wants no calls is on nobody's list, unless they are late."""
    law = contact_law(ports.authority.pack, on=on, lender_type=ports.authority.house.lender_type)
    switched = defaultdict[UUID, list[tuple[str, str, bool]]](list)
    customer_ids = [each.customer_id for each in found]
    for said in await contacts.preferences(connection, lane=lane, customer_ids=customer_ids):
        switched[said.customer_id].append((said.purpose, said.channel, said.is_on))
    return frozenset(
        each.customer_id
        for each in found
        if is_wanted(
            ContactPurpose.COLLECTION if each.days_late else ContactPurpose.SERVICING,
            ContactChannel.CALL,
            switched=switched[each.customer_id],
            law=law,
        )
    )


def _call_due_on(seen: WatchedCustomer, judged: Judgement, *, on: date, days: int) -> date | None:
    """By when somebody is to call: a new step gives the days anew."""
    return on + timedelta(days=days) if judged.is_done and judged.action in CALLS else seen.call_due_on


def _warning(
    seen: WatchedCustomer, judged: Judgement, strategy: WarningStrategy, *, on: date, call_due_on: date | None
) -> StoredWarning | None:
    """The warning as the look leaves it: opened, gone on, or ended after calm days; None where there is none."""
    points = judged.score.points
    is_raised = points >= strategy.points_min
    if seen.warning_id is None and not is_raised:
        return None
    warning_id = seen.warning_id or id_in_bucket(uuid5(_JOB, f"{seen.customer_id}/{on.isoformat()}"), seen.b)
    last_on = on if is_raised or seen.last_on is None else seen.last_on
    is_over = (on - last_on).days >= strategy.calm_days
    return StoredWarning(
        b=seen.b,
        warning_id=warning_id,
        customer_id=seen.customer_id,
        opened_on=seen.opened_on or on,
        points=points,
        points_max=max(points, seen.points_max or 0),
        last_on=last_on,
        rung=seen.rung if judged.action is None else judged.action.value,
        strategy_version=strategy.version,
        closed_on=on if is_over else None,
        call_due_on=None if is_over else call_due_on,
    )


async def _keep(
    connection: Connection,
    ports: Ports,
    warning: StoredWarning,
    watched: Watched,
    judged: Judgement,
    cause: LookCause,
) -> int:
    """Keep the warning and the step that it comes to, and do what the step says; how many steps."""
    writes: list[Statement[Any]] = [warnings.to_put(warning)]
    step = _step(ports, warning, watched, judged, cause)
    if step is not None:
        writes.append(warnings.to_add_step(step))
    await together(connection, *writes)
    if step is not None and judged.is_done:
        await _do(connection, ports, step)
    if warning.closed_on is not None:
        await look_at_line(connection, ports, customer_id=warning.customer_id, kind="calmed", about=warning.warning_id)
    return int(step is not None)


def _step(
    ports: Ports, warning: StoredWarning, watched: Watched, judged: Judgement, cause: LookCause
) -> WarningStep | None:
    if judged.action is None:
        return None
    return WarningStep(
        b=warning.b,
        step_id=id_in_bucket(uuid5(warning.warning_id, judged.action.value), warning.b),
        warning_id=warning.warning_id,
        customer_id=warning.customer_id,
        action=judged.action.value,
        is_held_out=judged.is_held_out,
        points=judged.score.points,
        cause=cause.kind,
        about=cause.about,
        strategy_version=warning.strategy_version,
        content=judgement_record(watched, judged, strategy_version=warning.strategy_version),
        taken_on=watched.on,
        judged_at=ports.business.now(),
    )


async def _do(connection: Connection, ports: Ports, step: WarningStep) -> None:
    """Speak to the customer through the outbox and its door, or let the line be looked at; staff see the rest."""
    action = Action(step.action)
    if action in TEMPLATES:
        rows = servicing_notices(
            ports,
            customer_id=step.customer_id,
            template=TEMPLATES[action],
            about=step.step_id,
            kind=f"warning:{step.step_id}",
        )
        await notices.add(connection, rows)
    elif action is Action.FREEZE_LIMIT:
        await look_at_line(connection, ports, customer_id=step.customer_id, kind="warned", about=step.step_id)
