"""One line of the order log: what was attempted, where it stands in the log, and by which keys it is found."""

from dataclasses import dataclass
from enum import StrEnum

from fenqi.core.velocity.event import OrderEvent


class EntryKind(StrEnum):
    """What was attempted."""

    OPENED = "opened"
    """A merchant asked for an order to be paid in instalments."""
    CODE_ASKED = "code_asked"
    """Somebody had a code sent to a phone."""
    CODE_WRONG = "code_wrong"
    """A code was answered wrongly: the failed log-in of a shopper, or a failed signature."""
    ENTERED = "entered"
    """A code was answered and a session opened; this is what ties a customer to a phone."""
    IDENTITY_REFUSED = "identity_refused"
    """Name, number and phone were not one person's."""
    ORDERED = "ordered"
    """Somebody applied; what velocity counts as an order."""
    SIGNED = "signed"
    """The agreement was signed; this is what ties a customer to a card."""
    CAPTURED = "captured"
    """The merchant has delivered."""
    FROZEN = "frozen"
    """The order was frozen."""
    RELEASED = "released"
    """People looked at a frozen order and let it go on."""
    FRAUD = "fraud"
    """People looked and found that somebody deceives."""


class Fate(StrEnum):
    """What became of the transaction that appends an entry."""

    COMMITTED = "committed"
    """The entry is in the log."""
    UNDONE = "undone"
    """It is not, and never will be."""
    UNKNOWN = "unknown"
    """Nobody heard; the log itself has to be asked."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An attempt in the log; `region` is where the asker seems to be, a six-digit division code of GB/T 2260."""

    position: int
    kind: EntryKind
    event: OrderEvent
    region: str | None = None


@dataclass
class Placed:
    """An attempt on its way into the log; it has its place once the database has given it one."""

    kind: EntryKind
    event: OrderEvent
    region: str | None
    position: int | None = None

    def take(self, *, position: int) -> "Placed":
        """Stand at a place, which is no more than drawn until the transaction is kept."""
        self.position = position
        return self

    @property
    def entry(self) -> Entry:
        """The attempt as it stands in the log.

        Raises: LookupError while it has no place.
        """
        if self.position is None:
            raise LookupError("the attempt has no place in the order log")
        return Entry(position=self.position, kind=self.kind, event=self.event, region=self.region)
