"""Warning strategies on their way into force: proposed by one, tried on all that was seen, let in by another."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal
from fenqi.core.warning.strategy import WarningStrategy, read_warning_strategy
from fenqi.services.let_rules_in import RulesKind, SecondWord, answer, find, install, note_of, propose
from fenqi.services.port import Ports
from fenqi.stores import warning_rules
from fenqi.stores.fetch import Connection
from fenqi.stores.rules_version import RulesAnswer, StoredRules
from fenqi.stores.shipped_warning import load_warning_strategy
from fenqi.stores.warning_rules import WARNING_RULES


class WarningRulesUnknown(Refusal):
    """Nobody has proposed this warning strategy."""

    code: ClassVar[str] = "warning_rules_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class WarningRulesKnown(Refusal):
    """The very same warning strategy was proposed before."""

    code: ClassVar[str] = "warning_rules_known"
    kind: ClassVar[Kind] = Kind.CONFLICT


class WarningRulesUntried(Refusal):
    """Nobody has tried the warning strategy on what was seen before."""

    code: ClassVar[str] = "warning_rules_untried"
    kind: ClassVar[Kind] = Kind.CONFLICT


class WarningRulesAnswered(Refusal):
    """The warning strategy was answered already."""

    code: ClassVar[str] = "warning_rules_answered"
    kind: ClassVar[Kind] = Kind.CONFLICT


class WarningRulesOwnProposal(Refusal):
    """Whoever proposed a warning strategy cannot answer it."""

    code: ClassVar[str] = "warning_rules_own_proposal"
    kind: ClassVar[Kind] = Kind.FORBIDDEN


class WarningRulesOutOfTime(Refusal):
    """A warning strategy holds from the day of its answer at the earliest, and from a year after it at the latest."""

    code: ClassVar[str] = "warning_rules_out_of_time"


class WarningRulesMissing(Refusal):
    """No warning strategy is in force."""

    code: ClassVar[str] = "warning_rules_missing"
    kind: ClassVar[Kind] = Kind.CONFLICT


class WarningTrialRuns(Refusal):
    """A trial of this warning strategy waits or runs already."""

    code: ClassVar[str] = "warning_trial_runs"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True)
class AskedTrial:
    """A trial that waits to be run."""

    trial_id: UUID
    version: str


_read = lru_cache(maxsize=32)(read_warning_strategy)
KIND = RulesKind(
    word="warning_rules",
    store=WARNING_RULES,
    read=_read,
    is_tried=warning_rules.is_tried,
    unknown=WarningRulesUnknown,
    known=WarningRulesKnown,
    untried=WarningRulesUntried,
    answered=WarningRulesAnswered,
    own_proposal=WarningRulesOwnProposal,
    out_of_time=WarningRulesOutOfTime,
)


async def install_warning_rules(connection: Connection, ports: Ports) -> None:
    """Keep the strategy that ships, in force from the day on which it is installed; a chosen one stays in force."""
    await install(connection, ports, KIND, text=load_warning_strategy())


async def warning_strategy(connection: Connection, *, on: date) -> WarningStrategy:
    """The strategy that judges on a day.

    Raises: WarningRulesMissing.
    """
    return await strategy_of_day(connection, on=on, today=on)


async def strategy_of_day(connection: Connection, *, on: date, today: date) -> WarningStrategy:
    """The strategy that judges a day which may be past: one before the first strategy is judged by that.

    Whoever installs a strategy late, after days that were not gone through yet, can so go through them.

    Raises: WarningRulesMissing.
    """
    stored = await WARNING_RULES.in_force(connection, on=on)
    stored = stored or await warning_rules.first_in_force(connection, until_on=today)
    if stored is None:
        raise WarningRulesMissing("no warning strategy is in force", allowed="one that two people stand for")
    return _read(stored.content)


async def warning_strategy_of(connection: Connection, *, version: str) -> WarningStrategy:
    """The strategy of a version.

    Raises: WarningRulesUnknown.
    """
    return _read((await find(connection, KIND, version=version)).content)


async def propose_warning_rules(
    connection: Connection, ports: Ports, *, text: bytes, remark: str, by: str
) -> StoredRules:
    """Keep a new version; it warns nobody before it was tried and somebody else let it in.

    Raises: WarningStrategyMalformed, WarningRulesKnown.
    """
    return await propose(connection, ports, KIND, text=text, remark=remark, by=by)


async def ask_for_warning_trial(connection: Connection, ports: Ports, *, version: str, by: str) -> AskedTrial:
    """Ask whom a version would have warned, against the one in force; the work goes on beside the service.

    Raises: WarningRulesUnknown, WarningTrialRuns.
    """
    await find(connection, KIND, version=version)
    before = (await warning_rules.trials(connection)).get(version)
    if before is not None and before.state in {"waiting", "running"}:
        raise WarningTrialRuns(f"the trial is {before.state}", allowed="another one once it has ended")
    today = ports.business.today()
    held = await WARNING_RULES.in_force(connection, on=today)
    trial_id = ports.new_id()
    await warning_rules.add_trial(
        connection,
        trial_id=trial_id,
        version=version,
        against=held.version if held else "",
        until_on=today,
        by=by,
        at=ports.wall.now(),
    )
    await note_of(connection, ports, KIND, by=by, did="tried", version=version)
    return AskedTrial(trial_id, version)


async def answer_warning_rules(connection: Connection, ports: Ports, word: SecondWord) -> RulesAnswer:
    """Let a version in from a day on, or turn it down; whoever proposed it cannot.

    Raises: WarningRulesUnknown, WarningRulesOwnProposal, WarningRulesUntried, WarningRulesOutOfTime,
    WarningRulesAnswered.
    """
    return await answer(connection, ports, KIND, word)
