"""The rule packs that ship as files: rulepacks/<jurisdiction>/<duty>/<value>.yaml."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import yaml

from fenqi.core.refusal import Broken
from fenqi.core.rulepack.dated import RuleValue, Standing
from fenqi.core.rulepack.pack import RulePack

PROJECT = Path(__file__).resolve().parents[3]

_REQUIRED = {"from", "value", "source", "standing"}
_OPTIONAL = {"until", "lender_type", "fact", "note"}


@cache
def load_rulepack(jurisdiction: str = "cn", *, duty: str = "*") -> RulePack:
    """Read a jurisdiction's rule pack, or one duty of it.

    A file is a list of `values`, each with from, value, source, standing and, as need be, until, lender_type, fact
    (its number in the list of rules of law) and note. Its first comment says what it is.

    Raises: Broken if there is none, or a file is not of this form.
    """
    folder = PROJECT / "rulepacks" / jurisdiction
    files = sorted(folder.glob(f"{duty}/*.yaml"))
    if not files:
        raise Broken(f"there is no rule pack in {folder}")
    texts = {f"{file.parent.name}.{file.stem}": file.read_bytes() for file in files}
    return RulePack(
        (value for name, text in texts.items() for value in _values_in(name, text)),
        jurisdiction=jurisdiction,
        version=sha256(b"".join(name.encode() + b"\n" + text for name, text in texts.items())).hexdigest(),
    )


def _values_in(name: str, text: bytes) -> Iterator[RuleValue]:
    content = yaml.load(text, Loader=_ExactLoader)  # noqa: S506
    if not isinstance(content, dict) or "values" not in content:
        raise Broken(f"{name} has no list of `values`")
    for entry in cast("dict[str, list[dict[str, Any]]]", content)["values"]:
        if not _REQUIRED <= entry.keys() <= _REQUIRED | _OPTIONAL:
            raise Broken(f"{name}: {sorted(entry)} instead of {sorted(_REQUIRED)}, perhaps {sorted(_OPTIONAL)}")
        yield _value(name, entry)


def _value(name: str, entry: dict[str, Any]) -> RuleValue:
    if not isinstance(entry["from"], date) or not entry["source"]:
        raise Broken(f"{name}: every value has a day from which it holds, and a source")
    try:
        standing = Standing(entry["standing"])
    except ValueError as unknown:
        raise Broken(f"{name}: {unknown}") from unknown
    return RuleValue(
        name=name,
        value=_frozen(entry["value"]),
        source=entry["source"],
        standing=standing,
        from_on=entry["from"],
        until_on=entry.get("until"),
        lender_type=entry.get("lender_type", ""),
        fact=entry.get("fact", ""),
        note=entry.get("note", ""),
    )


def _frozen(value: object) -> object:
    if isinstance(value, list):
        return tuple(_frozen(each) for each in cast("list[object]", value))
    if isinstance(value, dict):
        return {key: _frozen(each) for key, each in cast("dict[str, object]", value).items()}
    return value


class _ExactLoader(yaml.CSafeLoader):
    """Reads a decimal as it is written: binary fractions never come near the law."""


def _decimal(loader: Any, node: Any) -> Decimal:
    return Decimal(loader.construct_scalar(node))


_ExactLoader.add_constructor("tag:yaml.org,2002:float", _decimal)
