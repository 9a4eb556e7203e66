"""A borrower in difficulty asks for help: what becomes of the request, and by when."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from fenqi.core.collection.contact import SHANGHAI
from fenqi.core.dates.due_date import Frequency, add_units
from fenqi.core.refusal import Kind, Refusal

LAST_PART = 4
"""In the last fourth of its time a request goes to those who answer for the portfolio."""


class HardshipState(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    """Somebody has to answer."""
    OFFERED = "offered"
    """The borrower may choose and sign."""
    AGREED = "agreed"
    """Signed; the loans are observed."""
    REFUSED = "refused"
    """Answered with a no and its reason."""
    WITHDRAWN = "withdrawn"
    """The borrower wants it no more."""
    LAPSED = "lapsed"
    """What was offered was not signed in time."""
    KEPT = "kept"
    """The observation ended with nothing late."""
    BROKEN = "broken"
    """The observation ended with something late."""


OPEN = frozenset({HardshipState.ASKED, HardshipState.OFFERED})


class HardshipCause(StrEnum):
    """Why somebody is in difficulty."""

    JOB_LOSS = "job_loss"
    """No work any more."""
    INCOME_FALL = "income_fall"
    """Less income than before."""
    ILLNESS = "illness"
    """Illness or an accident."""
    FAMILY = "family"
    """Something in the family."""
    DISASTER = "disaster"
    """Flood, earthquake, epidemic."""
    OTHER = "other"
    """Something else, told in words."""


class HardshipLevel(StrEnum):
    """Who has to answer."""

    AGENT = "agent"
    """Whoever looks after borrowers."""
    LEAD = "lead"
    """Who answers for the portfolio: the time is nearly over."""


class HardshipUnknown(Refusal):
    """There is no such request, or not for whoever asks."""

    code: ClassVar[str] = "hardship_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class HardshipOpen(Refusal):
    """A request of this borrower is open already."""

    code: ClassVar[str] = "hardship_open"
    kind: ClassVar[Kind] = Kind.CONFLICT


class HardshipNothingOwed(Refusal):
    """The borrower owes nothing that could be made lighter."""

    code: ClassVar[str] = "hardship_nothing_owed"
    kind: ClassVar[Kind] = Kind.CONFLICT


class HardshipOver(Refusal):
    """The request has been refused, withdrawn, signed, or its time is over."""

    code: ClassVar[str] = "hardship_over"
    kind: ClassVar[Kind] = Kind.CONFLICT


class HardshipNotOffered(Refusal):
    """This way out was not offered."""

    code: ClassVar[str] = "hardship_not_offered"
    kind: ClassVar[Kind] = Kind.CONFLICT


class HardshipOptionWithheld(Refusal):
    """This way out cannot be offered: it changes nothing, costs too much, or lasts too long."""

    code: ClassVar[str] = "hardship_option_withheld"
    kind: ClassVar[Kind] = Kind.RULE


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What the borrower says of a month; what they prove of it is kept beside it.

    Units: minor.
    """

    cause: HardshipCause
    text: str
    monthly_income_minor: int
    monthly_living_minor: int
    """What the household cannot do without."""
    monthly_debts_minor: int
    """Instalments owed elsewhere."""

    @property
    def room_minor(self) -> int:
        """What a month leaves for instalments; never below nothing."""
        return max(0, self.monthly_income_minor - self.monthly_living_minor - self.monthly_debts_minor)


