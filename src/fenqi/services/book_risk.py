"""At the end of a month the loans are graded, and the books brought to what that asks for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from uuid import UUID, uuid5

from fenqi.core.ledger.account import BUCKET_COUNT, AccountKind
from fenqi.core.ledger.outcome import demand
from fenqi.core.ledger.proof import Finding, Invariant
from fenqi.core.loan.classification import risk_rules
from fenqi.core.loan.grading import Grade, grades
from fenqi.core.postings.party import Cause
from fenqi.core.postings.provide import ALLOWANCES, TARGETS, Stripe, provide_all
from fenqi.services.port import Ports
from fenqi.stores import ledger, posting, risk
from fenqi.stores.fetch import Connection
from fenqi.stores.risk import Asked, SetAside

_JOB = UUID("0197a000-0000-7000-8000-0000000e0e32")
Sums = Mapping[AccountKind, int]


async def book_risk(connection: Connection, ports: Ports, *, lane: Sequence[int], month_on: date) -> int:
    """Grade every loan of a lane at the end of a month and book what it asks for; how many loans.

    The day in the accounts is the month's last, or the first that is still open.
    """
    rules = risk_rules(ports.authority.pack, on=month_on)
    rows = await risk.exposures(connection, lane=lane, month_on=month_on, non_accrual_days=rules.non_accrual_days)
    graded = [
        (b, grade)
        for (b, _), loans in groupby(rows, key=lambda row: (row.b, row.customer_id))
        for grade in grades([row.exposure for row in loans], rules, on=month_on)
    ]
    at = ports.business.now()
    had = _had(await risk.set_aside(connection, lane=lane))
    open_from = await ledger.open_from(connection, lane=lane)

    def cause_of(stripe: Stripe) -> Cause:
        return Cause(
            cause_id=uuid5(_JOB, f"{stripe.bucket}/{month_on}/{stripe.currency}"),
            effective_on=max(month_on, open_from[stripe.bucket]),
            value_on=month_on,
        )

    transactions = provide_all(had, _wanted(graded), cause_of=cause_of)
    demand(*await posting.post(connection, transactions, posted_at=at))
    await risk.add(connection, graded, lane=lane, month_on=month_on, booked_at=at)
    return len(graded)


async def check_risk(connection: Connection) -> Sequence[Finding]:
    """Whether what is set aside in each bucket is what its last graded month asks for."""
    asked = defaultdict[tuple[int, str, AccountKind], int](int)
    for row in await risk.asked(connection, lane=range(BUCKET_COUNT)):
        for kind, minor in _kinds(row):
            asked[row.bucket, row.currency, kind] += minor
    had = {
        (row.bucket, row.currency, AccountKind(row.kind)): row.minor
        for row in await risk.set_aside(connection, lane=range(BUCKET_COUNT))
    }
    return [
        Finding(
            invariant=Invariant.RISK_TIES,
            bucket=key[0],
            subject=f"{key[2]} in {key[1]}",
            what=f"{had.get(key, 0)} is set aside and {asked.get(key, 0)} asked for",
        )
        for key in sorted(asked.keys() | had.keys())
        if asked.get(key, 0) != had.get(key, 0)
    ]


def _kinds(row: Asked) -> Iterable[tuple[AccountKind, int]]:
    return ((ALLOWANCES[row.stage - 1], row.provision_minor), (AccountKind.SUSPENDED_INCOME, row.suspended_minor))


def _had(rows: Iterable[SetAside]) -> dict[Stripe, Sums]:
    found = defaultdict[Stripe, dict[AccountKind, int]](dict)
    for row in rows:
        found[Stripe(row.bucket, row.currency)][AccountKind(row.kind)] = row.minor
    return dict(found)


def _wanted(graded: Iterable[tuple[int, Grade]]) -> dict[Stripe, Sums]:
    found = defaultdict[Stripe, dict[AccountKind, int]](lambda: dict.fromkeys(TARGETS, 0))
    for b, grade in graded:
        sums = found[Stripe(b, grade.exposure.currency)]
        sums[ALLOWANCES[grade.stage - 1]] += grade.provision_minor
        sums[AccountKind.SUSPENDED_INCOME] += grade.suspended_minor
    return dict(found)
