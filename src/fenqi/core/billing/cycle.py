"""The bill day of a customer."""

from hashlib import sha256
from uuid import UUID

from fenqi.core.product.terms import BILL_DAY_MAX


def bill_day_of(customer_id: UUID) -> int:
    """The day of the month on which a customer is billed for every loan in bill mode: always the same, 1 to 28.

    It follows from who they are, so that no day of the month has more to bill than another.
    """
    return 1 + int.from_bytes(sha256(b"bill day" + customer_id.bytes).digest()[:4]) % BILL_DAY_MAX
