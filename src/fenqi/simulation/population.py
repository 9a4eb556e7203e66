"""A generated population in the shape of the Taiwan data set, for where the data is absent. Nobody in it is real."""

from collections.abc import Sequence

import numpy as np

from fenqi.learning.taiwan import Customer
from fenqi.simulation.behaviour import TRANSITIONS, State, state_of

MONTHS = 6
BAD_SHARE_MIN, BAD_SHARE_REACH = 0.02, 0.62
LIMIT_UNIT = 10_000
LIMIT_MAX = 1_000_000


def generate_customers(count: int, *, seed: int) -> tuple[Customer, ...]:
    """Generate customers: one hidden strain of each drives limit, use, payments and lateness alike.

    Strain is uniform; the chance of a default in October rises with its square. Statuses follow the chain fitted to
    the Taiwan data, limits fall and the used share rises with strain.

    Units: NT$, like the data set.
    """
    draw = np.random.default_rng(seed)
    return tuple(_customer(number, draw) for number in range(1, count + 1))


def _customer(number: int, draw: np.random.Generator) -> Customer:
    strain = float(draw.random())
    defaulted = bool(draw.random() < BAD_SHARE_MIN + BAD_SHARE_REACH * strain**2)
    limit = min(LIMIT_UNIT * max(round(float(draw.lognormal(3.2 - 1.7 * strain, 0.6))), 1), LIMIT_MAX)
    late = _lateness(defaulted, strain, draw)
    spends = bool(draw.random() > 0.15 + 0.25 * strain)
    used = min(float(draw.beta(0.6 + 1.8 * strain, 1.4)), 1.0) if spends else 0.0
    bills = tuple(max(round(limit * used * float(draw.normal(1.0, 0.12))), 0) for _ in range(MONTHS))
    in_full = bool(draw.random() < 0.6 - 0.5 * strain)
    return Customer(
        number=number,
        limit=limit,
        statuses=tuple(_status(months, bill, in_full=in_full) for months, bill in zip(late, bills, strict=True)),
        bills=bills,
        payments=_payments(late, bills, draw, in_full=in_full),
        defaulted_in_october=defaulted,
    )


def _lateness(defaulted: bool, strain: float, draw: np.random.Generator) -> tuple[int, ...]:
    state = State.LATE if draw.random() < 0.3 * strain**2 else State.PAID
    states = [state]
    while len(states) < MONTHS:
        counts = np.asarray(TRANSITIONS[defaulted][state_of(states[-1])], dtype=np.float64)
        states.append((State.PAID, State.LATE, State.LONG_LATE)[int(draw.choice(3, p=counts / counts.sum()))])
    return tuple(int(state) for state in states)


def _status(months_late: int, bill: int, *, in_full: bool) -> int:
    if months_late:
        return months_late
    if not bill:
        return -2
    return -1 if in_full else 0


def _payments(
    late: Sequence[int], bills: Sequence[int], draw: np.random.Generator, *, in_full: bool
) -> tuple[int, ...]:
    billed_before = (bills[0], *bills[:-1])
    shares = (1.0 if in_full else float(draw.uniform(0.03, 0.15)) for _ in range(MONTHS))
    return tuple(
        0 if months_late else round(bill * share)
        for months_late, bill, share in zip(late, billed_before, shares, strict=True)
    )
