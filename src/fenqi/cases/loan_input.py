"""The inputs of a worked loan case, read as an agreement."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from fenqi.cases.outcome import Unsupported
from fenqi.cases.reading import (
    Json,
    choose,
    read_count,
    read_day,
    read_decimal,
    read_minor,
    read_object,
    read_objects,
    refuse_unknown,
)
from fenqi.core.dates.day_count import DayCount, Period
from fenqi.core.dates.due_date import Frequency, MonthEnd
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.component import Component
from fenqi.core.loan.event import ChargeBase, Source
from fenqi.core.loan.policy import (
    COSTS_FIRST,
    AllocationRule,
    ChargeOffRule,
    EarlyInterest,
    FutureRule,
    Order,
    Policy,
    Recalculation,
    Timing,
    same_order,
)
from fenqi.core.money.amount import Rounding
from fenqi.core.product.terms import Method, Terms
from fenqi.core.refusal import Refusal

KNOWN = frozenset(
    str.split(
        "principal annual_rate_percent interest_type interest_calculation_period amortization "
        "n_instalments repay_every frequency days_in_year days_in_month currency decimals periods "
        "disbursements submitted_on payment_strategy instalment_in_multiples_of schedule_type "
        "schedule_processing down_payment_enabled down_payment_percent auto_down_payment "
        "interest_recalculation pre_closure_interest rest_frequency arrears_grace_days "
        "payment_allocation credit_allocation overdue_charge charge_off_behaviour "
        "month_end_due_date_strategy term channel reason reschedule_strategy math_context "
        "inclusive_both_ends"
    )
)
"""Those from `term` on are remarks, and `disbursements` only repeats the steps."""

FREQUENCIES = {"MONTHS": Frequency.MONTHS, "WEEKS": Frequency.WEEKS, "DAYS": Frequency.DAYS}
FUTURE_RULES = {
    None: FutureRule.NEXT,
    "NEXT_INSTALLMENT": FutureRule.NEXT,
    "LAST_INSTALLMENT": FutureRule.LAST,
    "REAMORTIZATION": FutureRule.SPREAD,
}
SOURCES = {
    "REPAYMENT": Source.CUSTOMER,
    "DOWN_PAYMENT": Source.DOWN_PAYMENT,
    "MERCHANT_ISSUED_REFUND": Source.MERCHANT_REFUND,
    "PAYOUT_REFUND": Source.PAYOUT_REFUND,
    "GOODWILL_CREDIT": Source.GOODWILL,
    "INTEREST_PAYMENT_WAIVER": Source.INTEREST_WAIVER,
    "INTEREST_REFUND": Source.INTEREST_REFUND,
    "RECOVERY_REPAYMENT": Source.RECOVERY,
}
BASES = {
    "principal": ChargeBase.PRINCIPAL,
    "interest": ChargeBase.INTEREST,
    "principal+interest": ChargeBase.PRINCIPAL_AND_INTEREST,
}
_COMPONENTS = {
    "PENALTY": Component.PENALTY,
    "PENALTIES": Component.PENALTY,
    "FEE": Component.FEE,
    "FEES": Component.FEE,
    "INTEREST": Component.INTEREST,
    "PRINCIPAL": Component.PRINCIPAL,
}
_MONTH_ENDS = {
    None: MonthEnd.CLAMP,
    "LAST_DAY_OF_MONTH": MonthEnd.CLAMP,
    "FIRST_DAY_OF_NEXT_MONTH": MonthEnd.ROLL,
}
_MONTH_DAYS = {None: "actual", "30": "30", "ACTUAL": "actual", "ANY": "actual"}
_YEAR_DAYS = {None: "actual", "360": "360", "364": "364", "365": "365", "ACTUAL": "actual"}
_FLAGS = {None: False, False: False, True: True}
_PAYOFFS = {
    None: EarlyInterest.TO_THE_DAY,
    "TILL_PRE_CLOSE_DATE": EarlyInterest.TO_THE_DAY,
    "TILL_REST_FREQUENCY_DATE": EarlyInterest.TO_THE_DUE_DAY,
}
_CHARGE_OFFS = {
    None: ChargeOffRule.KEEP,
    "REGULAR": ChargeOffRule.KEEP,
    "ZERO_INTEREST": ChargeOffRule.STOP_INTEREST,
    "ACCELERATE_MATURITY": ChargeOffRule.ALL_DUE,
}
_TIMINGS = {"PAST_DUE": Timing.PAST_DUE, "DUE": Timing.DUE, "IN_ADVANCE": Timing.IN_ADVANCE}


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueCharge:
    """The penalty that closing a day charges on an overdue instalment."""

    share: Decimal
    base: ChargeBase


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanInput:
    """A case's agreement, and what the runner itself needs to play it."""

    agreement: Agreement
    decimals: int
    auto_down_payment: bool
    arrears_grace_days: int
    overdue_charge: OverdueCharge | None


