"""Whether a shipped score is what it claims: its form, its ranking, and its figures measured again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from fenqi.core.decision.scorecard import Scorecard
from fenqi.learning.artefact import measure
from fenqi.learning.sample import sample_of
from fenqi.learning.taiwan import Customer

AUC_MIN = 0.75


@dataclass(frozen=True, slots=True)
class Check:
    """One claim about a score, and whether it holds."""

    claim: str
    holds: bool


def verify(artefact: Mapping[str, Any], customers: Sequence[Customer]) -> tuple[tuple[Check, ...], dict[str, Any]]:
    """Check a score's claims and measure it again on the customers that training never saw.

    Raises: ArtefactHashMismatch; ArtefactUnreadable.
    """
    card = Scorecard.from_artefact(artefact)
    sample = sample_of(customers)
    held_out = [customer.is_held_out for customer in customers]
    found = measure(card, sample.part(held_out), against=sample.part([not held for held in held_out]))
    metrics = artefact["metrics"]
    ranking = metrics["cross_validation"]["auc"]["value"]
    checks = (
        Check("every coefficient has the sign of its bins", all(part["coefficient"] > 0 for part in artefact["bins"])),
        Check("points never rise with risk", points_follow_risk(card, artefact["bins"])),
        Check("the risk said never rises with the score", all(low >= high for low, high in pairwise(card.risk.pd))),
        Check(f"the mean AUC of the folds is at least {AUC_MIN}", ranking >= AUC_MIN),
        Check("the hold-out figures are those recorded", found == metrics["hold_out"]),
    )
    return checks, found


def points_follow_risk(card: Scorecard, bins: Sequence[Mapping[str, Any]]) -> bool:
    """Whether each feature's points run against the direction in which its risk is declared to run."""
    return all(
        (low >= high) if part["risk_rises"] else (low <= high)
        for characteristic, part in zip(card.characteristics, bins, strict=True)
        for low, high in pairwise(characteristic.points)
    )
