"""Holds: an amount set aside on an account until it is captured, voided or expires."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from fenqi.core.ledger.account import Account
from fenqi.core.ledger.entry import Leg, digest_of


class HoldEnd(StrEnum):
    """How a hold came to its end."""

    CAPTURED = "captured"
    """A transaction drew it, in full or in part; the rest is free again."""
    VOIDED = "voided"
    """Whoever asked for it gave it up."""
    EXPIRED = "expired"
    """Its time was over."""


@dataclass(frozen=True)
class Hold:
    """An amount that the leg between two accounts may move later, once.

    Raises: as Leg does.
    """

    hold_id: UUID
    leg: Leg
    expires_at: datetime
    reference: UUID | None = None

    @property
    def bucket(self) -> int:
        """The bucket of both accounts."""
        return self.leg.debit.bucket

    @property
    def account(self) -> Account:
        """The account on which the amount is set aside."""
        return self.leg.debit

    @cached_property
    def payload_hash(self) -> UUID:
        """128 bits over accounts, amount and reference; asking again with a later expiry is the same wish."""
        leg = self.leg
        parts = (leg.debit.account_id, leg.credit.account_id, leg.amount_minor, leg.debit.ledger, self.reference or "")
        return digest_of("|".join(map(str, parts)))
