"""Who knows how a person has repaid elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from fenqi.core.decision.features import CreditRecord


@dataclass(frozen=True)
class CreditEnquiry:
    """An answer as received: what the bureau knows, who it is, and whether it is only a stand-in.

    `record` is None if the bureau knows nobody of this number. `debt_minor` and `monthly_debt_service_minor` are
    what the person owes and pays each month elsewhere; `monthly_income_minor` is the bureau's estimate, if any.
    """

    record: CreditRecord | None
    debt_minor: int
    monthly_debt_service_minor: int
    monthly_income_minor: int | None
    provider: str
    stand_in: bool
    reference: str
    observed_at: datetime


class Bureau(Protocol):
    """A licensed credit bureau."""

    name: str
    is_stand_in: bool

    async def enquire(self, *, name: str, id_number: str, purpose: str, at: datetime) -> CreditEnquiry:
        """Ask for a person's credit record; leaves a trace at a real bureau, so only with authorisation.

        Raises: Unavailable.
        Source: 征信业管理条例 art. 18; 征信业务管理办法 art. 5.
        """
        ...
