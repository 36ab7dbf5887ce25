"""The body of a request, within a size and a time."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request

from simulator.refusal import Refused

LARGEST = 8 << 20
"""Bytes of a question with the files that it brings."""

LONGEST = 5.0
"""Seconds that a body may take to come; from this machine it comes at once."""


class NoBody(Refused):
    """The body of a request is not taken.

    Attributes:
        status: Of the answer, as HTTP numbers them.
    """

    def __init__(self, words: str, status: int):
        super().__init__(words)
        self.status = status


async def body_of(request: Request) -> bytes:
    """All of a request's body.

    Raises:
        NoBody: It is too large, comes too slowly, or ends before its end.
    """
    try:
        async with asyncio.timeout(LONGEST):
            return await _bounded(request)
    except TimeoutError:
        raise NoBody(f"the request took over {LONGEST:.0f} seconds to come", 408) from None
    except ClientDisconnect:
        raise NoBody("the request ended before its end", 400) from None


async def _bounded(request: Request) -> bytes:
    """A body that is too large is read to its end all the same: who sends it reads no answer before."""
    body, size = bytearray(), 0
    async for part in request.stream():
        size += len(part)
        if size <= LARGEST:
            body += part
    if size > LARGEST:
        large = f"the scenario and its files are over {LARGEST >> 20} MiB together"
        raise NoBody(large, 413)
    return bytes(body)
