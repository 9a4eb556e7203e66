"""The stand-in channel's postman: brings the notices that are due to the service, as a real channel would."""

from datetime import datetime

import httpx

from fenqi.gateways.payment.stand_in import StandInChannel

PATH = "/channel/notices"
_TAKEN = {200, 409}
"""Booked, or refused for good: either way the notice need not come again."""


class NoticePost:
    """Posts what the stand-in has to say to one service."""

    def __init__(self, channel: StandInChannel, *, address: str) -> None:
        self._channel = channel
        self._url = address + PATH

    async def deliver(self, *, at: datetime) -> int:
        """Post every pending notice once; how many were taken. Those that were not come again."""
        pending = await self._channel.pending_notices(url=self._url, created_at=at)
        taken = 0
        if not pending:
            return taken
        async with httpx.AsyncClient(timeout=10, trust_env=False) as http:
            for notice in pending:
                try:
                    answer = await http.post(notice.url, content=notice.body, headers=notice.headers)
                except httpx.TransportError:
                    return taken
                if answer.status_code in _TAKEN:
                    await self._channel.mark_noticed(notice.order_id)
                    taken += 1
        return taken
