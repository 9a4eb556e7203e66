"""What a lender sees of a borrower who may come into difficulty, from its own ledger, orders and contacts."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """Counts over the strategy's window up to a day; how much of the line is owed then, and what it has risen since."""

    days_late: int = 0
    """Of the oldest instalment that is not paid; what is late already needs collecting, not warning alone."""
    partial_payment_count: int = 0
    """Payments after which an instalment that was due stayed unpaid in part."""
    failed_debit_count: int = 0
    broken_promise_count: int = 0
    complaint_count: int = 0
    used_percent: int = 0
    used_percent_rise: int = 0
    new_device_count: int = 0
    new_address_count: int = 0
    frozen_order_count: int = 0


FACTS = tuple(field.name for field in fields(Signs))
"""What points may be given for."""
