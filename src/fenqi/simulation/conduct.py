"""How a month's conduct becomes payments on an instalment loan: on which day, and how much."""

from calendar import monthrange
from datetime import date

from fenqi.simulation.behaviour import Conduct, MonthBehaviour
from fenqi.simulation.buying import Bought

CATCH_UP_DAY = 15
"""Who only pays what is left from before does so in the middle of the month."""
PAID_IN_ITS_MONTH = frozenset({Conduct.PAYS, Conduct.PAYS_ALL_ARREARS})


def month_end(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def pays_on(day: date, bought: Bought | None, behaviour: MonthBehaviour) -> bool:
    """Whether a borrower pays something on a day of the month that a behaviour describes.

    The month's instalment is paid on its due day, and arrears with it; arrears alone in the middle of the month.
    """
    if bought is None or behaviour.conduct is Conduct.MISSES:
        return False
    if behaviour.conduct is Conduct.CATCHES_UP:
        return day.day == CATCH_UP_DAY
    if day == due_on(bought, behaviour.month):
        return True
    is_over = date.fromisoformat(bought.shown["rows"][-1]["due_on"]) < behaviour.month
    return is_over and behaviour.conduct is Conduct.PAYS_ALL_ARREARS and day.day == CATCH_UP_DAY


async def owed(bought: Bought, conduct: Conduct, *, on: date) -> int:
    """What a borrower pays on a day: the instalment as signed, or what the loan says is owed, arrears included.

    Units: minor; 0 if nothing is owed.
    """
    if conduct is Conduct.PAYS:
        signed: list[int] = [row["total_minor"] for row in bought.shown["rows"] if row["due_on"] == on.isoformat()]
        return sum(signed)
    loan = await bought.shopper.loan(bought.loan_id)
    arrears: int = loan["overdue"]["total_minor"]
    due_today = [row["outstanding_minor"] for row in loan["instalments"] if row["due_on"] == on.isoformat()]
    return arrears + (sum(due_today) if conduct is Conduct.PAYS_ALL_ARREARS else 0)


def due_on(bought: Bought, month: date) -> date | None:
    """The day of a month on which an instalment falls due, if one does."""
    days = (date.fromisoformat(row["due_on"]) for row in bought.shown["rows"])
    return next((day for day in days if (day.year, day.month) == (month.year, month.month)), None)
