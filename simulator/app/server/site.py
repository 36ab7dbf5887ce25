"""What the server answers: the files of the page, and the questions that the page asks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.app.answering import CALLS, Reply
from simulator.app.pages import FIRST, KINDS, page_files
from simulator.app.server import folder as folders
from simulator.app.server.bodies import NoBody, body_of
from simulator.app.server.workers import Busy, Lost, Workers
from simulator.app.start import start
from simulator.refusal import Refused


class Site:
    """The page and its questions, for one run of the app.

    Args:
        workers: Who answers.
        folder: The folder to list scenarios of and to save them in, if any.
        first: The scenario that the page shows first, if any.
    """

    def __init__(
        self, workers: Workers, folder: Path | None = None, first: Mapping[str, Any] | None = None
    ) -> None:
        self._workers = workers
        self._folder = folder
        self._files = page_files()
        beginning = {**start(), "folder": folder.name if folder else None, "first": first}
        self._start = json.dumps(beginning).encode()

    def application(self) -> Starlette:
        """The routes, and the workers that live as long as the server."""
        routes = [
            Route("/", self._page),
            Route("/start.json", self._begin),
            Route("/ask/{call}", self._ask, methods=["POST"]),
            Route("/folder", self._list),
            Route("/folder/{name:path}", self._read),
            Route("/folder/{name:path}", self._save, methods=["PUT"]),
            Route("/{name}", self._page),
        ]
        told = {NoBody: _of_body, Busy: _told(503), Lost: _told(504), Refused: _told(422)}
        return Starlette(routes=routes, lifespan=self._life, exception_handlers=dict(told))

    @asynccontextmanager
    async def _life(self, _: Starlette) -> AsyncIterator[None]:
        beginning = asyncio.create_task(self._workers.begin())
        yield
        beginning.cancel()
        await asyncio.wait({beginning})
        await self._workers.close()

    async def _page(self, request: Request) -> Response:
        name = request.path_params.get("name", FIRST)
        if name not in self._files:
            return Response(status_code=404)
        return Response(self._files[name], media_type=KINDS[Path(name).suffix])

    async def _begin(self, _: Request) -> Response:
        return Response(self._start, media_type="application/json")

    async def _ask(self, request: Request) -> Response:
        call = request.path_params["call"]
        if call not in CALLS:
            return Response(status_code=404)
        body = await body_of(request)
        reply = await _while_waited_for(request, self._workers.answer(call, body))
        named = {"X-File-Name": quote(reply.name)} if reply.name else {}
        return Response(reply.content, reply.status, headers=named, media_type=reply.kind)

    async def _list(self, _: Request) -> Response:
        folder = self._demanded()
        return JSONResponse({"files": await run_in_threadpool(folders.listed, folder)})

    async def _read(self, request: Request) -> Response:
        folder, name = self._demanded(), request.path_params["name"]
        read = await run_in_threadpool(folders.read, folder, name)
        return Response(read, media_type="text/plain; charset=utf-8")

    async def _save(self, request: Request) -> Response:
        folder, name = self._demanded(), request.path_params["name"]
        text = await body_of(request)
        over = request.query_params.get("over") == "yes"
        await run_in_threadpool(folders.save, folder, name, text, over)
        return JSONResponse({"saved": name})

    def _demanded(self) -> Path:
        if self._folder is None:
            raise folders.NoFile("the app was started without a folder: mbdr app --folder DIR")
        return self._folder


async def _while_waited_for(request: Request, work: Coroutine[Any, Any, Reply]) -> Reply:
    """An answer, as long as the one who asked waits for it."""
    answer = asyncio.create_task(work)
    gone = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            raise NoBody("nobody waits for this answer", 499)
        return answer.result()
    finally:
        answer.cancel()
        gone.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _told(status: int) -> Any:
    """What answers a refusal, with a status."""

    async def answered(_: Request, refused: Exception) -> Response:
        return JSONResponse({"mistakes": [{"path": [], "words": str(refused)}]}, status)

    return answered


async def _of_body(request: Request, refused: Exception) -> Response:
    assert isinstance(refused, NoBody)
    answered: Response = await _told(refused.status)(request, refused)
    answered.headers["connection"] = "close"  # what is left of the body is not read
    return answered
