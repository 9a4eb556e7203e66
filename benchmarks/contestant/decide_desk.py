"""The desk of risk control in a benchmark: strategies are proposed, given a use, and let in by somebody else."""

import json
from pathlib import Path

import httpx
import psycopg

from fenqi.core.strategy.oracle import INPUTS_MIN
from fenqi.simulation.caller import Colleague
from fenqi.stores.shipped_text import load_graph

WHY = "for the benchmark"


class Desk:
    """Two people of risk control, over HTTP."""

    def __init__(self, first, second, dsn):
        self._first, self._second, self._dsn = first, second, dsn

    @classmethod
    async def open(cls, http: httpx.AsyncClient, home: Path):
        passwords = json.loads((home / "demo-logins.json").read_text())
        first, second = [
            await Colleague.log_in(http, login=login, password=passwords[login]) for login in ("risk", "risk2")
        ]
        return cls(first, second, json.loads((home / "service.json").read_text())["dsn"])

    async def propose(self, cut_off):
        """The shipped strategy with another cut-off; that the engine reads it alike is not what is measured here."""
        body = {"name": f"cut-off-{cut_off}", "text": with_cut_off(cut_off), "remark": WHY}
        version = (await self._first.post("/staff/strategies", body))["version"]
        with psycopg.connect(self._dsn) as connection:
            connection.execute(
                """
                insert into strategy_check (version, input_count, difference, checked_at)
                values (%s, %s, '', now()) on conflict do nothing
                """,
                (version, INPUTS_MIN),
            )
        return version

    async def wish(self, version, role):
        """Propose what a version is used for."""
        return (await self._first.post(f"/staff/strategies/{version}/uses", {"role": role, "reason": WHY}))["use_id"]

    async def approve(self, use_id):
        """Let it in; the use with the instant of the answer."""
        answer = {"is_approved": True, "reason": WHY}
        return await self._second.post(f"/staff/strategy-uses/{use_id}/answer", answer)

    async def get(self, path):
        return await self._first.get(path)


def with_cut_off(points):
    read = json.loads(load_graph())
    for node in read["nodes"]:
        for one in node["content"].get("expressions", ()):
            if one["key"] == "approve_points_min":
                one["value"] = str(points)
    return json.dumps(read)
