"""A decision: facts in, and out of them rules, score, limit, offers, outcome and reasons, the same every time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fenqi.core.customer.affordability import Affordability, affordability_of, affordable_principal_minor
from fenqi.core.decision.counterfactual import ScoreChange, changes_to_reach
from fenqi.core.decision.facts import Facts, credit_record_of
from fenqi.core.decision.features import features_of
from fenqi.core.decision.law import BULLET_MONTHS_MAX, DecisionLaw
from fenqi.core.decision.limit import Limit, limit_of
from fenqi.core.decision.line_up import Role
from fenqi.core.decision.pricing import Applied, Bounds, Offer, Withheld, Withholding, price_offers
from fenqi.core.decision.qualification import Qualified
from fenqi.core.decision.reason import REASONS, Reason, reason_of_characteristic
from fenqi.core.decision.rules import EXPOSURE_MAX, RuleResult, check_rules
from fenqi.core.decision.scorecard import Scorecard, Scored
from fenqi.core.decision.screening import Screening
from fenqi.core.decision.strategy import Band, Effect, Strategy
from fenqi.core.product.catalogue import Catalogue

SCORE_REASONS_MAX = 4
_LIMIT_FACTS = (
    "order_minor",
    "down_payment_minor",
    "exposure_minor",
    "monthly_income_minor",
    "monthly_debt_service_minor",
)


class Outcome(StrEnum):
    """What becomes of an application."""

    APPROVE = "approve"
    """The offers stand."""
    REFER = "refer"
    """A person decides; never an approval."""
    DECLINE = "decline"
    """No credit, for the reasons given."""


@dataclass(frozen=True, kw_only=True)
class Graphed:
    """The graph that decided: its name and version, in which role it did, and whether deciding was halted."""

    name: str
    version: str
    role: Role
    is_halted: bool


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Everything that was seen and concluded; stored whole, replayable from itself.

    `affordability`, `limit` and offers are missing while a fact that they need is. A limit below what the order
    leaves to finance means that a larger down payment would help.
    """

    decided_at: datetime
    facts: Facts
    law: DecisionLaw
    strategy: Strategy | Graphed
    scorecard_version: str
    catalogue_version: str
    features: dict[str, int | None]
    rules: tuple[RuleResult, ...]
    scored: Scored | None
    affordability: Affordability | None
    limit: Limit | None
    offers: tuple[Offer, ...]
    withheld: tuple[Withheld, ...]
    outcome: Outcome
    reasons: tuple[Reason, ...]
    score_changes: tuple[ScoreChange, ...]
    screening: Screening | None = None
    credit: "Credit | None" = None
    """What was decided about credit, where the screening put something else in front."""
    layers: tuple[Qualified, ...] | None = None
    """What each layer came to; None in decisions that were made before there were layers."""


@dataclass(frozen=True, kw_only=True)
class Credit:
    """An outcome by itself, with its reasons."""

    outcome: Outcome
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class _Terms:
    """What an application could be granted."""

    affordability: Affordability | None = None
    limit: Limit | None = None
    offers: tuple[Offer, ...] = ()
    withheld: tuple[Withheld, ...] = ()


def decide(
    facts: Facts,
    *,
    strategy: Strategy,
    scorecard: Scorecard,
    law: DecisionLaw,
    catalogue: Catalogue,
    decided_at: datetime,
) -> Decision:
    """Decide on one application.

    Every rule is asked and every reason given. A failed rule that declines, a score below the cut-off or an amount
    beyond line or income declines; anything unknown or unclear refers. Without a credit record there is no score,
    and the lowest band shows the person who decides what may be offered.
    """
    rules = check_rules(facts, settings=strategy.rules, law=law.thresholds, on=law.on)
    record = credit_record_of(facts)
    features = features_of(record)
    scored = None if record is None else scorecard.score(features)
    band = strategy.bands[-1] if scored is None else strategy.band_of(scored.points)
    granted = _granted(facts, strategy=strategy, law=law, catalogue=catalogue, band=band)
    declined = (
        *_rule_reasons(rules, effect=Effect.DECLINE),
        *_score_reasons(scored, scorecard=scorecard, strategy=strategy),
        *_amount_reasons(facts, granted, band=band),
    )
    referred = _referring(rules, scored=scored, strategy=strategy)
    return Decision(
        decided_at=decided_at,
        facts=facts,
        law=law,
        strategy=strategy,
        scorecard_version=scorecard.version,
        catalogue_version=catalogue.version,
        features=features,
        rules=rules,
        scored=scored,
        affordability=granted.affordability,
        limit=granted.limit,
        offers=granted.offers,
        withheld=granted.withheld,
        outcome=Outcome.DECLINE if declined else Outcome.REFER if referred else Outcome.APPROVE,
        reasons=declined or referred or (REASONS["approved"],),
        score_changes=(
            changes_to_reach(strategy.approve_points_min, scored=scored, scorecard=scorecard) if scored else ()
        ),
    )


