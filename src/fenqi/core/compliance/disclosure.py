"""What a loan costs all in, item by item and payee by payee, shown before it is signed (综合融资成本明示表)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from fenqi.core.product.apr import annual_cost
from fenqi.core.product.capped import CappedPlan
from fenqi.core.product.cooling_off import NO_COOLING_OFF, CoolingOff
from fenqi.core.product.schedule import PlanRow
from fenqi.core.product.terms import Method
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.rulepack.ceiling import CostCeiling

_COMPONENTS = {"interest": "interest_minor", "instalment_fee": "fee_minor"}
SHOWN_DECIMALS = Decimal("0.01")
"""Annual figures are shown, and compared with what was shown, in hundredths of a percent, rounded half up."""


class DisclosureIncomplete(Refusal):
    """A field that the law wants to be shown is empty."""

    code: ClassVar[str] = "disclosure_incomplete"
    kind: ClassVar[Kind] = Kind.RULE


class PlanCostsMore(Refusal):
    """The plan to be issued is dearer than the one that was signed."""

    code: ClassVar[str] = "plan_costs_more"
    kind: ClassVar[Kind] = Kind.RULE


@dataclass(frozen=True, kw_only=True)
class Party:
    """Somebody named in the disclosure; `role` is borrower, lender, merchant, funder, guarantor or brand."""

    role: str
    name: str
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class CostItem:
    """An interest or fee: how it is collected, its yearly standard, who receives it, and what it adds up to."""

    code: str
    collected: str
    percent_per_year: Decimal
    payee: str
    amount_minor: int


@dataclass(frozen=True, kw_only=True)
class ContingentCost:
    """What falls due only in default: on which base, at which yearly standard, and who receives it.

    Units: `minor_max`, where it is set, is the most that is charged in all, and takes the place of a yearly standard.
    """

    code: str
    base: str
    percent_per_year: Decimal
    payee: str
    minor_max: int = 0


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """Everything shown to a borrower about cost; a pure value that any page or document renders.

    `annual_percent` is the all-in cost of a loan repaid in time, by `annual_measure`. A subsidised plan's items
    state what the borrower pays; who pays the rest is in `subsidised_minor` and `parties`.
    """

    on: date
    currency: str
    parties: tuple[Party, ...]
    goods: str
    principal_minor: int
    method: Method
    items: tuple[CostItem, ...]
    annual_percent: Decimal
    annual_measure: str
    contingent: tuple[ContingentCost, ...]
    rows: tuple[PlanRow, ...]
    ceiling: CostCeiling
    subsidised_minor: int = 0
    no_other_charges: bool = True
    cooling_off: CoolingOff = NO_COOLING_OFF

    @property
    def cost_minor(self) -> int:
        """What the borrower pays beyond the principal."""
        return sum(row.interest_minor + row.fee_minor for row in self.rows)

    @property
    def total_minor(self) -> int:
        """What the borrower pays in all."""
        return self.principal_minor + self.cost_minor

    def party(self, role: str) -> Party | None:
        """Who has this role."""
        return next((party for party in self.parties if party.role == role), None)


def disclose(
    plan: CappedPlan,
    *,
    on: date,
    currency: str,
    parties: tuple[Party, ...],
    goods: str,
    contingent: tuple[ContingentCost, ...],
    subsidised_minor: int = 0,
    cooling_off: CoolingOff = NO_COOLING_OFF,
) -> Disclosure:
    """The disclosure of a plan whose interest and fees all go to the lender, with every instalment.

    A plan without any cost still says so: interest of 0 %.

    Raises: KeyError if no party is the lender.
    """
    lender = {party.role: party for party in parties}["lender"]
    schedule = plan.schedule
    items = [
        CostItem(
            code=code,
            collected="per_instalment",
            percent_per_year=_percent_alone(plan, component=component),
            payee=lender.name,
            amount_minor=sum(getattr(row, component) for row in schedule.rows),
        )
        for code, component in _COMPONENTS.items()
    ]
    return Disclosure(
        on=on,
        currency=currency,
        parties=parties,
        goods=goods,
        principal_minor=schedule.principal_minor,
        method=plan.terms.method,
        items=tuple(item for item in items if item.amount_minor) or tuple(items[:1]),
        annual_percent=plan.annual.irr_nominal,
        annual_measure=plan.ceiling.measure,
        contingent=contingent,
        rows=schedule.rows,
        ceiling=plan.ceiling,
        subsidised_minor=subsidised_minor,
        cooling_off=cooling_off,
    )


def shown_percent(percent: Decimal) -> Decimal:
    """An annual figure as people see it."""
    return percent.quantize(SHOWN_DECIMALS, rounding=ROUND_HALF_UP)


_CHECKS: dict[str, Callable[[Disclosure], bool]] = {
    "principal": lambda shown: shown.principal_minor > 0,
    "lender": lambda shown: _is_named(shown, "lender"),
    "cost_items": lambda shown: bool(shown.items) and all(item.collected and item.payee for item in shown.items),
    "cost_items_add_up": lambda shown: sum(item.amount_minor for item in shown.items) == shown.cost_minor,
    "cost_items_annualised": lambda shown: all(item.percent_per_year >= 0 for item in shown.items),
    "annual_cost": lambda shown: shown.annual_percent >= 0 and bool(shown.annual_measure),
    "contingent_costs": lambda shown: (
        bool(shown.contingent) and all(cost.base and cost.payee for cost in shown.contingent)
    ),
    "no_other_charges": lambda shown: shown.no_other_charges,
    "repayment_plan": lambda shown: (
        bool(shown.rows) and sum(row.principal_minor for row in shown.rows) == shown.principal_minor
    ),
    "ceiling": lambda shown: bool(shown.ceiling.source),
}

FIELDS = frozenset(_CHECKS)
"""The fields that a rule pack can ask for."""


def require_complete(shown: Disclosure, *, fields: Iterable[str], source: str) -> None:
    """Refuse a disclosure in which a required field is empty or does not add up.

    The fields are a rule-pack value, `disclosure.fields`.

    Raises: DisclosureIncomplete; ValueError for a field that nobody knows how to check.
    Source: 个人贷款业务明示综合融资成本规定 (金规〔2026〕2号); 中国人民银行公告〔2021〕第3号.
    """
    asked = tuple(fields)
    unknown = [field for field in asked if field not in _CHECKS]
    if unknown:
        raise ValueError(f"no check for the disclosure fields {', '.join(unknown)}")
    empty = [field for field in asked if not _CHECKS[field](shown)]
    if empty:
        raise DisclosureIncomplete(
            f"the disclosure lacks {', '.join(empty)}", allowed="every field filled in", source=source
        )


def require_within_disclosure(rows: tuple[PlanRow, ...], *, annual_percent: Decimal, disclosed: Disclosure) -> None:
    """Refuse a final plan that costs the borrower more than was disclosed when it was signed.

    Less may have been captured than authorised, so the principal may be smaller; neither it, nor the cost, nor
    any instalment, nor the annual figure as shown may be larger, and the number of instalments stays.

    Raises: PlanCostsMore, naming what is larger.
    """
    principal_minor = sum(row.principal_minor for row in rows)
    cost_minor = sum(row.interest_minor + row.fee_minor for row in rows)
    larger = {
        "the number of instalments differs": len(rows) != len(disclosed.rows),
        "the principal is larger": principal_minor > disclosed.principal_minor,
        "the total cost is larger": cost_minor > disclosed.cost_minor,
        "an instalment is larger": any(
            row.total_minor > shown.total_minor for row, shown in zip(rows, disclosed.rows, strict=False)
        ),
        "the annual cost is larger": shown_percent(annual_percent) > shown_percent(disclosed.annual_percent),
    }
    found = [what for what, exceeds in larger.items() if exceeds]
    if found:
        raise PlanCostsMore(
            f"the plan costs more than was disclosed: {', '.join(found)}",
            allowed=f"at most {disclosed.cost_minor} on {disclosed.principal_minor} in minor units, "
            f"{shown_percent(disclosed.annual_percent)} % a year",
            source="民法典 art. 496, 509",
        )


def _percent_alone(plan: CappedPlan, *, component: str) -> Decimal:
    """What the plan would cost a year if this were its only cost."""
    others = {other: 0 for other in _COMPONENTS.values() if other != component}
    rows = tuple(row._replace(**others) for row in plan.schedule.rows)
    return annual_cost(replace(plan.schedule, rows=rows), plan.terms).irr_nominal


def _is_named(shown: Disclosure, role: str) -> bool:
    party = shown.party(role)
    return party is not None and bool(party.name)
