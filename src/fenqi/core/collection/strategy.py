"""A collection strategy: stages by days past due, bands of risk, and which action is best next, as data."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, cast

from fenqi.core.collection.contact import ContactChannel
from fenqi.core.refusal import Refusal

LANGUAGES = frozenset({"zh-CN", "en"})
SCORED = frozenset({"overdue_minor", "broken_promise_count", "never_paid_count", "loan_count"})
"""The facts that points may be given for."""
DEFAULT_SCRIPT = "reminder"
"""The script whose template a case offers while no rule names another."""


class CollectionStrategyMalformed(Refusal):
    """A strategy leaves something open: a day without a stage, a case without an action, a script without words."""

    code: ClassVar[str] = "collection_strategy_malformed"


class Action(StrEnum):
    """What can be done next in a case."""

    WAIT = "wait"
    """Nothing, for the reason given."""
    MESSAGE = "message"
    """A short message, in the words of its template."""
    CALL = "call"
    """A conversation."""
    TRACE = "trace"
    """See whether the borrower can still be reached, within what they consented to."""
    ASSIGN_AGENCY = "assign_agency"
    """Let an agency ask."""
    PROPOSE_LEGAL = "propose_legal"
    """Go to court, which a second person approves."""
    PROPOSE_WRITE_OFF = "propose_write_off"
    """Give it up in the books, which a second person approves."""


@dataclass(frozen=True)
class Stage:
    """A range of days past due, from its first day on, and the channels that may be used in it."""

    name: str
    from_days: int
    channels: frozenset[ContactChannel]


@dataclass(frozen=True)
class Points:
    """Points of risk for a fact that is at least so much."""

    fact: str
    at_least: int
    points: int


@dataclass(frozen=True, kw_only=True)
class When:
    """What must hold for a rule; what is not named does not matter."""

    stages: frozenset[str] | None = None
    risks: frozenset[str] | None = None
    promises: frozenset[str] | None = None
    stopped: bool | None = None
    agency: bool | None = None
    legal: bool | None = None
    overdue_minor_max: int | None = None
    days_min: int | None = None
    contacts_min: int | None = None
    contacted_days_min: int | None = None
    """Days since the last contact that somebody may have noticed."""
    unanswered_min: int | None = None


@dataclass(frozen=True)
class Rule:
    """An action, when it is the best one, and why; the first rule that holds decides."""

    name: str
    when: When
    action: Action
    reason: Mapping[str, str]
    script: str | None = None


@dataclass(frozen=True)
class Script:
    """What to say, by language, and the approved template that a contact of it uses."""

    template: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class CollectionStrategy:
    """One version of a strategy."""

    name: str
    version: str
    opens_from_days: int
    stages: tuple[Stage, ...]
    risk_points: tuple[Points, ...]
    risks: tuple[tuple[str, int], ...]
    """Each band's name with its least points, ascending."""
    rules: tuple[Rule, ...]
    scripts: Mapping[str, Script]
    costs_minor: Mapping[str, int]
    """What an action costs, by channel."""

    def stage(self, days_past_due: int) -> Stage:
        """The stage of so many days past due."""
        reached = [stage for stage in self.stages if stage.from_days <= days_past_due]
        return reached[-1] if reached else self.stages[0]

    def stage_named(self, name: str) -> Stage:
        """A stage by its name; the last one, if a newer version knows it no more."""
        return next((stage for stage in self.stages if stage.name == name), self.stages[-1])

    def risk(self, facts: Mapping[str, int]) -> str:
        """The band of a case by what is known of it."""
        points = sum(each.points for each in self.risk_points if facts[each.fact] >= each.at_least)
        return [name for name, least in self.risks if least <= points][-1]


def read_collection_strategy(text: bytes | str) -> CollectionStrategy:
    """A strategy from its JSON.

    Raises: CollectionStrategyMalformed.
    """
    try:
        strategy = _read(json.loads(text))
    except (KeyError, TypeError, ValueError) as error:
        raise CollectionStrategyMalformed(f"the strategy cannot be read: {error}") from error
    _require_whole(strategy)
    return strategy


def _read(content: Mapping[str, Any]) -> CollectionStrategy:
    return CollectionStrategy(
        name=content["name"],
        version=content["version"],
        opens_from_days=content["opens_from_days"],
        stages=tuple(
            Stage(each["name"], each["from_days"], frozenset(map(ContactChannel, each["channels"])))
            for each in content["stages"]
        ),
        risk_points=tuple(Points(**each) for each in content["risk_points"]),
        risks=tuple((each["name"], each["from_points"]) for each in content["risks"]),
        rules=tuple(map(_rule, content["rules"])),
        scripts={
            name: Script(each["template"], {language: each[language] for language in LANGUAGES})
            for name, each in content["scripts"].items()
        },
        costs_minor=content["costs_minor"],
    )


def _rule(each: Mapping[str, Any]) -> Rule:
    said: dict[str, Any] = {
        name: frozenset(cast("list[str]", value)) if isinstance(value, list) else value
        for name, value in each["when"].items()
    }
    return Rule(each["name"], When(**said), Action(each["action"]), each["reason"], each.get("script"))


def _require_whole(strategy: CollectionStrategy) -> None:
    _require_rising([stage.from_days for stage in strategy.stages], first=strategy.opens_from_days, what="stages")
    _require_rising([least for _, least in strategy.risks], first=0, what="bands of risk")
    last = strategy.rules[-1] if strategy.rules else None
    if last is None or last.when != When():
        raise CollectionStrategyMalformed(
            "a case may be left without an action", allowed="a last rule that always holds"
        )
    strange = {each.fact for each in strategy.risk_points} - SCORED
    if strange:
        raise CollectionStrategyMalformed(
            f"no case knows {', '.join(sorted(strange))}", allowed=", ".join(sorted(SCORED))
        )
    if DEFAULT_SCRIPT not in strategy.scripts:
        raise CollectionStrategyMalformed(f"there is no script {DEFAULT_SCRIPT}", allowed=f"one named {DEFAULT_SCRIPT}")
    for rule in strategy.rules:
        _require_worded(rule, strategy)
        _require_known(rule, "stage", rule.when.stages, [stage.name for stage in strategy.stages])
        _require_known(rule, "risk", rule.when.risks, [name for name, _ in strategy.risks])


def _require_rising(values: Sequence[int], *, first: int, what: str) -> None:
    if not values or list(values) != sorted(set(values)) or values[0] != first:
        raise CollectionStrategyMalformed(f"the {what} leave a gap", allowed=f"from {first} on, each higher")


def _require_known(rule: Rule, what: str, named: frozenset[str] | None, known: Sequence[str]) -> None:
    strange = sorted((named or frozenset()) - set(known))
    if strange:
        raise CollectionStrategyMalformed(
            f"rule {rule.name} names a {what} that there is not: {', '.join(strange)}", allowed=", ".join(known)
        )


def _require_worded(rule: Rule, strategy: CollectionStrategy) -> None:
    if sorted(rule.reason) != sorted(LANGUAGES):
        raise CollectionStrategyMalformed(f"rule {rule.name} lacks a reason", allowed="in every language")
    if (rule.script is None) == (rule.action in {Action.CALL, Action.MESSAGE}):
        raise CollectionStrategyMalformed(
            f"rule {rule.name} and its script", allowed="a script to speak by, and no other"
        )
    if rule.script is not None and rule.script not in strategy.scripts:
        raise CollectionStrategyMalformed(
            f"there is no script {rule.script}", allowed=", ".join(sorted(strategy.scripts))
        )
