"""To whom a loan may be offered, and in which words."""

from collections.abc import Iterable
from typing import ClassVar

from fenqi.core.refusal import Kind, Refusal


class StudentNotServed(Refusal):
    """This type of lender may not lend to students, nor invite them."""

    code: ClassVar[str] = "student_not_served"
    kind: ClassVar[Kind] = Kind.RULE


class MarketingWordBanned(Refusal):
    """An advertisement uses words that the law bans."""

    code: ClassVar[str] = "marketing_word_banned"
    kind: ClassVar[Kind] = Kind.RULE


class InterestFreeClaimFalse(Refusal):
    """A plan that costs something is called free of interest."""

    code: ClassVar[str] = "interest_free_claim_false"
    kind: ClassVar[Kind] = Kind.RULE


_FREE_CLAIMS = ("免息", "零利息", "0利息", "无息", "interest-free", "interest free", "0% apr")


def require_servable(*, is_student: bool, student_ban: bool, source: str) -> None:
    """Refuse a student where the lender's type may not serve students.

    The ban is a rule-pack value by lender type, `lending.student_ban`.

    Raises: StudentNotServed.
    """
    if is_student and student_ban:
        raise StudentNotServed(
            "this type of lender may not lend to students", allowed="applicants who are not students", source=source
        )


def banned_words_in(text: str, *, banned: Iterable[str]) -> tuple[str, ...]:
    """The banned words that an advertisement uses, in the order of the list; blanks and case do not hide a word.

    The list is a rule-pack value, `marketing.banned_words`.
    """
    squeezed = _squeeze(text)
    return tuple(word for word in banned if _squeeze(word) in squeezed)


def require_lawful_wording(text: str, *, banned: Iterable[str], cost_minor: int, source: str) -> None:
    """Refuse an advertisement with banned words, or one that calls a plan free which costs something.

    Raises: MarketingWordBanned, InterestFreeClaimFalse.
    """
    found = banned_words_in(text, banned=banned)
    if found:
        raise MarketingWordBanned(f"the text says {', '.join(found)}", allowed="other words", source=source)
    if cost_minor > 0 and banned_words_in(text, banned=_FREE_CLAIMS):
        raise InterestFreeClaimFalse(
            "the text calls a plan interest-free that costs something",
            allowed="免息 only where every interest and fee is zero",
            source=source,
        )


def _squeeze(text: str) -> str:
    return "".join(text.split()).casefold()
