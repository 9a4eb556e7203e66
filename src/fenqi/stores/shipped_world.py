"""The demo's world as it ships: lender, merchant, staff, phones."""

import json
from typing import Any

from fenqi.stores.shipped import PROJECT


def load_world(name: str = "world") -> dict[str, Any]:
    """Read the demo world's file."""
    read: dict[str, Any] = json.loads((PROJECT / "demo" / f"{name}.json").read_text(encoding="utf-8"))
    return read