def _granted(facts: Facts, *, strategy: Strategy, law: DecisionLaw, catalogue: Catalogue, band: Band | None) -> _Terms:
    if facts.missing(_LIMIT_FACTS):
        return _Terms()
    order, down_payment, exposure, income, debt_service = (facts.number(name) or 0 for name in _LIMIT_FACTS)
    affordability = affordability_of(
        monthly_income_minor=income,
        monthly_debt_service_minor=debt_service,
        debt_service_percent_max=strategy.debt_service_percent_max,
    )
    limit = _limit(affordability, strategy=strategy, law=law, band=band, exposure_minor=exposure)
    if band is None or not 0 < order - down_payment <= limit.available_minor:
        return _Terms(affordability=affordability, limit=limit)
    offers, withheld = price_application(
        facts, law=law, catalogue=catalogue, band=band, room_minor=affordability.room_minor
    )
    return _Terms(affordability=affordability, limit=limit, offers=offers, withheld=withheld)


def price_application(
    facts: Facts, *, law: DecisionLaw, catalogue: Catalogue, band: Band, room_minor: int
) -> tuple[tuple[Offer, ...], tuple[Withheld, ...]]:
    """Every plan for what is applied for: offered, or withheld with the reason; the order's amounts must be known."""
    applied = Applied(
        order_minor=facts.number("order_minor") or 0,
        down_payment_minor=facts.number("down_payment_minor") or 0,
        brand=facts.text("goods_brand") or "",
        interest_free_tenors=_tenors(facts.text("interest_free_tenors") or ""),
        start_on=law.on,
    )
    bounds = Bounds(
        lender_type=law.lender_type,
        band=band,
        ceiling=law.ceiling,
        bullet_months_max=law.number(BULLET_MONTHS_MAX),
        room_minor=room_minor,
    )
    return price_offers(catalogue, applied, bounds=bounds)


def _limit(
    affordability: Affordability, *, strategy: Strategy, law: DecisionLaw, band: Band | None, exposure_minor: int
) -> Limit:
    affordable_minor = affordable_principal_minor(
        affordability.room_minor, tenor_months=strategy.reference_tenor_months
    )
    return limit_of(
        by_score_minor=band.limit_minor if band else 0,
        by_law_minor=law.number(EXPOSURE_MAX),
        affordable_minor=affordable_minor,
        exposure_minor=exposure_minor,
        step_minor=strategy.limit_step_minor,
    )


def _tenors(text: str) -> tuple[int, ...]:
    return tuple(int(tenor) for tenor in text.split(",") if tenor)


def _rule_reasons(rules: tuple[RuleResult, ...], *, effect: Effect) -> tuple[Reason, ...]:
    return tuple(REASONS[rule.code] for rule in rules if rule.passed is False and rule.effect is effect)


def _score_reasons(scored: Scored | None, *, scorecard: Scorecard, strategy: Strategy) -> tuple[Reason, ...]:
    if scored is None or scored.points >= strategy.refer_points_min:
        return ()
    return low_score_reasons(scored, scorecard=scorecard)


def low_score_reasons(scored: Scored, *, scorecard: Scorecard) -> tuple[Reason, ...]:
    """The costliest parts of a score below the cut-off."""
    by_name = {characteristic.name: characteristic for characteristic in scorecard.characteristics}
    return tuple(reason_of_characteristic(by_name[part.name]) for part in scored.reasons[:SCORE_REASONS_MAX])


def _amount_reasons(facts: Facts, granted: _Terms, *, band: Band | None) -> tuple[Reason, ...]:
    """Why nothing can be offered although the person may be good for credit."""
    if granted.limit is None or band is None or granted.offers:
        return ()
    financed_minor = (facts.number("order_minor") or 0) - (facts.number("down_payment_minor") or 0)
    if financed_minor > granted.limit.available_minor:
        return (REASONS["limit_below_order"],)
    return (no_plan_reason(granted.withheld),)


def no_plan_reason(withheld: tuple[Withheld, ...]) -> Reason:
    """Why no plan can be offered, from why each is withheld."""
    only_room_is_short = any(one.why is Withholding.ROOM for one in withheld)
    return REASONS["no_plan_affordable" if only_room_is_short else "no_plan_for_order"]


def _referring(rules: tuple[RuleResult, ...], *, scored: Scored | None, strategy: Strategy) -> tuple[Reason, ...]:
    unknown = any(rule.passed is None for rule in rules) or scored is None
    between = scored is not None and strategy.refer_points_min <= scored.points < strategy.approve_points_min
    return (
        *_rule_reasons(rules, effect=Effect.REFER),
        *((REASONS["facts_missing"],) if unknown else ()),
        *((REASONS["score_between_cutoffs"],) if between else ()),
    )
