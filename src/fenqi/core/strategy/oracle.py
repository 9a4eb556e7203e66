"""A strategy held to the engine that defines the language: equal on every input made up, or not published."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

import zen

from fenqi.core.refusal import Kind, Refusal
from fenqi.core.strategy.columnar import compile_columnar
from fenqi.core.strategy.plan import Plan
from fenqi.core.strategy.sample import sample_of
from fenqi.core.strategy.scalar import Result, Unsettled, compile_scalar
from fenqi.core.strategy.typed import Sort

INPUTS_MIN = 100_000
AT_ONCE = 5_000
SHOWN_MAX = 3


class OracleDiffers(Refusal):
    """The compiled strategy and the reference engine do not say the same."""

    code: ClassVar[str] = "strategy_oracle_differs"
    kind: ClassVar[Kind] = Kind.RULE


@dataclass(frozen=True)
class Difference:
    """An input on which the three forms do not agree."""

    facts: Mapping[str, Any]
    scalar: Result | Unsettled
    columnar: Result | Unsettled
    reference: Any


def differences(
    plan: Plan, text: bytes, *, count: int = INPUTS_MIN, seed: int = 7, sub_texts: Mapping[str, bytes] | None = None
) -> tuple[Difference, ...]:
    """Where scalar form, columnar form and zen-engine disagree, on inputs made up for this strategy; three at most."""
    rows = sample_of(plan, count=count, seed=seed)
    scalar, columnar = compile_scalar(plan), compile_columnar(plan)
    out = columnar.run(columnar.columns(rows))
    reference = _Reference(plan, text, sub_texts or {})
    found = (
        Difference(facts, mine, table, theirs)
        for start in range(0, count, AT_ONCE)
        for at, (facts, theirs) in enumerate(reference.answers(rows[start : start + AT_ONCE]), start=start)
        for mine, table in ((scalar.run(facts), columnar.decoded(out, at)),)
        if not (mine == table == theirs)
    )
    return tuple(islice(found, SHOWN_MAX))


def require_equal(
    plan: Plan, text: bytes, *, count: int = INPUTS_MIN, sub_texts: Mapping[str, bytes] | None = None
) -> None:
    """Hold a strategy to the reference engine.

    Raises: OracleDiffers with the first input.
    """
    for one in differences(plan, text, count=count, sub_texts=sub_texts):
        said = f"{one.scalar}, over columns {one.columnar}, by zen-engine {one.reference}"
        raise OracleDiffers(
            f"on {json.dumps(dict(one.facts))}: {said}", allowed="a strategy that every engine reads alike"
        )


class _Reference:
    """zen-engine with the graph loaded once; schemas are left to our own proof, which is stricter."""

    def __init__(self, plan: Plan, text: bytes, sub_texts: Mapping[str, bytes]) -> None:
        graphs = {"": _bare(text)} | {key: _bare(sub) for key, sub in sub_texts.items()}
        self._engine = zen.ZenEngine({"loader": {"type": "static", "content": graphs}})
        self._outputs = plan.graph.outputs

    def answers(self, rows: Sequence[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], Any]]:
        said = self._engine.evaluate_batch([{"key": "", "context": dict(row)} for row in rows])
        return [(row, self._read(one)) for row, one in zip(rows, said, strict=True)]

    def _read(self, said: Mapping[str, Any]) -> Any:
        if not said["success"]:
            return said.get("error")
        result = said["data"]["result"]
        return {
            field.name: (
                [next(iter(item.values())) for item in result.get(field.name) or ()]
                if field.type.sort is Sort.LIST
                else result.get(field.name)
            )
            for field in self._outputs
        }


def _bare(text: bytes) -> dict[str, Any]:
    graph = json.loads(text)
    ends = {"inputNode", "outputNode"}
    nodes: list[dict[str, Any]] = [{**node, "content": {}} if node["type"] in ends else node for node in graph["nodes"]]
    return {"nodes": nodes, "edges": graph["edges"]}
