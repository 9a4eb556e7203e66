"""The server itself: one, or a cluster of them; a script at each shard, whole or not at all."""

import asyncio
from collections.abc import Mapping
from hashlib import sha1
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from valkey import asyncio as valkey
from valkey.asyncio.cluster import ValkeyCluster
from valkey.exceptions import NoScriptError, ValkeyError

from fenqi.core.refusal import Kind, Refusal

CLUSTER_SHARDS = 64
"""So many shards a cluster's nodes divide among them."""
SECONDS_MAX = 5.0
"""A server that takes longer is away; its disk may hold it up for a second or two."""
AWAY = (ValkeyError, OSError, TimeoutError)
_CLUSTER = "cluster+"


class FeatureServerForgets(Refusal):
    """The server may throw away what was counted when its memory is full, or was told of another log."""

    code: ClassVar[str] = "feature_server_forgets"
    kind: ClassVar[Kind] = Kind.CONFLICT


class Script:
    """A script, known to servers by its hash."""

    def __init__(self, name: str) -> None:
        self.text = (Path(__file__).parent / f"{name}.lua").read_text()
        self.hash = sha1(self.text.encode(), usedforsecurity=False).hexdigest()


class Server:
    """A Redis or Valkey server by its URL, or a cluster by `cluster+` and the URL of one of its nodes."""

    def __init__(self, url: str) -> None:
        self.is_cluster = url.startswith(_CLUSTER)
        plain = url.removeprefix(_CLUSTER)
        options: dict[str, Any] = {"socket_timeout": SECONDS_MAX, "socket_connect_timeout": SECONDS_MAX}
        client: Any = ValkeyCluster if self.is_cluster else valkey.Valkey
        self._client: Any = client.from_url(plain, **options)

    @property
    def shard_count(self) -> int:
        """Into how many parts everything is divided; one script touches one."""
        return CLUSTER_SHARDS if self.is_cluster else 1

    async def run(self, script: Script, asked: Mapping[str, Any]) -> dict[str, Any]:
        """A script at each of these marks, with an argument for each; what each said.

        Raises: what AWAY names.
        """
        told = await asyncio.gather(*(self._run(script, mark, argument) for mark, argument in asked.items()))
        return dict(zip(asked, told, strict=True))

    async def facts(self, mark: str, *names: str) -> list[bytes | None]:
        """Single facts of a hash."""
        return await self._client.hmget(mark, *names)

    async def require_keeps(self) -> None:
        """Refuse a server that evicts keys.

        Raises: FeatureServerForgets, and what AWAY names.
        """
        told: dict[str, Any] = await self._client.info("memory")
        nodes: list[dict[str, Any]] = [told] if "maxmemory_policy" in told else [*told.values()]
        for node in nodes:
            if (policy := node.get("maxmemory_policy", "noeviction")) != "noeviction":
                raise FeatureServerForgets(f"maxmemory-policy is {policy}", allowed="noeviction")

    async def close(self) -> None:
        """Let go of its connections."""
        await self._client.aclose()

    async def _run(self, script: Script, mark: str, argument: Any) -> Any:
        body = msgspec.msgpack.encode(argument)
        try:
            return await self._client.execute_command("EVALSHA", script.hash, 1, mark, body)
        except NoScriptError:
            return await self._client.execute_command("EVAL", script.text, 1, mark, body)
