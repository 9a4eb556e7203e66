"""What an applicant is told of a decision: principal reasons, what would change them, sources and rights."""

from collections.abc import Iterable
from datetime import date

from fenqi.core.decision.facts import Facts
from fenqi.core.decision.outcome import Outcome
from fenqi.core.decision.reason import REASONS, Reason
from fenqi.core.decision.rules import RuleResult
from fenqi.core.rulepack.text import Rendered, Text, render

PRINCIPAL_REASONS_MAX = 4
_HIDDEN = "security_check"
_NEUTRAL = {"ties_late": "person_looks"}
"""What is said in the place of a reason that would tell on somebody else. PIPL art. 10, 25."""
_OUTCOMES = {
    "zh-CN": {Outcome.APPROVE: "通过", Outcome.REFER: "转人工审核", Outcome.DECLINE: "未通过"},
    "en": {Outcome.APPROVE: "approved", Outcome.REFER: "a person will decide", Outcome.DECLINE: "declined"},
}


def public_reasons(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The principal reasons that may leave the lender, at most four.

    Rules against fraud are never named nor counted: all of them are one security check, told last. What is known of a
    third person is not told either: a person looks, that is all.

    Source: 个人信息保护法 art. 24 (explanation); 征信业管理条例 art. 25.
    """
    given = tuple(reasons)
    named = tuple(reason for reason in given if not reason.hidden)
    unnamed = dict.fromkeys(_NEUTRAL.get(reason.code, _HIDDEN) for reason in given if reason.hidden)
    return (*named[: PRINCIPAL_REASONS_MAX - len(unnamed)], *(REASONS[code] for code in sorted(unnamed)))


def public_sources(facts: Facts, rules: Iterable[RuleResult]) -> tuple[str, ...]:
    """Who supplied the facts, except those that only hidden rules asked for."""
    hidden = {name for rule in rules if REASONS[rule.code].hidden for name in rule.facts}
    return tuple(sorted({fact.source for fact in facts.stated if fact.name not in hidden}))


def render_adverse_action(
    text: Text,
    *,
    outcome: Outcome,
    reasons: Iterable[Reason],
    sources: tuple[str, ...],
    decided_on: date,
    lender: str,
    complaint_contact: str,
    objection_days: int,
) -> Rendered:
    """The notice of a decision in the text's language, with the principal reasons that may leave the lender."""
    chinese = text.language == "zh-CN"
    return render(
        text,
        {
            "decided_on": decided_on.isoformat(),
            "lender": lender,
            "outcome": _OUTCOMES[text.language][outcome],
            "reasons": [
                {
                    "text": reason.zh if chinese else reason.en,
                    "change": reason.change_zh if chinese else reason.change_en,
                }
                for reason in public_reasons(reasons)
            ],
            "sources": sources,
            "complaint_contact": complaint_contact,
            "objection_days": objection_days,
        },
    )
