"""The books as a plain loop over dictionaries: what the posting function must agree with."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from fenqi.core.ledger.account import Account
from fenqi.core.ledger.entry import Transaction
from fenqi.core.ledger.hold import Hold, HoldEnd
from fenqi.core.ledger.outcome import Outcome, Result


@dataclass
class ModelLedger:
    """One transaction at a time, in order."""

    debits: Counter[UUID] = field(default_factory=Counter)
    credits: Counter[UUID] = field(default_factory=Counter)
    pending: Counter[UUID] = field(default_factory=Counter)
    written: dict[UUID, UUID] = field(default_factory=dict)
    holds: dict[UUID, Hold] = field(default_factory=dict)
    ended: dict[UUID, HoldEnd] = field(default_factory=dict)
    open_from: date = date.min

    def available(self, account: Account) -> int:
        identity = account.account_id
        return self.credits[identity] - self.debits[identity] - self.pending[identity]

    def post(self, transactions: list[Transaction], *, posted_at: datetime) -> list[Result]:
        return [Result(transaction.transaction_id, self._post(transaction, posted_at)) for transaction in transactions]

    def _post(self, transaction: Transaction, posted_at: datetime) -> Outcome:
        outcome = self._before(transaction) or self._capture_refused(transaction, posted_at)
        if outcome:
            return outcome
        held = self.holds[transaction.captures] if transaction.captures else None
        change = Counter[Account]()
        for leg in transaction.legs:
            change[leg.debit] -= leg.amount_minor
            change[leg.credit] += leg.amount_minor
        if held:
            change[held.account] += held.leg.amount_minor
        for account, amount in change.items():
            floor = account.floor_minor
            if floor is None or transaction.is_forced or amount >= 0:
                continue
            if self.available(account) + amount < floor:
                return Outcome.LIMIT
        self._write(transaction, held)
        return Outcome.POSTED

    def _before(self, transaction: Transaction) -> Outcome | None:
        known = self.written.get(transaction.transaction_id)
        if known:
            return Outcome.REPLAYED if known == transaction.payload_hash else Outcome.CONFLICT
        return Outcome.PERIOD_CLOSED if transaction.effective_on < self.open_from else None

    def _capture_refused(self, transaction: Transaction, posted_at: datetime) -> Outcome | None:
        if transaction.captures is None:
            return None
        held, drawn = self.holds.get(transaction.captures), transaction.legs[0]
        if held is None:
            return Outcome.HOLD_UNKNOWN
        if held.hold_id in self.ended or held.expires_at <= posted_at:
            return Outcome.HOLD_ENDED
        if (held.leg.debit, held.leg.credit) != (drawn.debit, drawn.credit):
            return Outcome.HOLD_DIFFERS
        return Outcome.HOLD_EXCEEDED if drawn.amount_minor > held.leg.amount_minor else None

    def _write(self, transaction: Transaction, held: Hold | None) -> None:
        self.written[transaction.transaction_id] = transaction.payload_hash
        for leg in transaction.legs:
            self.debits[leg.debit.account_id] += leg.amount_minor
            self.credits[leg.credit.account_id] += leg.amount_minor
        if held:
            self._end(held, HoldEnd.CAPTURED)

    def _end(self, held: Hold, how: HoldEnd) -> None:
        self.ended[held.hold_id] = how
        self.pending[held.account.account_id] -= held.leg.amount_minor

    def hold(self, wanted: Hold) -> Outcome:
        known = self.holds.get(wanted.hold_id)
        if known:
            return Outcome.REPLAYED if known.payload_hash == wanted.payload_hash else Outcome.CONFLICT
        floor = wanted.account.floor_minor
        if floor is not None and self.available(wanted.account) - wanted.leg.amount_minor < floor:
            return Outcome.LIMIT
        self.holds[wanted.hold_id] = wanted
        self.pending[wanted.account.account_id] += wanted.leg.amount_minor
        return Outcome.POSTED

    def release(self, hold_id: UUID, how: HoldEnd) -> Outcome:
        if hold_id not in self.holds:
            return Outcome.HOLD_UNKNOWN
        if hold_id in self.ended:
            return Outcome.REPLAYED if self.ended[hold_id] is how else Outcome.HOLD_ENDED
        self._end(self.holds[hold_id], how)
        return Outcome.POSTED
