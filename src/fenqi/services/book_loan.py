"""A loan and what happened to it: the fold says how it stands, the ledger gets the difference, the cache follows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from fenqi.core.ledger.outcome import demand
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.event import Event
from fenqi.core.loan.record import agreement_from_record, event_from_record, event_to_record
from fenqi.core.loan.replay import replay
from fenqi.core.loan.state import LoanState, Status
from fenqi.core.loan.steady import foretold, is_steady
from fenqi.core.merchant.settlement import items_of_refund
from fenqi.core.postings.books import LoanBooks, books_to_record
from fenqi.core.postings.difference import post_difference
from fenqi.core.postings.party import Cause, Party
from fenqi.core.product.terms import Rounding
from fenqi.services.add_items import add_items
from fenqi.services.look_at_line import causes_of, look_at_line
from fenqi.services.port import Ports
from fenqi.services.subsidy import Subsidy, earned_minor, settle_early
from fenqi.stores import checkout as checkouts
from fenqi.stores import loan as loans
from fenqi.stores import posting
from fenqi.stores.fetch import Connection
from fenqi.stores.loan import DayRule, Instalment, Loan, LoanEvent


@dataclass(frozen=True)
class OpenLoan:
    """A loan held by this transaction, with everything that has happened to it."""

    row: Loan
    agreement: Agreement
    events: tuple[Event, ...]
    subsidy: Subsidy

    def state(self, *, as_of: date) -> LoanState:
        """How it stands on a day."""
        return replay(self.agreement, self.events, as_of=as_of)

    @property
    def party(self) -> Party:
        """Whose accounts it touches."""
        row = self.row
        return Party(
            loan_id=row.loan_id,
            customer_id=row.customer_id,
            merchant_id=row.merchant_id,
            currency=row.currency,
            subsidy_payer_id=self.subsidy.payer_id,
        )


@dataclass(frozen=True)
class MerchantSide:
    """What a loan's merchant and its subsidy add to the books; None leaves it as it was."""

    discount_minor: int | None = None
    subsidy: Subsidy | None = None


async def open_loan(connection: Connection, row: Loan) -> OpenLoan:
    """Read what has happened to a loan whose row is held."""
    stored = await loans.events(connection, b=row.b, loan_id=row.loan_id)
    return OpenLoan(
        row=row,
        agreement=agreement_from_record(row.terms),
        events=tuple(event_from_record(event.content) for event in stored),
        subsidy=Subsidy.from_record(row.subsidy),
    )


async def record(
    connection: Connection,
    ports: Ports,
    loan: OpenLoan,
    event_of: Callable[[int], Event],
    *,
    merchant_side: MerchantSide | None = None,
    captures: UUID | None = None,
) -> OpenLoan:
    """Append an event and book what it changes.

    `event_of` gets the event's place in the order of entry. The event's id is the cause of the posting, so the same
    event is never booked twice.

    Raises: LimitExceeded for a draw-down beyond the limit, and the ledger's other refusals.
    """
    seq = loan.row.last_seq + 1
    event = event_of(seq)
    await loans.add_event(connection, _stored(loan.row, event, ports=ports))
    grown = replace(loan, row=replace(loan.row, last_seq=seq), events=(*loan.events, event))
    booked = await book(
        connection,
        ports,
        grown,
        cause_id=UUID(event.event_id),
        value_on=event.on,
        merchant_side=merchant_side,
        captures=captures,
    )
    for kind in causes_of(loan.row, booked.row, event):
        about = UUID(event.event_id)
        await look_at_line(connection, ports, customer_id=loan.row.customer_id, kind=kind, about=about)
    return booked


async def book(
    connection: Connection,
    ports: Ports,
    loan: OpenLoan,
    *,
    cause_id: UUID,
    value_on: date,
    merchant_side: MerchantSide | None = None,
    captures: UUID | None = None,
    on: date | None = None,
) -> OpenLoan:
    """Bring the ledger and the cache to how a loan stands on a day, today if none is given."""
    day = on or ports.business.today()
    state = loan.state(as_of=day)
    before = loan.row.books
    side = merchant_side or MerchantSide()
    subsidy = side.subsidy or loan.subsidy
    if state.status in {Status.CLOSED, Status.OVERPAID}:
        subsidy = await _return_unearned(connection, ports, loan.row, subsidy, cause_id=cause_id, on=day)
    loan = replace(loan, subsidy=subsidy)
    after = books_of(state, subsidy=subsidy, discount_minor=side.discount_minor, before=before, on=day)
    cause = Cause(cause_id=cause_id, effective_on=day, value_on=value_on)
    transactions = post_difference(loan.party, before, after, cause=cause, captures=captures)
    demand(*await posting.post(connection, transactions, posted_at=ports.business.now()))
    row = replace(cached(loan.row, state, on=day), booked=books_to_record(after), subsidy=subsidy.to_record())
    rule = day_rule_of(loan, state)
    await loans.save(connection, row, rule)
    instalments = instalments_of(row, state, rule=rule)
    await loans.replace_instalments(connection, b=row.b, loan_id=row.loan_id, instalments=instalments)
    return replace(loan, row=row)