@dataclass(frozen=True, kw_only=True)
class HardshipRequest:
    """A request as it stands; one open at a time a customer."""

    b: int
    request_id: UUID
    customer_id: UUID
    state: HardshipState
    level: HardshipLevel
    cause: HardshipCause
    asked_by: str
    """"customer", or the login of the agent who wrote it down for them."""
    asked_at: datetime
    answer_due_at: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None
    reason: str = ""
    option_ids: tuple[str, ...] = ()
    """What was offered."""
    accept_until: datetime | None = None
    agreed_option: str | None = None
    agreed_at: datetime | None = None
    observed_until: date | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it holds collection."""
        return self.state in OPEN


def offer(
    request: HardshipRequest, *, option_ids: tuple[str, ...], by: str, reason: str, at: datetime, until: datetime
) -> HardshipRequest:
    """Put ways out before the borrower; until one is signed, others can be offered instead.

    Raises: HardshipOver.
    """
    _require_open(request)
    return replace(
        request,
        state=HardshipState.OFFERED,
        option_ids=option_ids,
        answered_by=by,
        answered_at=request.answered_at or at,
        reason=reason,
        accept_until=until,
    )


def refuse(request: HardshipRequest, *, by: str, reason: str, at: datetime) -> HardshipRequest:
    """Say no, with the reason.

    Raises: HardshipOver.
    """
    _require_open(request)
    answered_at = request.answered_at or at
    return replace(
        request,
        state=HardshipState.REFUSED,
        answered_by=by,
        answered_at=answered_at,
        reason=reason,
        ended_at=at,
    )


def withdraw(request: HardshipRequest, *, at: datetime) -> HardshipRequest:
    """The borrower wants it no more.

    Raises: HardshipOver.
    """
    _require_open(request)
    return replace(request, state=HardshipState.WITHDRAWN, ended_at=at)


def require_offered(request: HardshipRequest, *, option_id: str, at: datetime) -> None:
    """Let only what was offered be shown and signed, and only in time.

    Raises: HardshipOver, HardshipNotOffered.
    """
    _require_open(request)
    if option_id not in request.option_ids:
        raise HardshipNotOffered(
            "this way out was not offered", allowed=", ".join(request.option_ids) or "wait for the answer"
        )
    if request.accept_until is not None and at >= request.accept_until:
        raise HardshipOver("the time to sign is over", allowed=f"until {request.accept_until.isoformat()}")


def agree(request: HardshipRequest, *, option_id: str, at: datetime, observed_until: date) -> HardshipRequest:
    """The borrower has signed: the loans change, and are observed from now on.

    Raises: HardshipOver, HardshipNotOffered.
    """
    require_offered(request, option_id=option_id, at=at)
    return replace(
        request,
        state=HardshipState.AGREED,
        agreed_option=option_id,
        agreed_at=at,
        observed_until=observed_until,
    )


def lapse(request: HardshipRequest, *, at: datetime) -> HardshipRequest:
    """Nothing was signed in time."""
    return replace(request, state=HardshipState.LAPSED, ended_at=at)


def end_observation(request: HardshipRequest, *, is_late: bool, at: datetime) -> HardshipRequest:
    """The observation is over, with something late or nothing."""
    return replace(request, state=HardshipState.BROKEN if is_late else HardshipState.KEPT, ended_at=at)


def is_nearly_late(request: HardshipRequest, *, at: datetime) -> bool:
    """Whether the last part of the time to answer has begun."""
    whole = request.answer_due_at - request.asked_at
    return request.state is HardshipState.ASKED and at >= request.answer_due_at - whole / LAST_PART


def observed_until(*, agreed_on: date, first_due_on: date, days: int, periods: int) -> date:
    """The last day of observation: so many days from the agreement, and so many periods from the first due day.

    Source: 商业银行金融资产风险分类办法, restructured assets.
    """
    return max(agreed_on + timedelta(days=days), add_units(first_due_on, periods - 1, frequency=Frequency.MONTHS))


def end_of_day(day: date) -> datetime:
    """The instant at which a day in Shanghai is over."""
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=SHANGHAI)


def last_day_before(at: datetime) -> date:
    """The last whole day in Shanghai before an instant: what people read as a deadline."""
    return (at - timedelta(seconds=1)).astimezone(SHANGHAI).date()


def _require_open(request: HardshipRequest) -> None:
    if not request.is_open:
        raise HardshipOver(f"the request is {request.state}", allowed="a request that is asked or offered")
