"""A decision by a graph: facts in, and out of them score, rules, limit, offers and reasons, the same every time."""

from dataclasses import dataclass, replace
from datetime import datetime

from fenqi.core.customer.affordability import affordability_of
from fenqi.core.decision.counterfactual import ScoreChange, changes_to_reach
from fenqi.core.decision.facts import Facts, credit_record_of
from fenqi.core.decision.features import features_of
from fenqi.core.decision.graph_policy import UNSETTLED, GraphStrategy, Judged, evaluate
from fenqi.core.decision.law import DecisionLaw
from fenqi.core.decision.line_up import Role
from fenqi.core.decision.moved_line import with_moved_line
from fenqi.core.decision.outcome import (
    Credit,
    Decision,
    Graphed,
    Outcome,
    low_score_reasons,
    no_plan_reason,
    price_application,
)
from fenqi.core.decision.pricing import Offer, Withheld
from fenqi.core.decision.qualification import TIES_LATE, Layer, LayerVerdict, Qualified, layers_said, qualify
from fenqi.core.decision.reason import REASONS, Reason
from fenqi.core.decision.rules import DEBT_BURDEN_MAX, EXPOSURE_MAX, check_law
from fenqi.core.decision.scorecard import Scorecard, Scored
from fenqi.core.decision.screening import Screening
from fenqi.core.decision.screening_strategy import ScreeningAction
from fenqi.core.product.catalogue import Catalogue

PERSON_AWAITED = "person_awaited"
"""The fact that a person was asked for or people froze the order; nobody states it of any other."""
_AMOUNT = REASONS["limit_below_order"]
_HALTED = REASONS["decisions_halted"]
_ALSO_SAID = {"debt_burden_within_cap": "debt_burden"}
"""A rule asked beside the strategy, and the strategy's own that says the same to a borrower."""


