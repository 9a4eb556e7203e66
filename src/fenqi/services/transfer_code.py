"""The code by which a bank transfer is known as a customer's."""

import re
from hashlib import sha256
from uuid import UUID

from fenqi.core.ledger.account import bucket_of
from fenqi.stores import customer as customers
from fenqi.stores.fetch import Connection

_KIND = "transfer_code"
_CODE = re.compile(r"FQ\d{10}")
_TRIES = 5


async def transfer_code(connection: Connection, *, customer_id: UUID) -> str:
    """A customer's code, to be written in the remark of a transfer; claimed when it is first asked for.

    Raises: LookupError if others have every code that could be theirs, which nobody will see.
    """
    for turn in range(_TRIES):
        code = f"FQ{int.from_bytes(sha256(customer_id.bytes + bytes((turn,))).digest()[:8]) % 10**10:010}"
        b, value = bucket_of(code), code.encode()
        await customers.claim(
            connection, b=b, kind=_KIND, value=value, owner_b=bucket_of(customer_id), owner=customer_id
        )
        owner = await customers.owner(connection, b=b, kind=_KIND, value=value)
        if owner is not None and owner.owner == customer_id:
            return code
    raise LookupError(f"no code is left for customer {customer_id}")


async def customer_of_remark(connection: Connection, remark: str) -> UUID | None:
    """Whose code stands in a remark; nobody if there is none, or more than one."""
    codes = set(_CODE.findall(remark.upper()))
    if len(codes) != 1:
        return None
    code = codes.pop()
    owner = await customers.owner(connection, b=bucket_of(code), kind=_KIND, value=code.encode())
    return None if owner is None else owner.owner
