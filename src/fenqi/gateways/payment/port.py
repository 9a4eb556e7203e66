"""What it takes to move money: a channel that debits, refunds and pays out, and remembers by our order id."""

from datetime import date
from typing import ClassVar, Protocol
from uuid import UUID

from fenqi.core.merchant.payment_order import Answer, PaymentOrder
from fenqi.core.refusal import Kind, Refusal


class OrderIdReused(Refusal):
    """The channel has an order of this id with another content."""

    code: ClassVar[str] = "payment_order_id_reused"
    kind: ClassVar[Kind] = Kind.CONFLICT


class PaymentChannel(Protocol):
    """A payment channel.

    `order_id` is the idempotency key: the same order sent again is answered by what is known of it, never moved twice.
    What may have reached the channel is answered `unknown`, not raised: it is for a query or a notice to tell.

    Raises: OrderIdReused; Unavailable(retry=True) only where the order certainly never left.
    """

    @property
    def name(self) -> str:
        """The channel's name, as it is stored with every order."""
        ...

    @property
    def is_stand_in(self) -> bool:
        """Whether no real money moves."""
        ...

    async def debit(self, order: PaymentOrder) -> Answer:
        """Take money from a customer's account."""
        ...

    async def refund(self, order: PaymentOrder) -> Answer:
        """Give money back to a customer's account."""
        ...

    async def payout(self, order: PaymentOrder) -> Answer:
        """Pay a merchant."""
        ...

    async def query(self, order_id: UUID) -> Answer:
        """What became of an order; `unknown` with the code `order_not_found` if the channel never saw it."""
        ...

    async def settlement_file(self, day: date) -> bytes:
        """The file of everything that succeeded on a day; a day without payments has a file too."""
        ...
