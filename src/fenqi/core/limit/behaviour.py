"""What is known of a customer and their credit line when a line is looked at again."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """What a customer has done over the last months, and what weighs on them now.

    Units: minor units, days. `monthly_income_minor` is 0 where nobody knows it. Services are what a month's
    instalments take: here in the next 31 days, elsewhere as the credit record last said.
    """

    due_count: int = 0
    on_time_count: int = 0
    late_count: int = 0
    """Instalments that fell due and were paid after their last day, or are not paid."""
    days_late_max: int = 0
    days_late: int = 0
    """How late they are now; 0 if nothing is."""
    failed_debit_count: int = 0
    owed_minor: int = 0
    here_service_minor: int = 0
    outside_service_minor: int = 0
    monthly_income_minor: int = 0
    is_student: bool = False
    is_charged_off: bool = False
    """A loan of theirs was given up."""
    is_suspected: bool = False
    """A loan may be somebody else's."""
    is_in_hardship: bool = False
    is_in_dispute: bool = False
    is_warned: bool = False
    """A warning that runs has come to the step at which nothing new is lent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A credit line as it was before it is looked at.

    `anchor_minor` is what an application last granted, and what the line moves around; `special_minor` are the
    temporary and dedicated limits in force beside it.
    """

    anchor_minor: int
    fixed_minor: int
    changed_on: date
    """When the line was granted or last moved."""
    special_minor: int = 0
    points: int | None = None
    is_suspended: bool = False
    takes_rises: bool = True
    """Whether the borrower wants their line raised at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLaw:
    """What the law and the house allow at most, whatever the rules say, each with where it is written."""

    exposure_max_minor: int
    debt_burden_percent_max: int
    bans_students: bool
    sources: tuple[tuple[str, str], ...] = ()