async def _return_unearned(
    connection: Connection, ports: Ports, row: Loan, subsidy: Subsidy, *, cause_id: UUID, on: date
) -> Subsidy:
    """A loan that is over earns no more: what nobody used goes back to whoever paid it."""
    left = settle_early(subsidy, from_on=row.drawn_on, on=on)
    returned_minor = left.returned_minor - subsidy.returned_minor
    if returned_minor and subsidy.payer_id == row.merchant_id:
        checkout = await checkouts.known(connection, b=row.checkout_b, checkout_id=row.checkout_id)
        items = items_of_refund(refund_minor=0, subsidy_returned_minor=returned_minor)
        await add_items(connection, ports, checkout, b=row.b, items=items, once_for=f"over:{cause_id}")
    return left


def books_of(
    state: LoanState, *, subsidy: Subsidy, discount_minor: int | None, before: LoanBooks, on: date
) -> LoanBooks:
    """The whole books of a loan on a day: the fold's flows, the discount, the subsidy as far as it is earned."""
    return LoanBooks(
        flows=state.books,
        discount_minor=before.discount_minor if discount_minor is None else discount_minor,
        subsidy_minor=subsidy.total_minor,
        subsidy_earned_minor=earned_minor(subsidy, on=on),
        subsidy_returned_minor=subsidy.returned_minor,
    )


def cached(row: Loan, state: LoanState, *, on: date) -> Loan:
    """The row as the fold's state has it."""
    return replace(
        row,
        status=state.status.value,
        outstanding_minor=state.outstanding.total,
        overpaid_minor=state.overpaid_minor,
        next_due_on=state.next_due.due_on if state.next_due else None,
        oldest_unpaid_due_on=state.oldest_unpaid.due_on if state.oldest_unpaid else None,
        booked_on=on,
        fallen_on=None,
        fallen_interest_minor=0,
        fallen_fee_minor=0,
    )


def day_rule_of(loan: OpenLoan, state: LoanState) -> DayRule:
    """By what rule days pass until something happens to the loan."""
    return DayRule(
        is_steady=is_steady(loan.agreement, loan.events, state),
        late_rate_per_day=loan.agreement.policy.late_rate_per_day,
        truncates=loan.agreement.terms.rounding is Rounding.DOWN,
    )


def instalments_of(row: Loan, state: LoanState, *, rule: DayRule) -> tuple[Instalment, ...]:
    """The rows to show and to bill by; a subsidy makes falling due news of its own."""
    known = foretold(state) if rule.is_steady and not row.subsidy["parts"] else frozenset[int]()
    return tuple(
        Instalment(
            b=row.b,
            loan_id=row.loan_id,
            instalment=each.number,
            due_on=each.due_on,
            principal_minor=each.due.principal,
            interest_minor=each.due.interest,
            fee_minor=each.due.fee,
            penalty_minor=each.due.penalty,
            paid_minor=each.paid.total,
            settled_on=each.paid_on,
            interest_early_minor=each.early.interest,
            fee_early_minor=each.early.fee,
            penalty_early_minor=each.early.penalty,
            principal_unpaid_minor=each.outstanding.principal,
            late_weight=each.late_weight,
            late_from_on=each.late_from_on,
            currency=row.currency,
            is_foretold=each.number in known,
        )
        for each in state.rows
    )


def _stored(row: Loan, event: Event, *, ports: Ports) -> LoanEvent:
    content = event_to_record(event)
    return LoanEvent(
        b=row.b,
        loan_id=row.loan_id,
        seq=event.seq,
        event_id=UUID(event.event_id),
        kind=content["event"],
        happened_on=event.on,
        content=content,
        recorded_at=ports.business.now(),
    )


def rows_of(events: Sequence[LoanEvent]) -> tuple[Event, ...]:
    """Stored events as the fold takes them."""
    return tuple(event_from_record(event.content) for event in events)
