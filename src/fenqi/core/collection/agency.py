"""An agency that asks in the lender's name: when it may be used, and what it earns."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal

_DAY = timedelta(days=1)


class AgencyUnknown(Refusal):
    """No such agency is on the list."""

    code: ClassVar[str] = "agency_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class AgencyNotUsable(Refusal):
    """The agency's contract does not run, or nobody has assessed it for too long."""

    code: ClassVar[str] = "agency_not_usable"
    kind: ClassVar[Kind] = Kind.RULE


class AgencyContractEmpty(Refusal):
    """The agency's contract ends before it begins."""

    code: ClassVar[str] = "agency_contract_empty"


class AgencyAssessedLater(Refusal):
    """The agency's assessment lies in the future."""

    code: ClassVar[str] = "agency_assessed_later"


class AgencyDayOutOfRange(Refusal):
    """A renewal does not lengthen the contract, an end does not shorten it, or an assessment is before the last."""

    code: ClassVar[str] = "agency_day_out_of_range"


class AgencyChangeKind(StrEnum):
    """What changes on the list."""

    RENEWED = "renewed"
    """The contract runs until a later day."""
    ASSESSED = "assessed"
    """Somebody looked again at how the agency works."""
    ENDED = "ended"
    """The contract ends on an earlier day; from then on the agency has no case."""


@dataclass(frozen=True, kw_only=True)
class AgencyChange:
    """A change of an agency on the list: which day stood there, and which stands there since."""

    change_id: UUID
    agency_id: UUID
    kind: AgencyChangeKind
    was_on: date
    is_on: date
    why: str
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Agency:
    """An agency on the list."""

    agency_id: UUID
    name: str
    contract_from: date
    contract_until: date
    assessed_on: date
    commission_permille: int
    """Of what comes in."""
    added_by: str
    added_at: datetime


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """A case with an agency, from a day on and until it is recalled."""

    b: int
    assignment_id: UUID
    case_id: UUID
    customer_id: UUID
    agency_id: UUID
    effective_from: date
    commission_permille: int
    assigned_by: str
    assigned_at: datetime
    recalled_on: date | None = None
    recalled_by: str | None = None
    recalled_why: str | None = None

    def counts_until(self, day: date) -> date:
        """The last day of which what came in is its own."""
        return day if self.recalled_on is None else min(day, self.recalled_on - timedelta(days=1))

    def commission_minor(self, paid_minor: int) -> int:
        """What it has earned by all that came in, rounded down."""
        return max(0, paid_minor) * self.commission_permille // 1000


def require_whole(agency: Agency, *, on: date) -> None:
    """Refuse an agency that cannot be put on the list on a day.

    Raises: AgencyContractEmpty, AgencyAssessedLater.
    """
    if agency.contract_until <= agency.contract_from:
        raise AgencyContractEmpty(
            f"the contract runs from {agency.contract_from} until {agency.contract_until}",
            allowed=f"until a day after {agency.contract_from}",
        )
    if agency.assessed_on > on:
        raise AgencyAssessedLater(f"assessed on {agency.assessed_on}", allowed=f"{on} or before")


def day_of(agency: Agency, kind: AgencyChangeKind) -> date:
    """The day on the list that a kind of change is about."""
    return agency.assessed_on if kind is AgencyChangeKind.ASSESSED else agency.contract_until


def changed(agency: Agency, kind: AgencyChangeKind, *, to: date, on: date) -> Agency:
    """An agency with a later or earlier end, or a newer assessment, as it is on the list from a day on.

    A contract that is over can be renewed. One ends today at the earliest, and not before its second day.

    Raises: AgencyDayOutOfRange, AgencyAssessedLater.
    """
    until = agency.contract_until
    if kind is AgencyChangeKind.ASSESSED:
        after = replace(agency, assessed_on=to)
        require_whole(after, on=on)
        first, last = agency.assessed_on, on
    elif kind is AgencyChangeKind.RENEWED:
        later = min(max(until, on), date.max - _DAY) + _DAY
        after, first, last = replace(agency, contract_until=to), later, date.max
    else:
        after, first, last = replace(agency, contract_until=to), max(on, agency.contract_from + _DAY), until - _DAY
    if not first <= to <= last:
        upto = "or later" if last == date.max else f"to {last}"
        raise AgencyDayOutOfRange(f"{kind} to {to}", allowed=f"{first} {upto}")
    return after


def require_running(agency: Agency, *, on: date) -> None:
    """Refuse whoever asks for an agency whose contract does not run on a day.

    Raises: AgencyNotUsable.
    """
    if not agency.contract_from <= on < agency.contract_until:
        raise AgencyNotUsable(
            f"the contract runs from {agency.contract_from} until {agency.contract_until}",
            allowed="an agency whose contract runs",
        )


def require_usable(agency: Agency, *, on: date, assessed_days: int, source: str) -> None:
    """Refuse an agency that may not be given a case on a day.

    Raises: AgencyNotUsable.
    """
    if not agency.contract_from <= on < agency.contract_until:
        raise AgencyNotUsable(
            f"the contract runs from {agency.contract_from} until {agency.contract_until}",
            allowed="an agency whose contract runs",
            source=source,
        )
    if (on - agency.assessed_on).days > assessed_days:
        raise AgencyNotUsable(
            f"last assessed on {agency.assessed_on}", allowed=f"within {assessed_days} days", source=source
        )
