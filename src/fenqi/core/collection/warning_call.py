"""The conversation that an early warning asks for: what a borrower may have said, and whether to try again."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from fenqi.core.collection.contact import Answered
from fenqi.core.collection.promise import require_promised_day
from fenqi.core.refusal import Refusal


class WarningAnswerContradicts(Refusal):
    """What is told of a call does not fit together, or words are missing."""

    code: ClassVar[str] = "warning_answer_contradicts"


class BorrowerSaid(StrEnum):
    """What the borrower said."""

    WILL_PAY = "will_pay"
    """Money comes by a day."""
    NEEDS_HELP = "needs_help"
    """Paying is hard: a request for help is written down."""
    DISPUTES = "disputes"
    """Something is wrong with what is asked for: a complaint is written down."""
    NO_CALLS = "no_calls"
    """Nobody is to call again, as far as the law lets a customer say so."""
    OTHER = "other"
    """Something else, told in words."""


@dataclass(frozen=True, kw_only=True)
class CallTold:
    """What somebody tells of a call; help and complaint are written down beside it."""

    answered: Answered
    said: BorrowerSaid | None = None
    pays_on: date | None = None
    words: str = ""
    has_help: bool = False
    has_complaint: bool = False


def require_told(told: CallTold, *, today: date, days_max: int) -> None:
    """Refuse what contradicts itself.

    Raises: WarningAnswerContradicts, PromiseInThePast, PromiseTooFar.
    """
    fits = (
        ((told.said is not None) == (told.answered is Answered.BORROWER), "only who was reached said something"),
        ((told.pays_on is not None) == (told.said is BorrowerSaid.WILL_PAY), "a day belongs to who will pay"),
        (told.has_help == (told.said is BorrowerSaid.NEEDS_HELP), "what a month brings belongs to who needs help"),
        (told.has_complaint == (told.said is BorrowerSaid.DISPUTES), "a complaint belongs to who disputes"),
        (bool(told.words.strip()) or told.said is not BorrowerSaid.OTHER, "something else is told in words"),
    )
    for holds, what in fits:
        if not holds:
            raise WarningAnswerContradicts(what, allowed="what was said, with what belongs to it and nothing more")
    if told.pays_on is not None:
        require_promised_day(told.pays_on, today=today, days_max=days_max)


def next_call_on(answered: Answered, *, tries: int, tries_max: int, today: date) -> date | None:
    """By when to call again: tomorrow, unless the borrower was reached, the number is not theirs, or it was enough."""
    if answered in {Answered.BORROWER, Answered.WRONG_NUMBER} or tries >= tries_max:
        return None
    return today + timedelta(days=1)
