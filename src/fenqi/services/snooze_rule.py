"""A rule of the screening is put to sleep for one key: a family's tablet, a dormitory's address."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from fenqi.core.refusal import Kind, Refusal
from fenqi.core.velocity.event import Key
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.stores import freeze as freezes
from fenqi.stores.fetch import Connection
from fenqi.stores.freeze import Snooze
from fenqi.stores.staff import Staff

SNOOZE_LONGEST = timedelta(days=90)


class RuleUnknown(Refusal):
    """The screening in force has no such rule."""

    code: ClassVar[str] = "screening_rule_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class SnoozeRule:
    """Which rule sleeps, for which key's value, for how long and why."""

    rule_code: str
    pivot_key: Key
    pivot_value: str
    days: int
    reason: str


async def refresh_snoozes(connection: Connection, ports: Ports) -> int:
    """Take up what other processes, or an earlier one, put to sleep; how much that is."""
    found = await freezes.snoozes(connection, at=ports.business.now())
    ports.snoozes.hold(found)
    return len(found)


async def snooze_rule(connection: Connection, ports: Ports, *, staff: Staff, command: SnoozeRule) -> Snooze:
    """Put a rule to sleep; decisions from now on know it, in this process at once and in others within a minute.

    Raises: RuleUnknown.
    """
    strategy = ports.authority.screening
    known = sorted({rule.code for rule in (*strategy.rules, *strategy.degraded_rules)})
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
    await freezes.add_snooze(connection, snooze)
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
