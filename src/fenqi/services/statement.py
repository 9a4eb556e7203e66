"""What an applicant says themselves."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    """Answers at the checkout; everything else is asked elsewhere."""

    is_student: bool
    down_payment_minor: int
    monthly_income_minor: int | None
