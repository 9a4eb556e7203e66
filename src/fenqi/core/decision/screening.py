"""Whether an order looks right: rules over signals, of which a model's score is one; the hardest action wins."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from fenqi.core.decision.fraud_score import FraudScore
from fenqi.core.decision.reason import Reason
from fenqi.core.decision.screening_reason import BEING_CHECKED, SCREENING_REASONS, SHOW_WHO
from fenqi.core.decision.screening_strategy import Condition, ScreeningAction, ScreeningRule, ScreeningStrategy, StepUp
from fenqi.core.decision.signal import Order, Seen, Signal, signals_of
from fenqi.core.velocity.event import Key

BLIND = "blind"
"""The code under which an order is stopped that nobody could look at."""


@dataclass(frozen=True, kw_only=True)
class Fired:
    """A rule whose tests all held; a snoozed one does nothing."""

    code: str
    action: ScreeningAction
    reason: str
    snoozed: bool = False


@dataclass(frozen=True, kw_only=True)
class Pivot:
    """The value of a key around which people look."""

    key: Key
    value: str


@dataclass(frozen=True, kw_only=True)
class Screening:
    """What the screening saw and concluded; kept in the decision's record, and made again from it."""

    strategy: str
    version: str
    engine: str
    signals: dict[str, Signal]
    keys: dict[Key, str]
    """The keys of the order that rules may turn on."""
    fired: tuple[Fired, ...]
    action: ScreeningAction
    step_up: StepUp | None = None
    pivot: Pivot | None = None
    snoozed: tuple[str, ...] = ()
    """The codes that were put to sleep for a key of this order."""
    model: FraudScore | None = None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the order was stopped, the hidden reasons among them."""
        codes = dict.fromkeys(one.reason for one in self.fired if not one.snoozed)
        return tuple(SCREENING_REASONS[code] for code in codes)

    @property
    def looked_at_reasons(self) -> tuple[Reason, ...]:
        """What people who look into it are told: why it was stopped, and what raised its score."""
        raised = () if self.model is None else tuple(SCREENING_REASONS[one.code] for one in self.model.reasons)
        return tuple(dict.fromkeys((*self.reasons, *raised)))

    @property
    def shown_reasons(self) -> tuple[Reason, ...]:
        """What the shopper is told: what is being done, and every reason that may leave the lender."""
        head = {ScreeningAction.STEP_UP: (SHOW_WHO,), ScreeningAction.FREEZE: (BEING_CHECKED,)}.get(self.action, ())
        return (*head, *(reason for reason in self.reasons if not reason.hidden))


def screen(
    order: Order, seen: Seen, *, strategy: ScreeningStrategy, snoozed: frozenset[str] = frozenset()
) -> Screening:
    """Look at an order; `snoozed` are the rules that people put to sleep for a key of it."""
    asked = strategy.asked.get(seen.engine, strategy.asked["full"])
    event = order.event
    keys: dict[Key, str] = {key: value for key in strategy.pivots if (value := getattr(event, key)) is not None}
    return conclude(
        signals_of(order, seen, names=asked),
        keys=keys,
        engine=seen.engine,
        strategy=strategy,
        snoozed=snoozed,
        model=order.fraud_score,
    )


def conclude(
    signals: Mapping[str, Signal],
    *,
    keys: Mapping[Key, str],
    engine: str,
    strategy: ScreeningStrategy,
    snoozed: frozenset[str] = frozenset(),
    model: FraudScore | None = None,
) -> Screening:
    """What follows from signals, and from nothing else; the model is kept as it spoke, its points are a signal."""
    fired = [(rule, rule.code in snoozed) for rule in strategy.rules_for(engine) if _holds(rule, signals)]
    awake = [rule for rule, sleeps in fired if not sleeps]
    action = max((rule.action for rule in awake), key=lambda one: one.severity, default=ScreeningAction.ALLOW)
    told = tuple(
        Fired(code=rule.code, action=rule.action, reason=rule.reason, snoozed=sleeps) for rule, sleeps in fired
    )
    if engine == "nobody":
        action = strategy.blind_action
        told = (Fired(code=BLIND, action=action, reason="features_missing"),)
    decisive = [rule for rule in awake if rule.action is action]
    return Screening(
        strategy=strategy.name,
        version=strategy.version,
        engine=engine,
        signals={**signals},
        keys={**keys},
        fired=told,
        action=action,
        step_up=_step_up(decisive) if action is ScreeningAction.STEP_UP else None,
        pivot=_pivot(decisive, keys),
        snoozed=tuple(sorted(snoozed)),
        model=model,
    )


def screening_again(stored: Mapping[str, Any], *, strategy: ScreeningStrategy) -> Screening:
    """Conclude again from what a record says was seen."""
    return conclude(
        stored["signals"],
        keys=stored["keys"],
        engine=stored["engine"],
        strategy=strategy,
        snoozed=frozenset(stored["snoozed"]),
        model=msgspec.convert(stored.get("model"), FraudScore | None),
    )


def screening_of_record(stored: Mapping[str, Any]) -> Screening:
    """A screening as it was kept."""
    return msgspec.convert(stored, Screening)


def _holds(rule: ScreeningRule, signals: Mapping[str, Signal]) -> bool:
    for test in rule.tests:
        value = signals.get(test.signal)
        if value is None or not _lies_within(test, value):
            return False
    return True


def _lies_within(test: Condition, value: float) -> bool:
    return (test.at_least is None or value >= test.at_least) and (test.at_most is None or value <= test.at_most)


def _step_up(decisive: list[ScreeningRule]) -> StepUp:
    """The harder check, if any decisive rule wants it."""
    return StepUp.IDENTITY if any(rule.step_up is StepUp.IDENTITY for rule in decisive) else StepUp.CODE


def _pivot(decisive: list[ScreeningRule], keys: Mapping[Key, str]) -> Pivot | None:
    for rule in decisive:
        if rule.pivot in keys:
            return Pivot(key=rule.pivot, value=keys[rule.pivot])
    return None
