"""The loans that every contestant plans: 3, 6, 12 or 24 instalments in any order, at 150 prices."""

import random

COUNT = 10_000
_chance = random.Random(7)
LOANS = [
    (_chance.choice((3, 6, 12, 24)), _chance.randrange(900, 2400, 10), _chance.randrange(50_000, 2_000_000))
    for _ in range(COUNT)
]
"""Instalments, yearly rate in basis points, principal in minor units."""
COMPARED = 8
"""Every contestant tells what the first ones cost."""
