"""The strategy that ships: kept by its version, and the champion where nobody has chosen another."""

import json
from datetime import timedelta

from fenqi.core.decision.graph_policy import read_policy
from fenqi.core.decision.line_up import Role
from fenqi.core.strategy.oracle import INPUTS_MIN
from fenqi.services.live_strategy import approved_uses, line_ups
from fenqi.services.port import Ports
from fenqi.stores import authority as authorities
from fenqi.stores import strategy as strategies
from fenqi.stores.authority import Version
from fenqi.stores.fetch import Connection
from fenqi.stores.shipped_text import load_graph
from fenqi.stores.strategy import StoredStrategy, StoredUse, StrategyCheck, UseAnswer, UseLine

PROPOSED_BY, APPROVED_BY = "shipped with the project", "operator, by installing it"
_NAME = "demo"
_IN_SHANGHAI = timedelta(hours=8)


async def install_strategy(connection: Connection, ports: Ports) -> None:
    """Keep the strategy that ships, and let it decide unless people have chosen a champion."""
    text = load_graph(_NAME)
    policy, at = read_policy(text, name=_NAME), ports.business.now()
    shipped = StoredStrategy(policy.version, _NAME, text, PROPOSED_BY, PROPOSED_BY, at)
    await strategies.hold(connection)
    if await strategies.add(connection, shipped):
        await strategies.add_check(connection, StrategyCheck(policy.version, INPUTS_MIN, "", at))
    uses = await strategies.uses(connection)
    steps = line_ups(approved_uses(uses))
    champion = steps[-1][1].champion if steps else None
    if champion is None or (champion != policy.version and _is_shipped(champion, uses)):
        await _let_decide(connection, ports, shipped)
    await ports.strategies.refresh(connection)


async def keep_authority(
    connection: Connection, ports: Ports, strategy: StoredStrategy, *, use: StoredUse, by: str
) -> None:
    """Keep a strategy that is let in among everything that decides, with the two people who stand for it."""
    row = Version(
        kind="strategy",
        name=strategy.name,
        version=strategy.version,
        effective_from=(max(use.from_at, ports.business.now()) + _IN_SHANGHAI).date(),
        proposed_by=use.proposed_by,
        approved_by=by,
        recorded_at=ports.wall.now(),
    )
    await authorities.add(connection, row, content=json.loads(strategy.content))


async def _let_decide(connection: Connection, ports: Ports, shipped: StoredStrategy) -> None:
    use = StoredUse(
        use_id=ports.new_id(),
        version=shipped.version,
        role=Role.CHAMPION,
        share_permille=0,
        salt=shipped.version[:16],
        from_at=shipped.proposed_at,
        reason=PROPOSED_BY,
        proposed_by=PROPOSED_BY,
        proposed_at=shipped.proposed_at,
    )
    await strategies.add_use(connection, use)
    answer = UseAnswer(
        use.use_id,
        is_approved=True,
        reason=APPROVED_BY,
        proposed_by=PROPOSED_BY,
        answered_by=APPROVED_BY,
        answered_at=shipped.proposed_at,
    )
    await strategies.add_answer(connection, answer)
    await keep_authority(connection, ports, shipped, use=use, by=APPROVED_BY)
    await strategies.tell(connection)


def _is_shipped(champion: str, uses: tuple[UseLine, ...]) -> bool:
    """Whether the champion came with an installation, and not by people."""
    chosen = [use for use in uses if use.version == champion and use.role == Role.CHAMPION and use.is_approved]
    return bool(chosen) and chosen[-1].answered_by == APPROVED_BY
