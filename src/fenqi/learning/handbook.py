"""The handbook's week: simulated card fraud told by the shipped features, by the protocol that its authors set.

Trained on a week, told of frauds a week late, measured on the week after that without the cards that are known to be
compromised.

Source: Le Borgne, Siblini, Lebichot, Bontempi, "Reproducible Machine Learning for Credit Card Fraud Detection", 2022,
chapters 3.3 and 5.1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenqi.core.velocity.definition import DAY_US
from fenqi.core.velocity.event import KEYS
from fenqi.core.velocity.own import SHANGHAI_US
from fenqi.core.velocity.shipped import shipped_definition
from fenqi.learning.boost.grow import Limits
from fenqi.learning.boost.train import Plan
from fenqi.velocity.replay import NOWHERE, replay_columns

PLAN = Plan(trees=150, rate=0.08, feature_share=0.5, seed=20250101, limits=Limits(leaves=12, rows_min=60, ridge=10.0))
WEEK_DAYS = 7
KNOWN_AFTER_DAYS = 7
_WINDOWS = ("1d", "7d", "30d")
FEATURES = (
    "amount_minor",
    "hour",
    "weekday",
    *(f"{by}_count_{window}" for by in ("customer", "merchant") for window in _WINDOWS),
    *(f"customer_mean_{window}" for window in _WINDOWS),
    "merchant_mean_30d",
    *(f"amount_of_customer_mean_{window}" for window in _WINDOWS),
    "amount_of_merchant_mean_30d",
    *(f"merchant_frauds_{window}" for window in _WINDOWS),
    *(f"merchant_fraud_share_{window}" for window in _WINDOWS),
)
"""Of the shipped features those of the handbook's own windows; a card is the customer, a terminal the merchant.

None is of a card's own frauds, as the cards that have some are left out.
"""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Transactions:
    """The data set by columns, in the order of time. Units: `at_us` microseconds of its own clock since 1970."""

    at_us: Ints
    customer: Ints
    terminal: Ints
    amount_minor: Ints
    is_fraud: Bools

    @property
    def day(self) -> Ints:
        """The day of each transaction, counted from 1970."""
        return self.at_us // DAY_US

    def until(self, day: int) -> "Transactions":
        """Those before a day."""
        kept = int(np.searchsorted(self.at_us, day * DAY_US))
        return Transactions(
            at_us=self.at_us[:kept],
            customer=self.customer[:kept],
            terminal=self.terminal[:kept],
            amount_minor=self.amount_minor[:kept],
            is_fraud=self.is_fraud[:kept],
        )


@dataclass(frozen=True)
class Week:
    """The rows of the protocol with their features; `folds` is −1 where a row is trained on and 0 where measured.

    Shapes: one entry a row in each.
    """

    columns: dict[str, Floats]
    outcomes: Bools
    folds: Ints

    @property
    def measured(self) -> Bools:
        """Which rows are measured."""
        return self.folds == 0


def week_of(transactions: Transactions, *, begins_day: int) -> Week:
    """Train on the week that begins on a day; measure the week after the delay. Units: days since 1970."""
    known = transactions.until(begins_day + WEEK_DAYS + KNOWN_AFTER_DAYS + WEEK_DAYS)
    features = features_of(known)
    trained = (known.day >= begins_day) & (known.day < begins_day + WEEK_DAYS)
    measured = measured_rows(known, begins_day=begins_day)
    rows = np.concatenate([np.flatnonzero(trained), np.flatnonzero(measured)])
    folds = np.concatenate([np.full(int(trained.sum()), -1), np.zeros(int(measured.sum()), dtype=np.int64)])
    return Week({name: column[rows] for name, column in features.items()}, known.is_fraud[rows], folds)


def measured_rows(transactions: Transactions, *, begins_day: int) -> Bools:
    """The measured week without the cards that had become known as compromised by each of its days."""
    day = transactions.day
    first = begins_day + WEEK_DAYS + KNOWN_AFTER_DAYS
    kept = np.zeros(len(day), dtype=np.bool_)
    for today in range(first, first + WEEK_DAYS):
        told = transactions.is_fraud & (day >= begins_day) & (day < today - KNOWN_AFTER_DAYS)
        compromised = np.unique(transactions.customer[told])
        kept |= (day == today) & ~np.isin(transactions.customer, compromised)
    return kept


def features_of(transactions: Transactions) -> dict[str, Floats]:
    """The features of each transaction over the log of all before it and of the frauds that were known by then."""
    definition = shipped_definition().needed_for(FEATURES)
    columns, attempts = log_of(transactions)
    found = replay_columns(definition, columns)
    return {name: found[name][attempts] for name in FEATURES}


def log_of(transactions: Transactions) -> tuple[dict[str, Ints], Ints]:
    """The transactions and the word of each fraud, a week later, as one log; and the place of each transaction in it.

    The hour in Shanghai is the hour of the data set's own clock.
    """
    count = len(transactions.at_us)
    frauds = np.flatnonzero(transactions.is_fraud)
    rows = np.concatenate([np.arange(count), frauds])
    at_us = transactions.at_us[rows]
    at_us[count:] += KNOWN_AFTER_DAYS * DAY_US
    order = np.argsort(at_us, kind="stable")
    sorted_rows = rows[order]
    unknown = np.full(len(rows), -1)
    columns = dict.fromkeys(KEYS, unknown) | {
        "at_us": at_us[order] - SHANGHAI_US,
        "amount_minor": transactions.amount_minor[sorted_rows],
        "customer": transactions.customer[sorted_rows],
        "merchant": transactions.terminal[sorted_rows],
        "latitude_centideg": np.full(len(rows), NOWHERE),
        "longitude_centideg": np.full(len(rows), NOWHERE),
        "confirms_fraud": (order >= count).astype(np.int64),
    }
    return columns, np.flatnonzero(order < count)
