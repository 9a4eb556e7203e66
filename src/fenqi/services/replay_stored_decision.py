"""A stored decision is made again from what it was made of, in the versions of its day."""

from dataclasses import dataclass

import msgspec

from fenqi.core.decision.graph_policy import GraphStrategy
from fenqi.core.decision.record import Versions, replay_decision, versions_of_record
from fenqi.core.decision.scorecard import Scorecard
from fenqi.core.decision.screening_strategy import ScreeningStrategy
from fenqi.core.decision.strategy import Strategy
from fenqi.core.product.catalogue import Catalogue, catalogue_from_record
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.live_strategy import compiled_strategy
from fenqi.services.port import Ports
from fenqi.stores import authority as authorities
from fenqi.stores.decision import StoredDecision
from fenqi.stores.fetch import Connection


class VersionNotKept(Refusal):
    """What the decision was made with was never recorded in this database."""

    code = "version_not_kept"
    kind = Kind.CONFLICT


@dataclass(frozen=True)
class DecidedWith:
    """Everything besides the facts that a decision follows from."""

    strategy: Strategy | GraphStrategy
    scorecard: Scorecard
    catalogue: Catalogue
    screening: ScreeningStrategy | None


async def replay_stored_decision(connection: Connection, ports: Ports, stored: StoredDecision) -> bytes:
    """The record that comes of deciding again; equal bytes prove that nothing else went into it.

    Raises: VersionNotKept.
    """
    made_with = await decided_with(connection, ports, versions_of_record(stored.content))
    return replay_decision(
        stored.content,
        strategy=made_with.strategy,
        scorecard=made_with.scorecard,
        catalogue=made_with.catalogue,
        screening=made_with.screening,
    )


async def decided_with(connection: Connection, ports: Ports, versions: Versions) -> DecidedWith:
    """Strategy, score, catalogue and screening in the versions that a decision names, whatever ships today.

    Raises: VersionNotKept.
    """
    return DecidedWith(
        strategy=await _strategy(connection, ports, versions),
        scorecard=await kept_scorecard(connection, ports, version=versions.scorecard),
        catalogue=await kept_catalogue(connection, ports, version=versions.catalogue),
        screening=await _screening(connection, ports, version=versions.screening),
    )


async def kept_scorecard(connection: Connection, ports: Ports, *, version: str) -> Scorecard:
    """A score in one of its versions.

    Raises: VersionNotKept.
    """
    if version == ports.authority.scorecard.version:
        return ports.authority.scorecard
    return msgspec.convert(await _content(connection, "scorecard", version), Scorecard)


async def kept_catalogue(connection: Connection, ports: Ports, *, version: str) -> Catalogue:
    """The catalogue in one of its versions.

    Raises: VersionNotKept.
    """
    if version == ports.authority.catalogue.version:
        return ports.authority.catalogue
    return catalogue_from_record(await _content(connection, "catalogue", version))


async def _screening(connection: Connection, ports: Ports, *, version: str | None) -> ScreeningStrategy | None:
    if version is None or version == ports.authority.screening.version:
        return None if version is None else ports.authority.screening
    return msgspec.convert(await _content(connection, "strategy", version), ScreeningStrategy)


async def _strategy(connection: Connection, ports: Ports, versions: Versions) -> Strategy | GraphStrategy:
    if versions.is_list:
        return msgspec.convert(await _content(connection, "strategy", versions.strategy), Strategy)
    known = ports.strategies.live.compiled.get(versions.strategy)
    found = known or await compiled_strategy(connection, version=versions.strategy)
    if found is None:
        raise _not_kept("strategy", versions.strategy)
    return found


async def _content(connection: Connection, kind: str, version: str) -> dict[str, object]:
    found = await authorities.content(connection, kind=kind, version=version)
    if found is None:
        raise _not_kept(kind, version)
    return found


def _not_kept(kind: str, version: str) -> VersionNotKept:
    return VersionNotKept(f"{kind} {version} is not kept here", allowed="a decision of this installation")
