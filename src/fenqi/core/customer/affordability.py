"""What a customer can repay every month, and the principal that follows from it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Affordability:
    """A month's room for a new instalment; `burden_percent` is what existing debts already take of the income."""

    monthly_income_minor: int
    monthly_debt_service_minor: int
    room_minor: int
    burden_percent: int


def affordability_of(
    *, monthly_income_minor: int, monthly_debt_service_minor: int, debt_service_percent_max: int
) -> Affordability:
    """The room that income leaves after existing instalments, never below zero.

    Debts may take at most the given share of income; the burden is rounded up, so that no share is understated.
    Without income there is no room, and the burden is 100.
    """
    bearable_minor = monthly_income_minor * debt_service_percent_max // 100
    burden_percent = -(-monthly_debt_service_minor * 100 // monthly_income_minor) if monthly_income_minor > 0 else 100
    return Affordability(
        monthly_income_minor=monthly_income_minor,
        monthly_debt_service_minor=monthly_debt_service_minor,
        room_minor=max(0, bearable_minor - monthly_debt_service_minor),
        burden_percent=burden_percent,
    )


def affordable_principal_minor(room_minor: int, *, tenor_months: int) -> int:
    """The principal that this room repays in that many instalments, the cost of credit left aside."""
    return room_minor * tenor_months
