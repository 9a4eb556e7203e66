"""What lateness may cost: the lower of the contract and the law."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from fenqi.core.rulepack.ceiling import cost_ceiling
from fenqi.core.rulepack.pack import RulePack

MULTIPLE, TOTAL, DAYS = "late.rate_multiple", "late.total_percent_max", "late.days_per_year"

_RATE_STEP = Decimal("1e-12")


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCharge:
    """The charge on overdue principal for each day of lateness.

    `code` is late_interest or, on a plan without interest, late_penalty; `source` says which rule set it.

    Units: `per_day` is a share, at most 12 decimals; `percent_per_year` is what is disclosed.
    """

    code: str
    per_day: Decimal
    percent_per_year: Decimal
    source: str


def late_charge(
    pack: RulePack, *, lender_type: str, on: date, contract_percent: Decimal, agreed_per_day: Decimal
) -> LateCharge:
    """The late charge that binds a loan signed on a day.

    Law allows at most a multiple of the contract's rate, and never more than the ceiling on all costs together,
    since overdue principal bears the late charge in place of interest. On a plan without interest a multiple of
    nothing is nothing: there the contract's penalty stands, up to the same ceiling.

    Units: `contract_percent` a year; `agreed_per_day` is a share of overdue principal.
    Raises: LenderTypeUnknown, RuleNotInForce.
    Source: 银发〔2003〕251号; 法发〔2017〕22号; 民法典 art. 585, 676.
    """
    ceiling, total = cost_ceiling(pack, lender_type=lender_type, on=on), pack.value(TOTAL, on=on)
    bounds = [(ceiling.percent, ceiling.cited), (total.decimal(), total.cited)]
    if contract_percent:
        multiple = pack.value(MULTIPLE, on=on)
        bounds.insert(0, (contract_percent * multiple.decimal(part="max"), multiple.cited))
    percent_max, source = min(bounds, key=lambda bound: bound[0])
    days = pack.value(DAYS, on=on).decimal()
    lawful = (percent_max / 100 / days).quantize(_RATE_STEP, rounding=ROUND_DOWN)
    return LateCharge(
        code="late_interest" if contract_percent else "late_penalty",
        per_day=min(agreed_per_day, lawful),
        percent_per_year=min(agreed_per_day, lawful) * days * 100,
        source=source if lawful < agreed_per_day else "contract",
    )