@dataclass(frozen=True)
class _Priced:
    """What may be offered; `reasons` are why nothing can be, although something might."""

    offers: tuple[Offer, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    reasons: tuple[Reason, ...] = ()


def decide_by_graph(
    facts: Facts,
    *,
    strategy: GraphStrategy,
    scorecard: Scorecard,
    law: DecisionLaw,
    catalogue: Catalogue,
    decided_at: datetime,
    role: Role = Role.CHAMPION,
    is_halted: bool = False,
    screening: Screening | None = None,
    is_layered: bool = True,
) -> Decision:
    """Decide on one application as a graph says, within the law whatever it says.

    Plans are priced only while the application may still come to something. Nothing can be offered to who would be
    approved: that declines, with the reason. A graph that contradicts itself or the law's limit refers. While
    deciding is halted everything is referred, and priced for the person who decides. What the screening stopped is
    declined, or left to people, whatever its credit is worth; where a person is awaited, all is left to them.
    """
    record = credit_record_of(facts)
    features = features_of(record)
    scored = None if record is None else scorecard.score(features)
    graphed = evaluate(strategy, facts, law=law, points=scored.points if scored else None)
    judged = with_moved_line(_lawful(graphed, facts, law=law), facts)
    declined = _declined(judged, scored, scorecard=scorecard)
    priced = _Priced() if declined and not is_halted else _priced(judged, facts, law=law, catalogue=catalogue)
    concluded = _concluded(judged, (*declined, *priced.reasons), offered=bool(priced.offers), is_halted=is_halted)
    layers = qualify(
        facts,
        rules=judged.rules,
        declined=(*judged.declined, *priced.reasons),
        referred=judged.referred,
        score_reasons=_score_reasons(judged, scored, scorecard=scorecard),
        screening=screening,
    )
    credit = _left_to_person(_with_ties(concluded, layers), facts)
    said = _left_to_person(_screened(credit, screening), facts)
    return Decision(
        decided_at=decided_at,
        facts=facts,
        law=law,
        strategy=Graphed(name=strategy.name, version=strategy.version, role=role, is_halted=is_halted),
        scorecard_version=scorecard.version,
        catalogue_version=catalogue.version,
        features=features,
        rules=judged.rules,
        scored=scored,
        affordability=judged.affordability,
        limit=judged.limit,
        offers=priced.offers,
        withheld=priced.withheld,
        outcome=said.outcome,
        reasons=said.reasons,
        score_changes=_score_changes(judged, scored, scorecard=scorecard),
        screening=screening,
        credit=None if said is credit else credit,
        layers=layers if is_layered else None,
    )


def _with_ties(credit: Credit, layers: tuple[Qualified, ...]) -> Credit:
    """Ties never do more than to have a person look."""
    if credit.outcome is Outcome.APPROVE and Layer.NETWORK in layers_said(layers, verdict=LayerVerdict.MORE_NEEDED):
        return Credit(outcome=Outcome.REFER, reasons=(TIES_LATE,))
    return credit


def _left_to_person(credit: Credit, facts: Facts) -> Credit:
    """Where a person has to answer, a decline is theirs to say; why it would be one stays. PIPL art. 24."""
    if credit.outcome is Outcome.DECLINE and facts.get(PERSON_AWAITED) is True:
        return Credit(outcome=Outcome.REFER, reasons=credit.reasons)
    return credit


def _screened(credit: Credit, screening: Screening | None) -> Credit:
    """What comes of both: an order that is declined anyway need not be frozen."""
    if screening is None or credit.outcome is Outcome.DECLINE:
        return credit
    if screening.action is ScreeningAction.DECLINE:
        return Credit(outcome=Outcome.DECLINE, reasons=screening.reasons)
    if screening.action is ScreeningAction.FREEZE:
        return Credit(outcome=Outcome.REFER, reasons=screening.shown_reasons)
    return credit


def _lawful(judged: Judged, facts: Facts, *, law: DecisionLaw) -> Judged:
    """The law's rules are asked once more, beside the graph: it cannot answer them otherwise, nor lend beyond them."""
    asked = check_law(facts, law=law.thresholds, on=law.on)
    own = [rule for rule in judged.rules if not rule.law]
    told = {_ALSO_SAID[rule.code] for rule in asked if rule.code in _ALSO_SAID} & {
        each.code for each in judged.declined
    }
    failed = tuple(
        REASONS[rule.code] for rule in asked if rule.passed is False and _ALSO_SAID.get(rule.code) not in told
    )
    said = tuple(reason for reason in judged.declined if reason not in failed)
    unknown = any(rule.passed is None for rule in asked)
    beyond = _lends_beyond(judged, law)
    unsettled = (unknown or beyond) and UNSETTLED not in judged.referred
    return replace(
        judged,
        rules=(*asked, *own),
        declined=(*failed, *said),
        referred=(*judged.referred, UNSETTLED) if unsettled else judged.referred,
        limit=None if beyond else judged.limit,
    )


def _lends_beyond(judged: Judged, law: DecisionLaw) -> bool:
    """Whether a graph would lend more than the law lets one person owe, or their income bear."""
    if judged.limit is not None and judged.limit.granted_minor > law.number(EXPOSURE_MAX):
        return True
    room = judged.affordability
    if room is None or DEBT_BURDEN_MAX not in law.thresholds:
        return False
    borne = affordability_of(
        monthly_income_minor=room.monthly_income_minor,
        monthly_debt_service_minor=room.monthly_debt_service_minor,
        debt_service_percent_max=law.number(DEBT_BURDEN_MAX),
    )
    return room.room_minor > borne.room_minor


def _declined(judged: Judged, scored: Scored | None, *, scorecard: Scorecard) -> tuple[Reason, ...]:
    """Rules first, then what the score lost most points by, then the amount."""
    by_score = _score_reasons(judged, scored, scorecard=scorecard)
    rules = tuple(reason for reason in judged.declined if reason != _AMOUNT)
    return (*rules, *by_score, *((_AMOUNT,) if _AMOUNT in judged.declined else ()))


def _score_changes(judged: Judged, scored: Scored | None, *, scorecard: Scorecard) -> tuple[ScoreChange, ...]:
    if scored is None or judged.approve_points_min is None:
        return ()
    return changes_to_reach(judged.approve_points_min, scored=scored, scorecard=scorecard)


def _score_reasons(judged: Judged, scored: Scored | None, *, scorecard: Scorecard) -> tuple[Reason, ...]:
    return low_score_reasons(scored, scorecard=scorecard) if judged.is_score_low and scored else ()


def _priced(judged: Judged, facts: Facts, *, law: DecisionLaw, catalogue: Catalogue) -> _Priced:
    limit, room, band = judged.limit, judged.affordability, judged.band
    if limit is None or room is None or band is None:
        return _Priced()
    financed_minor = (facts.number("order_minor") or 0) - (facts.number("down_payment_minor") or 0)
    if not 0 < financed_minor <= limit.available_minor:
        return _Priced()
    offers, withheld = price_application(facts, law=law, catalogue=catalogue, band=band, room_minor=room.room_minor)
    return _Priced(offers, withheld, () if offers else (no_plan_reason(withheld),))


def _concluded(judged: Judged, declined: tuple[Reason, ...], *, offered: bool, is_halted: bool) -> Credit:
    """The strictest of what the graph says, never an approval without an offer, and no decline without a reason."""
    if is_halted:
        return Credit(outcome=Outcome.REFER, reasons=(_HALTED,))
    if declined:
        return Credit(outcome=Outcome.DECLINE, reasons=declined)
    if judged.referred:
        return Credit(outcome=Outcome.REFER, reasons=judged.referred)
    if judged.outcome is Outcome.APPROVE and offered:
        return Credit(outcome=Outcome.APPROVE, reasons=(REASONS["approved"],))
    return Credit(outcome=Outcome.REFER, reasons=(UNSETTLED,))
