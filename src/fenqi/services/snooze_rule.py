"""A rule of the screening is put to sleep for one key (a family's tablet, a dormitory's address), and woken again."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal
from fenqi.core.velocity.event import Key
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.stores import snooze as snoozes
from fenqi.stores.fetch import Connection
from fenqi.stores.snooze import Snooze, SnoozeLine
from fenqi.stores.staff import Staff

SNOOZE_LONGEST = timedelta(days=90)


class RuleUnknown(Refusal):
    """The screening in force has no such rule."""

    code: ClassVar[str] = "screening_rule_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class SnoozeUnknown(Refusal):
    """No rule was put to sleep under this id."""

    code: ClassVar[str] = "snooze_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class SnoozeOver(Refusal):
    """The rule does not sleep any more."""

    code: ClassVar[str] = "snooze_over"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True, kw_only=True)
class SnoozeRule:
    """Which rule sleeps, for which key's value, for how long and why."""

    rule_code: str
    pivot_key: Key
    pivot_value: str
    days: int
    reason: str


def rule_codes(ports: Ports) -> list[str]:
    """Every rule of the screening in force, the degraded mode's among them."""
    strategy = ports.authority.screening
    return sorted({rule.code for rule in (*strategy.rules, *strategy.degraded_rules)})


async def refresh_snoozes(connection: Connection, ports: Ports) -> int:
    """Take up what other processes, or an earlier one, put to sleep; how much that is."""
    found = await snoozes.asleep(connection, at=ports.business.now())
    ports.snoozes.hold(found)
    return len(found)


async def snooze_rule(connection: Connection, ports: Ports, *, staff: Staff, command: SnoozeRule) -> Snooze:
    """Put a rule to sleep; decisions from now on know it, in this process at once and in others within a minute.

    Raises: RuleUnknown.
    """
    known = rule_codes(ports)
    if command.rule_code not in known:
        raise RuleUnknown(f"there is no rule {command.rule_code}", allowed=", ".join(known))
    at = ports.business.now()
    snooze = Snooze(
        rule_snooze_id=ports.new_id(),
        rule_code=command.rule_code,
        pivot_key=command.pivot_key,
        pivot_value=command.pivot_value,
        until=at + min(timedelta(days=command.days), SNOOZE_LONGEST),
        login=staff.login,
        reason=command.reason,
        recorded_at=at,
    )
    await snoozes.add(connection, snooze)
    await note(
        connection,
        ports,
        actor_kind="staff",
        actor=staff.login,
        action="snoozed_rule",
        subject=command.pivot_value,
        detail={"rule": command.rule_code, "key": command.pivot_key, "reason": command.reason},
    )
    await refresh_snoozes(connection, ports)
    return snooze


async def wake_rule(
    connection: Connection, ports: Ports, *, staff: Staff, rule_snooze_id: UUID, reason: str
) -> SnoozeLine:
    """Wake a rule before its time; it is known as soon, and as widely, as that it slept.

    Raises: SnoozeUnknown, SnoozeOver.
    """
    at = ports.business.now()
    found = await snoozes.find(connection, rule_snooze_id=rule_snooze_id)
    if found is None:
        raise SnoozeUnknown("no rule sleeps under this id", allowed="an id from the list")
    is_ended = found.is_asleep(at) and await snoozes.end(
        connection, rule_snooze_id=rule_snooze_id, login=staff.login, reason=reason, ended_at=at
    )
    if not is_ended:
        raise SnoozeOver("the rule does not sleep any more", allowed="one that does")
    await note(
        connection,
        ports,
        actor_kind="staff",
        actor=staff.login,
        action="woke_rule",
        subject=found.pivot_value,
        detail={"rule": found.rule_code, "key": found.pivot_key, "reason": reason},
    )
    await refresh_snoozes(connection, ports)
    return replace(found, ended_at=at, ended_by=staff.login, end_reason=reason)