def read_input(inputs: Json) -> LoanInput:
    """Read the inputs of a case.

    Raises: Unsupported for a key or a value that is not known.
    """
    refuse_unknown(inputs, KNOWN, "input")
    choose({None: "", "DAILY": ""}, inputs.get("rest_frequency"), "rest_frequency")
    decimals = choose({0: 0, 1: 1, 2: 2, 3: 3, 4: 4}, read_count(inputs.get("decimals", 2), "decimals"), "decimals")
    signed_on = _signed_on(inputs)
    try:
        terms = _terms(inputs, decimals)
    except Refusal as refusal:
        raise Unsupported(refusal.what) from refusal
    return LoanInput(
        agreement=Agreement(
            terms=terms,
            currency=str(inputs.get("currency", "")),
            limit_minor=read_minor(inputs["principal"], decimals, "principal"),
            signed_on=signed_on,
            policy=_policy(inputs),
            periods=_periods(inputs, terms),
        ),
        decimals=decimals,
        auto_down_payment=choose(_FLAGS, inputs.get("auto_down_payment"), "auto_down_payment"),
        arrears_grace_days=read_count(inputs.get("arrears_grace_days") or 0, "arrears_grace_days"),
        overdue_charge=_overdue_charge(inputs.get("overdue_charge")),
    )


def _signed_on(inputs: Json) -> date:
    periods = read_objects(inputs.get("periods"), "periods") or [{}]
    return read_day(inputs.get("submitted_on") or periods[0].get("from"), "submitted_on")


def _terms(inputs: Json, decimals: int) -> Terms:
    frequency = choose(FREQUENCIES, inputs.get("frequency"), "frequency")
    count = read_count(inputs["n_instalments"], "n_instalments")
    every = read_count(inputs.get("repay_every") or 1, "repay_every")
    read_count(count * every, "n_instalments × repay_every")
    daily = choose(
        {None: False, "SAME_AS_REPAYMENT_PERIOD": False, "DAILY": True},
        inputs.get("interest_calculation_period"),
        "interest_calculation_period",
    )
    text = inputs.get("instalment_in_multiples_of")
    multiple = read_minor(text, decimals, "multiple") if text else 1
    enabled = choose({**_FLAGS, None: True}, inputs.get("down_payment_enabled"), "down_payment_enabled")
    percent = read_decimal(inputs.get("down_payment_percent") or 0, "down_payment_percent")
    return Terms(
        method=_method(inputs),
        rate_per_year=read_decimal(inputs["annual_rate_percent"], "annual_rate_percent") / 100,
        instalment_count=count,
        frequency=frequency,
        repay_every=every,
        day_count=_day_count(inputs, frequency, daily=daily),
        month_end=choose(_MONTH_ENDS, inputs.get("month_end_due_date_strategy"), "month_end_due_date_strategy"),
        rounding=Rounding.HALF_EVEN,
        instalment_multiple_minor=1 if inputs.get("amortization") == "EQUAL_PRINCIPAL" else multiple,
        down_payment_multiple_minor=multiple,
        levels_last=daily,
        down_payment_share=percent / 100 if enabled else Decimal(0),
        instalment_count_max=10_000,
    )


def _method(inputs: Json) -> Method:
    choose({None: "", "PROGRESSIVE": "", "CUMULATIVE": ""}, inputs.get("schedule_type"), "schedule_type")
    flat = choose({"FLAT": True, "DECLINING_BALANCE": False}, inputs.get("interest_type"), "interest_type")
    amortisation = choose(
        {"EQUAL_INSTALLMENTS": Method.EQUAL_INSTALMENT, "EQUAL_PRINCIPAL": Method.EQUAL_PRINCIPAL},
        inputs.get("amortization"),
        "amortization",
    )
    return Method.FLAT_INTEREST if flat else amortisation


def _day_count(inputs: Json, frequency: Frequency, *, daily: bool) -> DayCount:
    """A period that is one whole is a twelfth for a month and 1/52 for a week, whatever the day count says."""
    month = choose(_MONTH_DAYS, _text(inputs.get("days_in_month")), "days_in_month")
    year = choose(_YEAR_DAYS, _text(inputs.get("days_in_year")), "days_in_year")
    if not daily and frequency is Frequency.MONTHS:
        return DayCount.THIRTY_360
    if not daily and frequency is Frequency.WEEKS:
        return DayCount.ACTUAL_364
    return DayCount(f"{month}/{year}")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _periods(inputs: Json, terms: Terms) -> tuple[Period, ...]:
    months = terms.repay_every if terms.frequency is Frequency.MONTHS else 0
    return tuple(
        Period(read_day(period["from"], "period"), read_day(period["due"], "period"), months)
        for period in read_objects(inputs.get("periods"), "periods")
    )


