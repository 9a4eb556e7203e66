"""Rules for credit lines on their way into force: proposed by one, tried on the whole book, let in by another."""

from datetime import date
from functools import lru_cache
from typing import ClassVar

import msgspec

from fenqi.core.ledger.account import BUCKET_COUNT
from fenqi.core.limit.law import limit_law
from fenqi.core.limit.rules import LimitRules, read_limit_rules
from fenqi.core.limit.table import assess_many
from fenqi.core.limit.trial import Tally
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.let_rules_in import RulesKind, SecondWord, answer, find, install, note_of, propose
from fenqi.services.line_behaviour import behaviour_of
from fenqi.services.port import Ports
from fenqi.stores import limit_rules
from fenqi.stores.fetch import Connection
from fenqi.stores.limit_rules import LIMIT_RULES, RulesTrial
from fenqi.stores.rules_version import RulesAnswer, StoredRules
from fenqi.stores.shipped_limit import load_limit_rules

_BUCKETS_AT_ONCE = 32


class LimitRulesUnknown(Refusal):
    """Nobody has proposed this version."""

    code: ClassVar[str] = "limit_rules_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class LimitRulesKnown(Refusal):
    """The very same rules were proposed before."""

    code: ClassVar[str] = "limit_rules_known"
    kind: ClassVar[Kind] = Kind.CONFLICT


class LimitRulesUntried(Refusal):
    """Nobody has looked what the rules would change."""

    code: ClassVar[str] = "limit_rules_untried"
    kind: ClassVar[Kind] = Kind.CONFLICT


class LimitRulesAnswered(Refusal):
    """The version was answered already."""

    code: ClassVar[str] = "limit_rules_answered"
    kind: ClassVar[Kind] = Kind.CONFLICT


class LimitRulesOwnProposal(Refusal):
    """Whoever proposed rules cannot answer them."""

    code: ClassVar[str] = "limit_rules_own_proposal"
    kind: ClassVar[Kind] = Kind.FORBIDDEN


class LimitRulesOutOfTime(Refusal):
    """Rules hold from the day of their answer at the earliest, and from a year after it at the latest."""

    code: ClassVar[str] = "limit_rules_out_of_time"


class LimitRulesMissing(Refusal):
    """No rules for credit lines are in force."""

    code: ClassVar[str] = "limit_rules_missing"
    kind: ClassVar[Kind] = Kind.CONFLICT


async def _is_tried(connection: Connection, version: str) -> bool:
    return any(line.tried_at for line in await LIMIT_RULES.versions(connection) if line.version == version)


_read = lru_cache(maxsize=32)(read_limit_rules)
KIND = RulesKind(
    word="limit_rules",
    store=LIMIT_RULES,
    read=_read,
    is_tried=_is_tried,
    unknown=LimitRulesUnknown,
    known=LimitRulesKnown,
    untried=LimitRulesUntried,
    answered=LimitRulesAnswered,
    own_proposal=LimitRulesOwnProposal,
    out_of_time=LimitRulesOutOfTime,
)


async def install_limit_rules(connection: Connection, ports: Ports) -> None:
    """Keep the rules that ship, in force from the day on which they are installed; chosen ones stay in force."""
    await install(connection, ports, KIND, text=load_limit_rules())


async def rules_in_force(connection: Connection, *, on: date) -> LimitRules:
    """The rules that hold on a day.

    Raises: LimitRulesMissing.
    """
    stored = await LIMIT_RULES.in_force(connection, on=on)
    if stored is None:
        raise LimitRulesMissing("no rules for credit lines are in force", allowed="rules that two people stand for")
    return _read(stored.content)


async def rules_of(connection: Connection, *, version: str) -> LimitRules:
    """The rules of a version.

    Raises: LimitRulesUnknown.
    """
    return _read((await find(connection, KIND, version=version)).content)


async def propose_rules(connection: Connection, ports: Ports, *, text: bytes, remark: str, by: str) -> StoredRules:
    """Keep a new version; it moves nothing before it was tried and somebody else let it in.

    Raises: LimitRulesMalformed, LimitRulesKnown.
    """
    return await propose(connection, ports, KIND, text=text, remark=remark, by=by)


async def try_rules(connection: Connection, ports: Ports, *, version: str, by: str) -> RulesTrial:
    """Look what a version would change of every line today, and keep it; nothing else changes.

    Raises: LimitRulesUnknown.
    """
    rules = await rules_of(connection, version=version)
    today = ports.business.today()
    held = await LIMIT_RULES.in_force(connection, on=today)
    authority = ports.authority
    law = limit_law(authority.pack, lender_type=authority.house.lender_type, on=today)
    tally = Tally()
    for start in range(0, BUCKET_COUNT, _BUCKETS_AT_ONCE):
        lane = range(start, start + _BUCKETS_AT_ONCE)
        found = await behaviour_of(connection, lane=lane, rules=rules, on=today)
        if found is not None:
            tally.add(found.table, assess_many(found.table, rules=rules, law=law, on=today.toordinal()))
    trial = RulesTrial(
        trial_id=ports.new_id(),
        version=version,
        against=held.version if held else "",
        tried_on=today,
        found=[msgspec.to_builtins(line) for line in tally.lines()],
        tried_by=by,
        tried_at=ports.business.now(),
    )
    await limit_rules.add_trial(connection, trial)
    await note_of(connection, ports, KIND, by=by, did="tried", version=version)
    return trial


async def answer_rules(connection: Connection, ports: Ports, word: SecondWord) -> RulesAnswer:
    """Let a version in from a day on, or turn it down; whoever proposed it cannot.

    Raises: LimitRulesUnknown, LimitRulesOwnProposal, LimitRulesUntried, LimitRulesOutOfTime, LimitRulesAnswered.
    """
    return await answer(connection, ports, KIND, word)
