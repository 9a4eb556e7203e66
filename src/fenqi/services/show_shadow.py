"""What shadows have said so far."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fenqi.core.decision.line_up import Span, line_ups, shadow_spans
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.live_strategy import approved_uses
from fenqi.services.port import Ports
from fenqi.stores import shadow as shadows
from fenqi.stores import strategy as strategies
from fenqi.stores.fetch import Connection
from fenqi.stores.shadow import ChangedLine, DayLine, ReasonLine

CHANGES_SHOWN = 100


class ShadowUnknown(Refusal):
    """No version ran as a shadow by this use."""

    code: ClassVar[str] = "shadow_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@dataclass(frozen=True)
class Shadowed:
    """A shadow with its sums by day, the latest first, and the latest decisions that it would have made otherwise.

    One that this program cannot read says nothing, and others go on without it.
    """

    span: Span
    is_readable: bool
    days: tuple[DayLine, ...]
    reasons: tuple[ReasonLine, ...] = ()
    changes: tuple[ChangedLine, ...] = ()


async def shadows_of(connection: Connection, ports: Ports) -> tuple[Shadowed, ...]:
    """Every shadow with its sums, those that run first, then the latest."""
    days = await shadows.days(connection)
    now = ports.business.now()
    spans = sorted(await _spans(connection), key=lambda span: (span.holds(now), span.from_at), reverse=True)
    readable = [await ports.strategies.can_read(connection, version=span.use.version) for span in spans]
    return tuple(
        Shadowed(span, is_readable, tuple(day for day in days if day.use_id == span.use.use_id))
        for span, is_readable in zip(spans, readable, strict=True)
    )


async def find_shadow(connection: Connection, ports: Ports, *, use_id: UUID) -> Shadowed:
    """One shadow with its reasons and changes.

    Raises: ShadowUnknown.
    """
    span = next((span for span in await _spans(connection) if span.use.use_id == use_id), None)
    if span is None:
        raise ShadowUnknown("there is no such shadow", allowed="the use by which a version runs as one")
    days = await shadows.days(connection, use_id=use_id)
    reasons = await shadows.reasons(connection, use_id=use_id)
    newest = ports.new_id()
    changes = await shadows.changed(connection, use_id=use_id, before_id=newest, most=CHANGES_SHOWN)
    is_readable = await ports.strategies.can_read(connection, version=span.use.version)
    return Shadowed(span, is_readable, days, reasons, changes)


async def _spans(connection: Connection) -> tuple[Span, ...]:
    return shadow_spans(line_ups(approved_uses(await strategies.uses(connection))))
