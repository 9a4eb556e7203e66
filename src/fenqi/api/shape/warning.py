"""What the routes about early warnings answer."""

from typing import Literal

from fenqi.api.shape.part import Page, Shape
from fenqi.api.shape.rules import AnsweredRulesShape, ProposedRules, RulesLineShape

WarningRung = Literal["reminder", "offer", "freeze_limit", "call", "person"]
WarningCause = Literal["day", "debit_failed", "order_frozen"]


class WarningLine(Shape):
    """A warning in the console's list; `rung` is the highest that it has come to."""

    warning_id: str
    customer_id: str
    opened_on: str
    points: int
    points_max: int
    rung: WarningRung | None
    last_on: str
    closed_on: str | None
    strategy_version: str
    call_due_on: str | None
    is_call_overdue: bool


class WarningsShape(Page):
    """Early warnings."""

    warnings: list[WarningLine]


class WarningReason(Shape):
    """A sign with what it brought, in both languages."""

    code: str
    value: int
    points: int
    zh: str
    en: str


class WarningEffect(Shape):
    """What a step brought: how many fewer of 1,000 failed where it was done, with its 95 % interval."""

    action: WarningRung
    done_count: int
    done_failed: int
    held_out_count: int
    held_out_failed: int
    fewer_failed_permille: int | None
    low_permille: int | None
    high_permille: int | None


class WarningStepShape(Shape):
    """A step that was come to; one that is held out was left undone so that its effect can be measured."""

    step_id: str
    action: WarningRung
    is_held_out: bool
    points: int
    cause: WarningCause
    about: str | None
    taken_on: str
    judged_at: str
    reasons: list[WarningReason]
    is_replayed_alike: bool | None
    brought: WarningEffect | None


class WarningCallShape(Shape):
    """A call about a warning with what was told of it, if it was."""

    contact_id: str
    step_id: str
    begun_by: str
    begun_at: str
    answered: Literal["borrower", "somebody_else", "wrong_number", "nobody"] | None
    said: Literal["will_pay", "needs_help", "disputes", "no_calls", "other"] | None
    pays_on: str | None
    words: str
    hardship_id: str | None
    complaint_id: str | None
    told_by: str | None
    told_at: str | None


class WarningShape(WarningLine):
    """A warning with its steps and calls, the oldest first."""

    steps: list[WarningStepShape]
    calls: list[WarningCallShape]


class BegunWarningCall(Shape):
    """A call that may be made now: what to say, and the number."""

    contact_id: str
    text: str
    mobile: str


class CustomerEvent(Shape):
    """Something that happened to a customer; `told` says more of it in a word."""

    kind: Literal[
        "loan", "contact", "hardship", "complaint", "warning", "warning_step", "warning_call", "warning_answer",
        "warning_over",
    ]  # fmt: skip
    subject_id: str
    at: str
    told: str
    by: str


class CustomerTimelineShape(Shape):
    """What happened to a customer, newest first."""

    events: list[CustomerEvent]


class WarningEffectsShape(Shape):
    """What the steps of the strategy in force have brought; failed is so many days late within so many."""

    strategy_version: str
    outcome_days: int
    outcome_days_late: int
    effects: list[WarningEffect]


class WarningTrialLine(Shape):
    """Warnings, or those that came to a rung: of those old enough, how many came true, and how long before."""

    rung: Literal["all"] | WarningRung
    count: int
    judged_count: int
    true_count: int
    precision_permille: int | None
    lead_days: int | None


class WarningTrialSide(Shape):
    """What one strategy would have come to."""

    behind_count: int
    foretold_count: int
    lines: list[WarningTrialLine]


class WarningTrialResult(Shape):
    """What a trial found, against the strategy that judged; `unseen` are signs that were not looked for so early."""

    from_on: str | None
    sign_count: int
    customer_count: int
    outcome_days: int
    outcome_days_late: int
    unseen: list[str]
    proposed: WarningTrialSide
    present: WarningTrialSide | None


class WarningTrialShape(Shape):
    """A trial of a warning strategy; `lane_count` of 256 parts are done."""

    trial_id: str
    against: str
    until_on: str
    asked_by: str
    state: Literal["waiting", "running", "done", "failed"]
    customer_count: int
    lane_count: int
    fault: str
    result: WarningTrialResult | None


class WarningRulesLine(RulesLineShape):
    """A warning strategy with its last trial and its answer."""

    trial: WarningTrialShape | None


class WarningRulesShape(Shape):
    """Every version, and which one judges."""

    in_force: str | None
    versions: list[WarningRulesLine]


class AskedWarningTrial(Shape):
    """A trial that waits to be run."""

    version: str
    trial_id: str


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/staff/warnings"): WarningsShape,
    ("GET", "/staff/warning-effects"): WarningEffectsShape,
    ("GET", "/staff/warnings/{warning_id}"): WarningShape,
    ("POST", "/staff/warnings/{warning_id}/calls"): BegunWarningCall,
    ("POST", "/staff/warnings/{warning_id}/calls/{contact_id}/answer"): WarningShape,
    ("GET", "/staff/warning-rules"): WarningRulesShape,
    ("POST", "/staff/warning-rules"): ProposedRules,
    ("POST", "/staff/warning-rules/{version}/trials"): AskedWarningTrial,
    ("POST", "/staff/warning-rules/{version}/answer"): AnsweredRulesShape,
    ("GET", "/staff/customers/{customer_id}/timeline"): CustomerTimelineShape,
}
