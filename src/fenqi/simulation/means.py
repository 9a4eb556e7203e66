"""What the stand-in bureau is told of an applicant: the record as it is, and means that follow from it by rule."""

from fenqi.simulation.applicant import Applicant
from fenqi.wiring import KnownPerson

INCOMES_PER_LIMIT = 3
"""The data says nothing of income: a bank is taken to have set a card's limit at three months of it."""
INCOME_MIN_MINOR = 4_000_00
"""Nobody is taken to earn less in a month than a full-time wage."""
DEBT_SERVICE_PERCENT = 5
"""Of the last bill: what a card wants back each month at least."""


def means_of(applicant: Applicant) -> KnownPerson:
    """What the bureau knows of an applicant: record, debt, what it takes each month, and an estimate of income."""
    bill_minor = max(applicant.record.months[-1].bill_minor, 0)
    return KnownPerson(
        record=applicant.record,
        debt_minor=bill_minor,
        monthly_debt_service_minor=bill_minor * DEBT_SERVICE_PERCENT // 100,
        monthly_income_minor=max(applicant.record.limit_minor // INCOMES_PER_LIMIT, INCOME_MIN_MINOR),
    )
