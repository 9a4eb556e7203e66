"""The loop that holds proposed strategies to the reference engine: half a minute of computing, beside the service."""

import json

from fenqi.core.strategy.graph import read_graph
from fenqi.core.strategy.oracle import INPUTS_MIN, differences
from fenqi.core.strategy.plan import plan_of
from fenqi.stores import strategy as strategies
from fenqi.stores.strategy import StrategyCheck
from fenqi.wiring import Installation
from fenqi.workers.apart import done_apart, process_apart


async def check_proposed(installation: Installation, *, inputs: int = INPUTS_MIN) -> int:
    """Check the version that has waited longest; how many there were."""
    async with installation.reading() as connection:
        waiting = await strategies.unchecked(connection)
    if waiting is None:
        return 0
    async with process_apart() as executor:
        difference = await done_apart(executor, first_difference, waiting.content, inputs)
    check = StrategyCheck(waiting.version, inputs, difference, installation.ports.business.now())
    async with installation.transaction() as connection:
        await strategies.add_check(connection, check)
    return 1


def first_difference(text: bytes, inputs: int) -> str:
    """The first input on which the compiled strategy and the engine differ, and what each says; empty if none does."""
    for one in differences(plan_of(read_graph(text)), text, count=inputs):
        said = f"{one.scalar}, over columns {one.columnar}, by zen-engine {one.reference}"
        return f"on {json.dumps(dict(one.facts))}: {said}"
    return ""
