"""What ships as files: rule packs. `rulepacks/<jurisdiction>/<duty>/<value>.yaml` is the rule `<duty>.<value>`."""

from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import yaml

from fenqi.core.refusal import Broken
from fenqi.core.rulepack.dated import DatedRule, RuleValue, Standing
from fenqi.core.rulepack.pack import RulePack

PROJECT = Path(__file__).resolve().parents[3]


@cache
def load_rulepack(jurisdiction: str = "cn") -> RulePack:
    """Read a jurisdiction's rules.

    A file has `values`, each with `from`, optionally `until`, `value`, `source` and `standing`.

    Raises: Broken if a file cannot be read as that.
    """
    folder = PROJECT / "rulepacks" / jurisdiction
    paths = sorted(folder.glob("*/*.yaml"))
    digest = sha256()
    rules: list[DatedRule] = []
    for path in paths:
        text = path.read_bytes()
        name = f"{path.parent.name}.{path.stem}"
        digest.update(f"{name}\n".encode() + text)
        rules.append(DatedRule(name, _values(name, text)))
    return RulePack(jurisdiction, rules, version=digest.hexdigest())


def _values(name: str, text: bytes) -> list[RuleValue]:
    try:
        read = cast("dict[str, Any]", yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506
        return [_value(name, one) for one in read["values"]]
    except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise Broken(f"rule {name} cannot be read: {error}") from error


def _value(name: str, one: dict[str, Any]) -> RuleValue:
    until_on = one.get("until")
    if not isinstance(one["from"], date) or not (until_on is None or isinstance(until_on, date)):
        raise ValueError("from and until are days")
    return RuleValue(
        name=name,
        value=one["value"],
        source=one["source"],
        standing=Standing(one["standing"]),
        from_on=one["from"],
        until_on=until_on,
    )
