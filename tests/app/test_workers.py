"""The processes that answer: what ends too late, dies, or is too much is a line, and others are answered."""

from __future__ import annotations

import asyncio
import gc
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable

import pytest

from simulator.app.answering import answer
from simulator.app.server import workers as room
from simulator.app.server.workers import Busy, Lost, Workers, beforehand
from tests.app.test_answering import EMILY, asked

BODY = json.dumps({"text": EMILY}).encode()


def in_place_of(monkeypatch: pytest.MonkeyPatch, *command: str) -> None:
    """Processes run a command instead."""

    async def begun(_: Workers) -> Process:
        return await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)

    monkeypatch.setattr(Workers, "_process", begun)


def lived(what: Callable[[Workers], Awaitable[None]]) -> None:
    """Something happens while one process answers."""

    async def life() -> None:
        workers = Workers(1)
        await what(workers)
        await workers.close()

    asyncio.run(life())


def test_whoever_asks_while_a_process_begins_is_answered_and_one_that_dies_has_another_after_it() -> (
    None
):
    async def what(workers: Workers) -> None:
        beginning = asyncio.ensure_future(workers.begin())
        await asyncio.sleep(0)
        assert await workers.answer("open", BODY) == asked("open", EMILY)
        await beginning
        process = await workers._free.get()
        assert process is not None
        process.kill()
        await process.wait()
        workers._free.put_nowait(process)
        assert await workers.answer("open", BODY) == asked("open", EMILY)

    lived(what)


def test_what_takes_too_long_or_ends_before_it_is_done_is_a_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def too_long(workers: Workers) -> None:
        with pytest.raises(Lost, match="this took over 0 seconds; take fewer paths"):
            await workers.answer("compare", BODY)

    async def ended(workers: Workers) -> None:
        with pytest.raises(Lost, match="ended before it was done; ask again"):
            await workers.answer("compare", BODY)

    in_place_of(monkeypatch, "true")
    lived(ended)
    in_place_of(monkeypatch, "sleep", "60")
    monkeypatch.setattr(room, "LONGEST", 0.05)
    lived(too_long)


def test_what_nobody_waits_for_ends_after_a_grace_and_the_next_has_a_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def what(workers: Workers) -> None:
        question = asyncio.ensure_future(workers.answer("compare", BODY))
        await asyncio.sleep(0.01)
        question.cancel()
        with pytest.raises(asyncio.CancelledError):
            await question
        process = await asyncio.wait_for(workers._free.get(), 20)
        assert process is None, "a new one begins with the next question"
        workers._free.put_nowait(None)

    in_place_of(monkeypatch, "sleep", "60")
    monkeypatch.setattr(room, "GRACE", 0.01)
    lived(what)


def test_more_than_can_be_answered_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def what(workers: Workers) -> None:
        with pytest.raises(Busy, match="try again in a moment"):
            await workers.answer("compare", BODY)

    in_place_of(monkeypatch, "true")
    monkeypatch.setattr(room, "MOST_WAITING", 0)
    lived(what)


def test_what_is_asked_beforehand_is_answered_with_paths_too() -> None:
    replies = [answer(call, body) for call, body in beforehand()]
    assert [reply.status for reply in replies] == [200] * 4
    assert json.loads(replies[2].content)["simulator"]["paths"] == 2


def test_processes_that_nobody_needs_any_more_before_they_have_begun_are_ended() -> None:
    """As by Ctrl-C at once."""

    async def life(steps: int) -> None:
        workers = Workers(2)
        beginning = asyncio.ensure_future(workers.begin())
        for _ in range(steps):
            await asyncio.sleep(0)
        beginning.cancel()
        await asyncio.wait({beginning})
        await workers.close()

    for steps in (1, 3, 9):
        asyncio.run(life(steps))
        gc.collect()


def test_where_no_process_can_begin_the_next_question_tries_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def what(workers: Workers) -> None:
        with pytest.raises(Lost, match="ask again"):
            await workers.answer("compare", BODY)

        await workers.begin()
        with pytest.raises(Lost, match="ask again"):
            await workers.answer("compare", BODY)

    in_place_of(monkeypatch, "/no/such/program")
    lived(what)
