"""Connections on which the head of a request comes promptly, or which are closed."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_TIME = 5
"""Seconds that the head of a request may take to come."""


class Prompt(H11Protocol):
    """HTTP as uvicorn speaks it; uvicorn itself waits for the first line for ever."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins to wait for a request."""
        super().connection_made(transport)
        self.loop.call_later(HEAD_TIME, self._demand_request)

    def _demand_request(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()
