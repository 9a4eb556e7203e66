"""Rules for credit lines on their way into force: proposed by one, tried on the whole book, let in by another."""

import json
from datetime import date, timedelta
from functools import lru_cache
from typing import ClassVar

import msgspec

from fenqi.core.ledger.account import BUCKET_COUNT
from fenqi.core.limit.law import limit_law
from fenqi.core.limit.rules import LimitRules, read_limit_rules
from fenqi.core.limit.table import assess_many
from fenqi.core.limit.trial import Tally
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.install_strategy import APPROVED_BY, PROPOSED_BY
from fenqi.services.line_behaviour import behaviour_of
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.stores import authority as authorities
from fenqi.stores import limit_rules
from fenqi.stores.authority import Version
from fenqi.stores.fetch import Connection
from fenqi.stores.limit_rules import RulesAnswer, RulesTrial, StoredRules
from fenqi.stores.shipped_limit import load_limit_rules

_BUCKETS_AT_ONCE = 32
AHEAD_MAX = timedelta(days=366)


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


async def install_limit_rules(connection: Connection, ports: Ports) -> None:
    """Keep the rules that ship, in force from the day on which they are installed; chosen ones stay in force."""
    text, at, today = load_limit_rules(), ports.business.now(), ports.business.today()
    rules = read_limit_rules(text)
    stored = StoredRules(rules.version, rules.name, text, PROPOSED_BY, PROPOSED_BY, at)
    if not await limit_rules.add(connection, stored) or await limit_rules.in_force(connection, on=today):
        return
    answer = RulesAnswer(
        rules.version,
        is_approved=True,
        from_on=today,
        reason=APPROVED_BY,
        proposed_by=PROPOSED_BY,
        answered_by=APPROVED_BY,
        answered_at=at,
    )
    await limit_rules.add_answer(connection, answer)
    await _keep_authority(connection, ports, stored, answer)


async def rules_in_force(connection: Connection, *, on: date) -> LimitRules:
    """The rules that hold on a day.

    Raises: LimitRulesMissing.
    """
    stored = await limit_rules.in_force(connection, on=on)
    if stored is None:
        raise LimitRulesMissing("no rules for credit lines are in force", allowed="rules that two people stand for")
    return _read(stored.content)


async def rules_of(connection: Connection, *, version: str) -> LimitRules:
    """The rules of a version.

    Raises: LimitRulesUnknown.
    """
    return _read((await _find(connection, version=version)).content)


async def propose_rules(connection: Connection, ports: Ports, *, text: bytes, remark: str, by: str) -> StoredRules:
    """Keep a new version; it moves nothing before it was tried and somebody else let it in.

    Raises: LimitRulesMalformed, LimitRulesKnown.
    """
    rules = read_limit_rules(text)
    proposed = StoredRules(rules.version, rules.name, text, remark, by, ports.business.now())
    if not await limit_rules.add(connection, proposed):
        raise LimitRulesKnown(f"version {rules.version} was proposed before", allowed="other rules")
    await _note(connection, ports, by=by, action="proposed_limit_rules", version=rules.version)
    return proposed


async def try_rules(connection: Connection, ports: Ports, *, version: str, by: str) -> RulesTrial:
    """Look what a version would change of every line today, and keep it; nothing else changes.

    Raises: LimitRulesUnknown.
    """
    rules = await rules_of(connection, version=version)
    today = ports.business.today()
    held = await limit_rules.in_force(connection, on=today)
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
    await _note(connection, ports, by=by, action="tried_limit_rules", version=version)
    return trial


async def answer_rules(
    connection: Connection, ports: Ports, *, version: str, is_approved: bool, from_on: date, reason: str, by: str
) -> RulesAnswer:
    """Let a version in from a day on, or turn it down; whoever proposed it cannot.

    Raises: LimitRulesUnknown, LimitRulesOwnProposal, LimitRulesUntried, LimitRulesOutOfTime, LimitRulesAnswered.
    """
    stored, today = await _find(connection, version=version), ports.business.today()
    if stored.proposed_by == by:
        raise LimitRulesOwnProposal("you proposed these rules", allowed="an answer by somebody else")
    if is_approved:
        if not today <= from_on <= today + AHEAD_MAX:
            raise LimitRulesOutOfTime(
                f"from {from_on.isoformat()}", allowed=f"{today.isoformat()} to {(today + AHEAD_MAX).isoformat()}"
            )
        if not any(line.tried_at for line in await limit_rules.versions(connection) if line.version == version):
            raise LimitRulesUntried("nobody has tried the rules on the book", allowed="an answer after a trial")
    answer = RulesAnswer(
        version=version,
        is_approved=is_approved,
        from_on=from_on,
        reason=reason,
        proposed_by=stored.proposed_by,
        answered_by=by,
        answered_at=ports.business.now(),
    )
    if not await limit_rules.add_answer(connection, answer):
        raise LimitRulesAnswered("somebody answered these rules already", allowed="a new version")
    if is_approved:
        await _keep_authority(connection, ports, stored, answer)
    action = "approved_limit_rules" if is_approved else "rejected_limit_rules"
    await _note(connection, ports, by=by, action=action, version=version)
    return answer


async def _keep_authority(connection: Connection, ports: Ports, rules: StoredRules, answer: RulesAnswer) -> None:
    """Keep rules that are let in among everything that decides."""
    row = Version(
        kind="strategy",
        name=rules.name,
        version=rules.version,
        effective_from=answer.from_on,
        proposed_by=answer.proposed_by,
        approved_by=answer.answered_by,
        recorded_at=ports.wall.now(),
    )
    await authorities.add(connection, row, content=json.loads(rules.content))


async def _find(connection: Connection, *, version: str) -> StoredRules:
    found = await limit_rules.find(connection, version=version)
    if found is None:
        raise LimitRulesUnknown(f"there is no version {version[:64]}", allowed="one that was proposed")
    return found


async def _note(connection: Connection, ports: Ports, *, by: str, action: str, version: str) -> None:
    await note(connection, ports, actor_kind="staff", actor=by, action=action, subject=version)


_read = lru_cache(maxsize=32)(read_limit_rules)
