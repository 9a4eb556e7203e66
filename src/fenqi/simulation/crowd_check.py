"""What must hold of a crowd that was played: the shop, the loans and the ledger tell the same story."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from fenqi.core.ledger.account import AccountKind
from fenqi.simulation.caller import Json
from fenqi.simulation.crowd import Played
from fenqi.simulation.crowd_report import Followed
from fenqi.simulation.expectation import Check, discount
from fenqi.simulation.selection import Selection
from fenqi.simulation.story_merchant import DISCOUNT_RATE
from fenqi.simulation.world import Heard

JUDGED_FROM = 200
"""With fewer applicants the intervals are too wide to tell the two sides apart."""


def checks_of(
    played: Played,
    *,
    selection: Selection,
    followed: Followed,
    balances: Mapping[str, int],
    heard: Iterable[Heard],
    books: Json,
) -> Iterator[Check]:
    """Compare everything that can be known in two ways."""
    yield from _of_people(played, selection=selection, followed=followed)
    yield from _of_shop(played, heard=heard)
    yield from _of_ledger(played, balances)
    yield Check("every invariant of the books holds", expected=[], found=books["findings"])
    yield Check("the proof looked at every loan", expected=len(played.borrowers), found=books["loan_count"])


def _of_people(played: Played, *, selection: Selection, followed: Followed) -> Iterator[Check]:
    outcomes = Counter(member.outcome for member in played.members)
    yield Check("everybody who is approved buys", expected=outcomes["approve"], found=len(played.borrowers))
    yield Check("instalments are unpaid exactly when the data says so", expected=0, found=followed.contradiction_count)
    if len(played.members) >= JUDGED_FROM:
        yield Check("the declined are clearly worse than the approved", expected=True, found=selection.separates)


def _of_shop(played: Played, *, heard: Iterable[Heard]) -> Iterator[Check]:
    prices = [member.good.price_minor for member in played.borrowers]
    fees = sum(discount(price, rate=DISCOUNT_RATE) for price in prices)
    yield Check(
        "the shop is paid every price less its fee", expected=sum(prices) - fees, found=played.settlement["paid_minor"]
    )
    declined = sum(member.outcome == "decline" for member in played.members)
    told = {"checkout.authorised": len(prices), "checkout.captured": len(prices), "checkout.declined": declined}
    told["settlement.paid"] = 1
    found = Counter(event.topic for event in heard)
    yield Check("the shop heard of everything once", expected=told, found={topic: found[topic] for topic in told})


def _of_ledger(played: Played, balances: Mapping[str, int]) -> Iterator[Check]:
    loans = [member.loan for member in played.borrowers]
    due = [row["due"] for loan in loans for row in loan["instalments"] if _fell_due(row, on=played.last_on)]
    by_kind = {
        AccountKind.LOAN_PRINCIPAL: sum(loan["outstanding"]["principal_minor"] for loan in loans),
        AccountKind.INTEREST_INCOME: sum(part["interest_minor"] for part in due),
        # Also of instalments that were late before help moved them to a later day.
        AccountKind.PENALTY_INCOME: sum(row["due"]["penalty_minor"] for loan in loans for row in loan["instalments"]),
        AccountKind.MERCHANT_FEE_INCOME: sum(
            discount(member.good.price_minor, rate=DISCOUNT_RATE) for member in played.borrowers
        ),
    }
    paid_out = played.settlement["paid_minor"]
    by_kind |= {
        AccountKind.BANK_CASH: sum(member.paid_minor for member in played.borrowers) - paid_out,
        AccountKind.CHANNEL_CLEARING: 0,
    }
    for kind, expected in by_kind.items():
        yield Check(f"the ledger's {kind} is what the demo adds up to", expected=expected, found=balances.get(kind, 0))
    lent = sum(member.good.price_minor for member in played.borrowers)
    yield Check("what was lent is what was bought", expected=lent, found=sum(loan["principal_minor"] for loan in loans))


def checks_of_life(played: Played, *, life: Json, balances: Mapping[str, int]) -> Iterator[Check]:
    """Hold what the console says of the months against the loans themselves."""
    late = [member.loan["days_past_due"] for member in played.borrowers]
    yield Check(
        "every borrower who is late has a case, and nobody else",
        expected=sorted(days for days in late if days > 0),
        found=sorted(life["open_cases"]),
    )
    cohorts = {point["cohort_on"]: point["loan_count"] for point in life["vintages"]}
    yield Check("the vintages hold every loan", expected=len(played.borrowers), found=sum(cohorts.values()))
    allowance = sum(balances.get(kind, 0) for kind in (f"allowance_stage_{stage}" for stage in (1, 2, 3)))
    last = max((line["month_on"] for line in life["provisions"]), default="")
    provided = sum(line["provision_minor"] for line in life["provisions"] if line["month_on"] == last)
    yield Check("what is set aside is in the ledger", expected=provided, found=allowance)
    asked = sum(member.helped for member in played.members)
    yield Check(
        "everybody who asked for help is on the desk's lists", expected=asked, found=sum(life["hardship"].values())
    )


def checks_of_complaints(played: Played, *, life: Json) -> Iterator[Check]:
    """Hold what the desk's lists say of complaints against who complained."""
    told, made = life["complaints"], sum(member.complaint_count for member in played.members)
    yield Check("every complaint is on the desk's lists", expected=made, found=told["complaint_count"])
    yield Check("every complaint was taken up and answered in its time", expected=0, found=told["late_count"])


def _fell_due(row: Json, *, on: date) -> bool:
    return date.fromisoformat(row["due_on"]) <= on


def failed(checks: Iterable[Check]) -> tuple[Check, ...]:
    """What does not hold."""
    return tuple(check for check in checks if not check.holds)
