"""How many buckets a job takes at once: a few of a large book, so that nobody waits for long, a small one whole."""

from collections.abc import Sequence

from fenqi.stores import loan as loans
from fenqi.wiring import Installation

LANE_SIZE = 16
"""Buckets of a large book in one statement: few enough that a repayment does not wait for long."""
LARGE_BOOK = 20_000
"""Fewer loans are no more work in one statement than a lane of a large book."""


async def lanes_of(installation: Installation, lane: Sequence[int]) -> list[Sequence[int]]:
    """The buckets, in lanes that are taken one after the other."""
    async with installation.reading() as connection:
        loan_count = await loans.count_up_to(connection, lane=lane, most=LARGE_BOOK)
    size = LANE_SIZE if loan_count == LARGE_BOOK else max(len(lane), 1)
    return [lane[start : start + size] for start in range(0, len(lane), size)]
