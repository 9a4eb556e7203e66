"""What may be told of a call about a warning, and when there is another."""

from datetime import date, timedelta

import pytest

from fenqi.core.collection.contact import Answered
from fenqi.core.collection.promise import PromiseInThePast, PromiseTooFar
from fenqi.core.collection.warning_call import (
    BorrowerSaid,
    CallTold,
    WarningAnswerContradicts,
    next_call_on,
    require_told,
)

TODAY = date(2026, 9, 1)


def told(answered: Answered = Answered.BORROWER, said: BorrowerSaid | None = None, **more: object) -> CallTold:
    return CallTold(answered=answered, said=said, **more)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "fitting",
    [
        told(Answered.NOBODY),
        told(Answered.WRONG_NUMBER, words="a stranger"),
        told(said=BorrowerSaid.WILL_PAY, pays_on=TODAY),
        told(said=BorrowerSaid.NEEDS_HELP, has_help=True),
        told(said=BorrowerSaid.DISPUTES, has_complaint=True),
        told(said=BorrowerSaid.NO_CALLS),
        told(said=BorrowerSaid.OTHER, words="moves house"),
    ],
)
def test_takes_what_fits_together(fitting: CallTold):
    require_told(fitting, today=TODAY, days_max=31)


@pytest.mark.parametrize(
    ("contradicting", "refused"),
    [
        (told(), WarningAnswerContradicts),
        (told(Answered.NOBODY, BorrowerSaid.WILL_PAY, pays_on=TODAY), WarningAnswerContradicts),
        (told(said=BorrowerSaid.WILL_PAY), WarningAnswerContradicts),
        (told(said=BorrowerSaid.OTHER, words=" "), WarningAnswerContradicts),
        (told(said=BorrowerSaid.NEEDS_HELP), WarningAnswerContradicts),
        (told(said=BorrowerSaid.NO_CALLS, has_complaint=True), WarningAnswerContradicts),
        (told(said=BorrowerSaid.WILL_PAY, pays_on=TODAY - timedelta(days=1)), PromiseInThePast),
        (told(said=BorrowerSaid.WILL_PAY, pays_on=TODAY + timedelta(days=32)), PromiseTooFar),
    ],
)
def test_refuses_what_contradicts_itself(contradicting: CallTold, refused: type[Exception]):
    with pytest.raises(refused):
        require_told(contradicting, today=TODAY, days_max=31)


def test_tries_again_tomorrow_until_it_was_enough():
    tomorrow = TODAY + timedelta(days=1)
    assert [next_call_on(Answered.NOBODY, tries=tries, tries_max=3, today=TODAY) for tries in (1, 2, 3)] == [
        tomorrow, tomorrow, None,
    ]  # fmt: skip
    assert next_call_on(Answered.SOMEBODY_ELSE, tries=1, tries_max=3, today=TODAY) == tomorrow
    assert next_call_on(Answered.BORROWER, tries=1, tries_max=3, today=TODAY) is None
    assert next_call_on(Answered.WRONG_NUMBER, tries=1, tries_max=3, today=TODAY) is None
