"""A generated population in the shape of the Taiwan data set, for where the data is absent. Nobody in it is real."""

from collections.abc import Sequence

import numpy as np

from fenqi.learning.taiwan import Customer
from fenqi.simulation.behaviour import TRANSITIONS, State, state_of

MONTHS = 6
DEFAULT_MIN, DEFAULT_REACH = 0.02, 0.75
LIMIT_UNIT = 10_000
LIMIT_MAX = 1_000_000
HABITUAL_PAYMENT = 3_000


def generate_customers(count: int, *, seed: int) -> tuple[Customer, ...]:
    """Generate customers: one hidden strain of each drives limit, use, payments and lateness alike.

    Strain is uniform; the chance of a default in October rises with its cube. Statuses follow the chain fitted to
    the Taiwan data, limits fall and the used share rises with strain.

    Units: NT$, like the data set.
    """
    draw = np.random.default_rng(seed)
    return tuple(_customer(number, draw) for number in range(1, count + 1))


def _customer(number: int, draw: np.random.Generator) -> Customer:
    strain = float(draw.random())
    defaulted = bool(draw.random() < DEFAULT_MIN + DEFAULT_REACH * strain**3)
    limit = min(LIMIT_UNIT * max(round(float(draw.lognormal(3.2 - 1.7 * strain, 0.6))), 1), LIMIT_MAX)
    late = _lateness(defaulted, strain, draw)
    spends = bool(draw.random() > 0.1 + 0.1 * strain)
    used = float(draw.beta(0.6 + 1.8 * strain, 1.4)) if spends else 0.0
    bills = tuple(max(round(limit * used * float(draw.normal(1.0, 0.25 - 0.2 * strain))), 0) for _ in range(MONTHS))
    in_full = bool(draw.random() < 0.5 - 0.5 * strain)
    part = 1.0 if in_full else float(draw.uniform(0.02, 0.1) + 0.4 * (1 - strain) * draw.random())
    habit = HABITUAL_PAYMENT if draw.random() > strain else 0
    return Customer(
        number=number,
        limit=limit,
        statuses=tuple(_status(months, bill, in_full=in_full) for months, bill in zip(late, bills, strict=True)),
        bills=bills,
        payments=_payments(late, bills, part, habit=habit, skips=0.5 * strain**2, draw=draw),
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
    late: Sequence[int], bills: Sequence[int], part: float, *, habit: int, skips: float, draw: np.random.Generator
) -> tuple[int, ...]:
    billed_before = (bills[0], *bills[:-1])
    return tuple(
        0 if months_late or draw.random() < skips else min(max(round(bill * part), habit), bill)
        for months_late, bill in zip(late, billed_before, strict=True)
    )
