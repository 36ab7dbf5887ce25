"""Where the answers are worked out: processes beside the server, which stays free for others meanwhile.

A question that nobody waits for any more is given up: before it begins at once, later by ending its process.
"""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import struct
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from simulator.app.answering import Reply, answer
from simulator.app.start import archetypes
from simulator.paths.engine import counted_anew
from simulator.refusal import Refused

LONGEST = 120.0
"""Seconds that an answer may take."""

GRACE = 2.0
"""Seconds that a process goes on with what nobody waits for: most answers take less, a new process more."""

MOST_WAITING = 200
"""Questions that wait for a process."""

ALONE = {"OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1", "PYDANTIC_DISABLE_PLUGINS": "1"}
"""The environment of a process that has one processor to itself."""

FEW = "lognormal, paths: 2"
"""Returns that need what many paths need, at once."""

SIZE = struct.Struct(">Q")


class Busy(Refused):
    """More is asked than can be answered."""


class Lost(Refused):
    """An answer took too long, or its process ended."""


class Workers:
    """Processes that answer, each one question at a time.

    Args:
        count: How many.
        folder: The folder whose files a scenario may read, if any.
    """

    def __init__(self, count: int, folder: Path | None = None) -> None:
        self._folder = folder
        self._free: asyncio.Queue[Process | None] = asyncio.Queue()
        self._waiting = 0
        self._at_work: set[asyncio.Future[Reply]] = set()
        for _ in range(count):
            self._free.put_nowait(None)  # a process begins when it is first needed

    async def begin(self) -> None:
        """Starts every process, and asks it what makes the answers after it prompt."""
        idle = [self._free.get_nowait() for _ in range(self._free.qsize())]
        async with asyncio.TaskGroup() as together:
            for process in idle:
                together.create_task(self._prepared(process))

    async def _prepared(self, process: Process | None) -> None:
        with suppress(OSError, EOFError):  # it is tried again with the first question
            async with self._lent(process) as lent:
                for call, body in beforehand():
                    if self._waiting:
                        return
                    await _exchanged(lent, (call, body, None))

    async def answer(self, call: str, body: bytes) -> Reply:
        """What a question is answered with, as `answering.answer` has it.

        Raises:
            Busy: Too many questions wait already.
            Lost: The answer took too long, or its process ended.
        """
        if self._waiting >= MOST_WAITING:
            raise Busy("the program is busy with many questions; try again in a moment")
        self._waiting += 1
        try:
            process = await self._free.get()
        finally:
            self._waiting -= 1
        work = asyncio.ensure_future(self._work(process, call, body))
        self._at_work.add(work)
        work.add_done_callback(self._at_work.discard)
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            asyncio.get_running_loop().call_later(GRACE, work.cancel)
            raise

    async def _work(self, process: Process | None, call: str, body: bytes) -> Reply:
        try:
            async with self._lent(process) as lent:
                return await _exchanged(lent, (call, body, self._folder))
        except TimeoutError:
            hint = "take fewer paths, or mbdr batch, which works through them in pieces"
            raise Lost(f"this took over {LONGEST:.0f} seconds; {hint}") from None
        except (OSError, EOFError):
            raise Lost("the work on this answer ended before it was done; ask again") from None

    @asynccontextmanager
    async def _lent(self, process: Process | None) -> AsyncIterator[Process]:
        """A process to ask, which is free for others afterwards, or another one in its place."""
        kept: Process | None = None
        try:
            if process is None or process.returncode is not None:
                process = await self._process()
            yield process
            kept = process
        finally:
            if kept is None and process is not None:
                await _end(process)
            self._free.put_nowait(kept)

    async def _process(self) -> Process:
        # its group is its own, so that Ctrl-C reaches the server alone
        made = asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", f"from {__name__} import serve; serve()"),
            stdin=PIPE,
            stdout=PIPE,
            env=os.environ | ALONE | {"PYTHONPATH": os.pathsep.join(map(str, sys.path))},
            process_group=0,
        )
        begun = asyncio.ensure_future(made)
        try:
            return await asyncio.shield(begun)
        except asyncio.CancelledError:  # it is there all the same
            await _end(await begun)
            raise

    async def close(self) -> None:
        """Ends every process, whatever it works at."""
        for work in self._at_work:
            work.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)
        while not self._free.empty():
            if (process := self._free.get_nowait()) is not None:
                await _end(process)


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()


async def _exchanged(process: Process, question: tuple[str, bytes, Path | None]) -> Reply:
    """Sends a question to a process, and waits for its reply."""
    assert process.stdin is not None
    assert process.stdout is not None
    told = pickle.dumps(question)
    async with asyncio.timeout(LONGEST):
        process.stdin.write(SIZE.pack(len(told)) + told)
        await process.stdin.drain()
        (size,) = SIZE.unpack(await process.stdout.readexactly(SIZE.size))
        return Reply(*pickle.loads(await process.stdout.readexactly(size)))


def serve() -> None:
    """What a process does: questions come on its standard input, answers go to its standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    answered(sys.stdin.buffer, answers)


def answered(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answers one question after the other, until there are no more."""
    while size := questions.read(SIZE.size):
        call, body, folder = pickle.loads(questions.read(*SIZE.unpack(size)))
        counted_anew()
        told = pickle.dumps(tuple(answer(call, body, folder)))
        answers.write(SIZE.pack(len(told)) + told)
        answers.flush()


def beforehand() -> Iterator[tuple[str, bytes]]:
    """What a process is asked first: so it has all that answers need before a user waits for one."""
    even = next(archetypes())["text"]
    for text in (even, even.replace("constant", FEW)):
        for call in ("compare", "beside"):
            yield call, json.dumps({"text": text}).encode()
