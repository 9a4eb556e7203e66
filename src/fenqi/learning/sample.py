"""What training sees: every customer's features and outcome, split into training, hold-out and folds."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fenqi.core.decision.features import FEATURES, features_of
from fenqi.learning.taiwan import Customer


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows of features beside their outcomes.

    Shapes: `features[name]`, `outcomes` and `numbers` have one entry a customer, in the same order.
    """

    numbers: tuple[int, ...]
    features: dict[str, tuple[int | None, ...]]
    outcomes: tuple[bool, ...]

    def part(self, keep: Sequence[bool]) -> "Sample":
        """Keep the rows that are marked."""
        places = [place for place, kept in enumerate(keep) if kept]
        return Sample(
            numbers=tuple(self.numbers[place] for place in places),
            features={name: tuple(column[place] for place in places) for name, column in self.features.items()},
            outcomes=tuple(self.outcomes[place] for place in places),
        )


def sample_of(customers: Iterable[Customer]) -> Sample:
    """Compute the features from April to June, and the outcome from July to October."""
    chosen = tuple(customers)
    rows = [features_of(customer.record) for customer in chosen]
    return Sample(
        numbers=tuple(customer.number for customer in chosen),
        features={feature.name: tuple(row[feature.name] for row in rows) for feature in FEATURES},
        outcomes=tuple(customer.is_bad for customer in chosen),
    )


def fold_of(sample: Sample, *, folds: int, seed: int) -> tuple[int, ...]:
    """Deal a sample's rows to stratified folds."""
    return deal(sample.numbers, sample.outcomes, folds=folds, seed=seed)


def deal(numbers: Sequence[int], outcomes: Sequence[bool], *, folds: int, seed: int) -> tuple[int, ...]:
    """Deal rows to stratified folds: each class in the order of SHA-256 of seed and number, dealt in turn.

    A digest, not a generator of random numbers, so that the folds are the same on every version of everything.
    """
    fold = [0] * len(numbers)
    for outcome in (False, True):
        places = [place for place, bad in enumerate(outcomes) if bad is outcome]
        for turn, place in enumerate(sorted(places, key=lambda place: _digest(seed, numbers[place]))):
            fold[place] = turn % folds
    return tuple(fold)


def _digest(seed: int, number: int) -> bytes:
    return hashlib.sha256(f"{seed}:{number}".encode("ascii")).digest()
