"""The lists that staff read: what is in them, and by what they can be sorted."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, every, first
from fenqi.stores.ledger import JournalLeg, OwnedAccount
from fenqi.stores.listing import Listing, sorts
from fenqi.stores.merchant import Merchant
from fenqi.stores.query import queries
from fenqi.stores.settlement import MerchantItem, Settlement
from fenqi.stores.work import Audit

_SQL = queries("staff_list")


@dataclass(frozen=True)
class DecisionLine:
    """A decision in a list; `verdict` is what a person has answered to a referred one."""

    decision_id: UUID
    checkout_id: UUID
    outcome: str
    points: int | None
    limit_minor: int
    strategy_version: str
    scorecard_version: str
    decided_at: datetime
    verdict: str | None


@dataclass(frozen=True)
class LoanLine:
    """A loan in a list; `unpaid_due_on` is the first due day of which anything is unpaid, late or not."""

    loan_id: UUID
    checkout_id: UUID
    merchant_id: UUID
    product_id: str
    status: str
    principal_minor: int
    outstanding_minor: int
    overpaid_minor: int
    currency: str
    drawn_on: date
    next_due_on: date | None
    unpaid_due_on: date | None
    rolls_holidays: bool
    """Whether a due day that is not worked moves to the next one that is."""


@dataclass(frozen=True, kw_only=True)
class AccountLine(OwnedAccount):
    """An account in a list, with its balance on the side where its kind normally has it."""

    on_normal_side_minor: int


@dataclass(frozen=True)
class _Bucket:
    bucket: int


@dataclass(frozen=True)
class _Subject:
    subject: UUID


_BY_ACCOUNT = sorts(
    "account_id",
    "bucket",
    debits_minor="debits_posted",
    credits_minor="credits_posted",
    balance_minor="on_normal_side_minor",
)
_BY_ITEM = sorts("effective_on", "order_number", "kind", "amount_minor")

DECISIONS = Listing(
    row=DecisionLine,
    query=_SQL["decisions"],
    key="decision_id",
    sorts=sorts("decided_at", "points", "limit_minor"),
    usual="-decided_at",
)
LOANS = Listing(
    row=LoanLine,
    query=_SQL["loans"],
    key="loan_id",
    sorts=sorts("drawn_on", "unpaid_due_on", "principal_minor", "outstanding_minor"),
    usual="-drawn_on",
)
ACCOUNTS_OF_KIND = Listing(
    row=AccountLine, query=_SQL["accounts_of_kind"], key="account_id", sorts=_BY_ACCOUNT, usual="account_id"
)
ACCOUNTS_OF_OWNER = Listing(
    row=AccountLine, query=_SQL["accounts_of_owner"], key="account_id", sorts=_BY_ACCOUNT, usual="account_id"
)
OPEN_ITEMS = Listing(row=MerchantItem, query=_SQL["open_items"], key="item_id", sorts=_BY_ITEM, usual="-effective_on")
SETTLEMENT_ITEMS = Listing(
    row=MerchantItem, query=_SQL["settlement_items"], key="item_id", sorts=_BY_ITEM, usual="effective_on"
)
SETTLEMENTS = Listing(
    row=Settlement,
    query=_SQL["settlements"],
    key="settlement_id",
    sorts=sorts("until_on", "items_minor", "paid_minor", "carried_out_minor", "item_count"),
    usual="-until_on",
)
MERCHANTS = Listing(
    row=Merchant,
    query=_SQL["merchants"],
    key="merchant_id",
    sorts=sorts("name_zh", "name_en", "discount_rate"),
    usual="name_zh",
)
JOURNAL = Listing(
    row=JournalLeg,
    query=_SQL["legs"],
    whole=_SQL["journal"],
    key="seq",
    sorts=sorts("seq", "effective_on", "value_on", "amount_minor"),
    usual="seq",
)
AUDIT = Listing(row=Audit, query=_SQL["audit"], key="audit_id", sorts=sorts("recorded_at"), usual="-recorded_at")


async def first_bucket(connection: Connection) -> int:
    """The first bucket in which anything was written; 0 while nothing was."""
    found = await first(connection, _Bucket, _SQL["first_bucket"], {})
    return found.bucket if found else 0


async def subjects_of_customer(connection: Connection, *, b: int, customer_id: UUID) -> tuple[UUID, ...]:
    """What the audit trail may be about where it is about a customer: they, and what they have with us."""
    rows = await every(connection, _Subject, _SQL["subjects_of_customer"], {"b": b, "customer_id": customer_id})
    return tuple(row.subject for row in rows)


async def decisions_of_customer(
    connection: Connection, *, b: int, customer_id: UUID, limit: int
) -> tuple[DecisionLine, ...]:
    """A customer's decisions, newest first."""
    parameters = {"b": b, "customer_id": customer_id, "limit": limit}
    return await every(connection, DecisionLine, _SQL["decisions_of_customer"], parameters)