def _overdue_charge(given: Any) -> OverdueCharge | None:
    value = read_object(given, "overdue_charge")
    if not value:
        return None
    refuse_unknown(value, {"percent", "of"}, "overdue_charge")
    return OverdueCharge(
        share=read_decimal(value["percent"], "overdue_charge") / 100,
        base=choose(BASES, value.get("of"), "overdue_charge of"),
    )


def _policy(inputs: Json) -> Policy:
    default, by_source = _allocation(inputs)
    recalculates = choose(_FLAGS, inputs.get("interest_recalculation"), "interest_recalculation")
    return Policy(
        default=default,
        by_source=by_source,
        vertical=choose(
            {None: False, "HORIZONTAL": False, "VERTICAL": True},
            inputs.get("schedule_processing"),
            "schedule_processing",
        ),
        recalculation=Recalculation.FULL if recalculates else Recalculation.NONE,
        early_interest=choose(_PAYOFFS, inputs.get("pre_closure_interest"), "pre_closure_interest"),
        chargeback_order=_chargeback_order(read_objects(inputs.get("credit_allocation"), "credit_allocation")),
        factor_digits=12,
        charge_off=choose(_CHARGE_OFFS, inputs.get("charge_off_behaviour"), "charge_off_behaviour"),
    )


def _allocation(inputs: Json) -> tuple[AllocationRule, Mapping[Source, AllocationRule]]:
    strategy = inputs.get("payment_strategy")
    if strategy not in (None, "ADVANCED_PAYMENT_ALLOCATION"):
        return AllocationRule(_named_order(str(strategy))), MappingProxyType({})
    default, rules = AllocationRule(), dict[Source, AllocationRule]()
    for entry in read_objects(inputs.get("payment_allocation"), "payment_allocation"):
        refuse_unknown(entry, {"transactionType", "futureInstallmentAllocationRule", "order"}, "payment_allocation")
        rule = AllocationRule(
            _order(entry.get("order")),
            choose(FUTURE_RULES, entry.get("futureInstallmentAllocationRule"), "futureInstallmentAllocationRule"),
        )
        if entry.get("transactionType") == "DEFAULT":
            default = rule
        else:
            rules[choose(SOURCES, entry.get("transactionType"), "transactionType")] = rule
    return default, MappingProxyType(rules)


def with_future_rule(policy: Policy, transaction_type: Any, rule: Any) -> Policy:
    """The policy with another choice among future instalments for one transaction type."""
    future = choose(FUTURE_RULES, rule, "rule")
    if transaction_type == "DEFAULT":
        return replace(policy, default=replace(policy.default, future=future))
    source = choose(SOURCES, transaction_type, "transaction_type")
    changed = replace(policy.rule(source), future=future)
    return replace(policy, by_source=MappingProxyType({**policy.by_source, source: changed}))


def _order(value: Any) -> Order:
    if value in (None, "DEFAULT_ORDER"):
        return same_order(COSTS_FIRST)
    if not isinstance(value, list):
        raise Unsupported(f"order {value}")
    groups: dict[Timing, list[Component]] = {}
    for item in value:  # pyright: ignore[reportUnknownVariableType]
        timing, _, component = str(item).rpartition("_")  # pyright: ignore[reportUnknownArgumentType]
        groups.setdefault(choose(_TIMINGS, timing, "order"), []).append(choose(_COMPONENTS, component, "order"))
    return tuple((timing, tuple(components)) for timing, components in groups.items())


def _named_order(name: str) -> Order:
    """Read a fixed order from its own name: what is due, and after IN_ADVANCE what is to come."""
    due_text, _, advance_text = name.partition("_IN_ADVANCE_")
    due = _named_components(due_text, name)
    in_advance = _named_components(advance_text, name) if advance_text else due
    return ((Timing.PAST_DUE, due), (Timing.DUE, due), (Timing.IN_ADVANCE, in_advance))


def _named_components(text: str, name: str) -> tuple[Component, ...]:
    words = [word for word in re.split("_+", text) if word not in ("DUE", "ORDER", "STRATEGY")]
    components = tuple(choose(_COMPONENTS, word, f"payment_strategy {name}:") for word in words)
    if len(set(components)) != len(Component) or len(components) != len(Component):
        raise Unsupported(f"payment_strategy {name}")
    return components


def _chargeback_order(entries: Sequence[Json]) -> tuple[Component, ...]:
    for entry in entries:
        refuse_unknown(entry, {"transactionType", "order"}, "credit_allocation")
        choose({"CHARGEBACK": ""}, entry.get("transactionType"), "credit_allocation")
        order: Any = entry.get("order") or ()
        if not isinstance(order, list | tuple):
            raise Unsupported(f"credit_allocation order {order}")
        return tuple(choose(_COMPONENTS, component, "credit_allocation") for component in order)  # pyright: ignore
    return ()
