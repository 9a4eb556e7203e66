"""A stored decision is made again from what it was made of."""

from fenqi.core.decision.record import replay_decision
from fenqi.services.port import Ports
from fenqi.stores.decision import StoredDecision


def replay_stored_decision(ports: Ports, stored: StoredDecision) -> bytes:
    """The record that comes of deciding again; equal bytes prove that nothing else went into it.

    Raises: ReplayInputDiffers if strategy, score or catalogue have moved on since.
    """
    authority = ports.authority
    return replay_decision(
        stored.content,
        strategy=authority.strategy,
        scorecard=authority.scorecard,
        catalogue=authority.catalogue,
    )
