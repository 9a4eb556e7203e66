"""A look at a line as it is stored: one canonical text, from which it can be made again, byte for byte."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

import msgspec

from fenqi.core.limit.assessment import Assessment, assess
from fenqi.core.limit.behaviour import Behaviour, LimitLaw, Line
from fenqi.core.limit.rules import LimitRules
from fenqi.core.refusal import Kind, Refusal

FORMAT = 1


class LimitRulesDiffer(Refusal):
    """The rules are not the version that the look was made with."""

    code: ClassVar[str] = "limit_rules_differ"
    kind: ClassVar[Kind] = Kind.CONFLICT


class Seen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that a look at a line went by, besides the rules."""

    on: date
    behaviour: Behaviour
    line: Line
    law: LimitLaw


def assessment_record(seen: Seen | msgspec.Raw, assessed: Assessment, *, rules_version: str) -> bytes:
    """The whole look as canonical JSON: keys in one order, no blanks, UTF-8.

    What was seen may be given as it was stored: a fact that nobody knew of then is not in it.
    """
    content = {"format": FORMAT, "rules_version": rules_version, "seen": seen, "assessed": assessed}
    return msgspec.json.encode(content, order="deterministic")


def seen_of_record(content: bytes) -> Seen:
    """What a stored look went by."""
    return msgspec.json.decode(msgspec.json.decode(content, type=_Record).seen, type=Seen)


def replay_assessment(content: bytes, *, rules: LimitRules) -> bytes:
    """The record that comes of looking again at the same facts.

    Raises: LimitRulesDiffer.
    """
    record = msgspec.json.decode(content, type=_Record)
    if record.rules_version != rules.version:
        raise LimitRulesDiffer(f"the look names {record.rules_version}", allowed="the rules of that version")
    seen = msgspec.json.decode(record.seen, type=Seen)
    again = assess(seen.behaviour, seen.line, rules=rules, law=seen.law, on=seen.on)
    return assessment_record(record.seen, again, rules_version=rules.version)


def facts_of_record(content: bytes) -> Mapping[str, Any]:
    """The behaviour that a stored look went by, name by name."""
    return msgspec.to_builtins(seen_of_record(content).behaviour)


class _Record(msgspec.Struct, frozen=True):
    format: int
    rules_version: str
    seen: msgspec.Raw
    assessed: Assessment
