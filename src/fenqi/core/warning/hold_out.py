"""Who is left alone so that the effect of a step can be measured: drawn once, by nobody's will, the same for ever."""

import hashlib
from uuid import UUID

from fenqi.core.warning.strategy import PERMILLE, Step


def is_held_out(customer_id: UUID, *, strategy_version: str, step: Step) -> bool:
    """Whether a customer is in the hold-out of a step: SHA-256 of customer, version and action, modulo 1,000.

    Each step draws anew. Whoever comes to a step has come to it before it draws, so that those it touches and those it
    leaves alone differ by nothing else.
    """
    digest = hashlib.sha256(customer_id.bytes + f"{strategy_version}:{step.action}".encode("ascii")).digest()
    return int.from_bytes(digest[:8], "big") % PERMILLE < step.hold_out_permille
