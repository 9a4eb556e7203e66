"""The texts of notices: two languages, fields of known types, and what no text may say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from fenqi.core.collection.contact import ContactPurpose
from fenqi.core.money.amount import amount_text
from fenqi.core.refusal import Kind, Refusal

FIELDS: Mapping[str, type] = {
    "amount": int,
    "due_on": date,
    "days_late": int,
    "loan_ending": str,
    "lender": str,
    "agency": str,
    "from_on": date,
    "why_zh": str,
    "why_en": str,
}
"""Every field that a notice can fill in, and its type; `amount` is in minor units."""
_OF_LOAN = frozenset({"amount", "due_on", "days_late", "loan_ending", "lender"})
_OF_LIMIT = frozenset({"amount", "why_zh", "why_en", "lender"})
_OF_ONE: Mapping[str, frozenset[str]] = {
    "agency_named": _OF_LOAN | {"agency", "from_on"},
    "hardship_received": frozenset({"due_on", "lender"}),
    "hardship_offered": frozenset({"due_on", "lender"}),
    "hardship_agreed": frozenset({"due_on", "lender"}),
    "hardship_refused": frozenset({"lender"}),
    "hardship_lapsed": frozenset({"lender"}),
    "credit_warning": frozenset({"due_on", "lender"}),
    "complaint_received": frozenset({"due_on", "lender"}),
    "complaint_extended": frozenset({"due_on", "lender"}),
    "complaint_answered": frozenset({"due_on", "lender"}),
    "warning_reminder": frozenset({"lender"}),
    "warning_offer": frozenset({"lender"}),
    "warning_call": frozenset({"lender"}),
    **dict.fromkeys(
        ("limit_raised", "limit_lowered", "limit_suspended", "limit_resumed", "limit_special", "limit_special_over"),
        _OF_LIMIT,
    ),
}
"""The texts whose notices have other fields than those of a loan."""
LANGUAGES = ("zh-CN", "en")
_FIELD = re.compile(r"\{([^{}]*)\}")


class TemplateFieldUnknown(Refusal):
    """The text asks for a field that its notices have not got."""

    code: ClassVar[str] = "template_field_unknown"


class TemplateFieldMissing(Refusal):
    """The text asks for something that this contact has not got."""

    code: ClassVar[str] = "template_field_missing"
    kind: ClassVar[Kind] = Kind.CONFLICT


class TemplateWordForbidden(Refusal):
    """The text threatens, poses as an authority, or names the people around the borrower."""

    code: ClassVar[str] = "template_word_forbidden"


class TemplateMalformed(Refusal):
    """The text is empty, has a stray brace, or leaves a language out."""

    code: ClassVar[str] = "template_malformed"


@dataclass(frozen=True)
class NoticeTemplate:
    """One version of a text, for one purpose, by language."""

    name: str
    version: int
    purpose: ContactPurpose
    bodies: Mapping[str, str]


def require_sound(template: NoticeTemplate, *, forbidden: tuple[str, ...], source: str) -> None:
    """Refuse a text that could not be filled in, or should not be said.

    Raises: TemplateMalformed, TemplateFieldUnknown, TemplateWordForbidden.
    """
    if set(template.bodies) != set(LANGUAGES):
        raise TemplateMalformed("a text in each language is needed", allowed=", ".join(LANGUAGES))
    known = _OF_ONE.get(template.name, _OF_LOAN)
    for body in template.bodies.values():
        if not body.strip() or set("{}") & set(_FIELD.sub("", body)):
            raise TemplateMalformed("the text is empty or has a stray brace", allowed="words and {field}")
        unknown = sorted(set(_FIELD.findall(body)) - known)
        if unknown:
            raise TemplateFieldUnknown(f"no {template.name} has {', '.join(unknown)}", allowed=", ".join(sorted(known)))
        said = [word for word in forbidden if word in body.lower()]
        if said:
            raise TemplateWordForbidden(f"the text says {', '.join(said)}", allowed="plain words", source=source)


def filled(template: NoticeTemplate, fields: Mapping[str, object], *, language: str, currency: str) -> str:
    """The text as somebody reads it.

    Raises: TemplateFieldMissing if a field is missing or of another type: a gap must never reach a borrower.
    """

    def value(match: re.Match[str]) -> str:
        name = match[1]
        held = fields.get(name)
        if not isinstance(held, FIELDS[name]):
            raise TemplateFieldMissing(
                f"version {template.version} of {template.name} asks for {name}, which this contact has not got",
                allowed="a text without it",
            )
        return (
            amount_text(held, currency=currency, grouped=True)
            if name == "amount" and isinstance(held, int)
            else str(held)
        )

    return _FIELD.sub(value, template.bodies[language])
