"""The screening's policy as data: which signals, from which values on, do what."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import ClassVar

import msgspec

from fenqi.core.decision.screening_reason import SCREENING_REASONS
from fenqi.core.decision.signal import known_signals
from fenqi.core.refusal import Refusal
from fenqi.core.velocity.event import Key


class ScreeningAction(StrEnum):
    """What becomes of an order, from the mildest to the hardest."""

    ALLOW = "allow"
    """It goes on."""
    STEP_UP = "step_up"
    """The shopper shows once more who they are."""
    FREEZE = "freeze"
    """Nobody can do anything with it until people have looked."""
    DECLINE = "decline"
    """It ends."""

    @property
    def severity(self) -> int:
        """Its place among the others."""
        return list(ScreeningAction).index(self)


class StepUp(StrEnum):
    """How a shopper shows once more who they are."""

    CODE = "code"
    """By another one-time code."""
    IDENTITY = "identity"
    """By name and identity number, checked with the registry again."""


class ScreeningMalformed(Refusal):
    """The screening's policy cannot be read, or contradicts itself."""

    code: ClassVar[str] = "screening_malformed"


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A signal lies within bounds, both included; one bound at least is given."""

    signal: str
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, kw_only=True)
class ScreeningRule:
    """If every test holds, the action is taken for the reason; `pivot` names the key around which people then look.

    A signal that is missing holds no test.
    """

    code: str
    reason: str
    action: ScreeningAction
    tests: tuple[Condition, ...]
    pivot: Key = "customer"
    step_up: StepUp = StepUp.CODE


class _Text(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    name: str
    rules: tuple[ScreeningRule, ...]
    degraded_rules: tuple[ScreeningRule, ...]
    blind_action: ScreeningAction
    four_eyes_minor: int
    hold_hours: int
    time_after_release_hours: int


@dataclass(frozen=True, kw_only=True)
class ScreeningStrategy:
    """A version of the policy; `version` is the sha256 of its canonical text.

    `degraded_rules` stand for `rules` where the feature store is behind or gone and the database is asked instead;
    `blind_action` is what happens where nobody could be asked. A frozen order waits `hold_hours` for an answer; from
    `four_eyes_minor` on two people release it.
    """

    version: str
    name: str
    rules: tuple[ScreeningRule, ...]
    degraded_rules: tuple[ScreeningRule, ...]
    blind_action: ScreeningAction
    four_eyes_minor: int
    hold_hours: int
    time_after_release_hours: int

    @cached_property
    def asked(self) -> Mapping[str, tuple[str, ...]]:
        """The signals that the rules ask for, by engine; `full` is any that is neither degraded nor blind."""
        return {
            name: tuple(sorted({test.signal for rule in rules for test in rule.tests}))
            for name, rules in (("full", self.rules), ("database", self.degraded_rules), ("nobody", ()))
        }

    @property
    def signals(self) -> frozenset[str]:
        """Every signal that some rule asks for."""
        return frozenset(name for names in self.asked.values() for name in names)

    @cached_property
    def pivots(self) -> tuple[Key, ...]:
        """The keys that rules turn on."""
        return tuple(sorted({rule.pivot for rule in (*self.rules, *self.degraded_rules)}))

    def rules_for(self, engine: str) -> tuple[ScreeningRule, ...]:
        """The rules that bind where this engine answered."""
        return {"database": self.degraded_rules, "nobody": ()}.get(engine, self.rules)

    def people_needed(self, amount_minor: int) -> int:
        """How many different people have to release an order of this amount."""
        return 2 if amount_minor >= self.four_eyes_minor else 1


def read_screening(text: bytes) -> ScreeningStrategy:
    """Read the policy from JSON.

    Raises: ScreeningMalformed, naming the rule and what is wrong with it.
    """
    try:
        read = msgspec.json.decode(text, type=_Text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ScreeningMalformed(f"the screening cannot be read: {error}", allowed="strategies/screening") from error
    for rules in (read.rules, read.degraded_rules):
        _require_sound(rules)
    if min(read.four_eyes_minor, read.hold_hours, read.time_after_release_hours) < 1:
        raise ScreeningMalformed("an amount or a time is not positive", allowed="1 or more")
    if read.blind_action.severity < ScreeningAction.STEP_UP.severity:
        raise ScreeningMalformed("what nobody could look at would be allowed", allowed="step_up, freeze or decline")
    canonical = msgspec.json.encode(read, order="deterministic")
    return ScreeningStrategy(version=hashlib.sha256(canonical).hexdigest(), **msgspec.structs.asdict(read))


def _require_sound(rules: tuple[ScreeningRule, ...]) -> None:
    signals = known_signals()
    for rule in rules:
        faults = {
            "gives a reason that nobody knows": rule.reason not in SCREENING_REASONS,
            "tests nothing": not rule.tests,
            "asks for a signal that nobody knows": any(test.signal not in signals for test in rule.tests),
            "holds a test without a bound": any(test.at_least is None and test.at_most is None for test in rule.tests),
            "would allow": rule.action is ScreeningAction.ALLOW,
        }
        for fault, found in faults.items():
            if found:
                raise ScreeningMalformed(f"rule {rule.code} {fault}", allowed="known reasons and signals, with bounds")
    twice = [code for code, count in Counter(rule.code for rule in rules).items() if count > 1]
    if twice:
        raise ScreeningMalformed(f"rule {twice[0]} stands twice", allowed="one rule a code")
