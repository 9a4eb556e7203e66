"""What ships as files: texts put before people, `texts/<name>/<version>/<language>.<html|txt>`, and strategies."""

from functools import cache
from pathlib import Path
from typing import ClassVar

from fenqi.core.decision.strategy import Strategy, read_strategy
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.rulepack.text import Text, Texts

_PROJECT = Path(__file__).resolve().parents[3]
_MEDIA_TYPES = {".html": "text/html", ".txt": "text/plain"}


class StrategyUnknown(Refusal):
    """No strategy of this name ships."""

    code: ClassVar[str] = "strategy_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@cache
def load_texts() -> Texts:
    """Read every version of every text."""
    paths = sorted((_PROJECT / "texts").glob("*/*/*"))
    return Texts(
        Text(
            name=path.parent.parent.name,
            version=int(path.parent.name),
            language=path.stem,
            media_type=_MEDIA_TYPES[path.suffix],
            body=path.read_text(encoding="utf-8"),
        )
        for path in paths
    )


@cache
def load_strategy(name: str = "demo") -> Strategy:
    """Read a strategy that ships.

    Raises: StrategyUnknown, StrategyMalformed.
    """
    known = {path.stem: path for path in (_PROJECT / "strategies").glob("*.json") if "." not in path.stem}
    if name not in known:
        raise StrategyUnknown(f"there is no strategy {name}", allowed=", ".join(sorted(known)))
    return read_strategy(known[name].read_bytes())


@cache
def load_graph(name: str = "demo") -> bytes:
    """Read the text of a strategy that ships as a graph.

    Raises: StrategyUnknown.
    """
    known = {path.name.removesuffix(".jdm.json"): path for path in (_PROJECT / "strategies").glob("*.jdm.json")}
    if name not in known:
        raise StrategyUnknown(f"there is no strategy {name}", allowed=", ".join(sorted(known)))
    return known[name].read_bytes()
