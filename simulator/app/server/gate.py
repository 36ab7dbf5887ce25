"""Who is let in: this machine, with the token, from the page itself; everything else is turned away.

Other pages that the same browser shows can send requests to this machine too. They do not know the token,
their `Origin` is another, and a name of theirs that points here is no `Host` of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""What the page may do: run its own files, ask its own server, nothing else; no text becomes script."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}

LOST = """\
This is the app of mbdr, and the address lacks the token that it was started with.
Open the address that `mbdr app` has printed. What comes from a link goes in under "A link of this app".
"""

SAME = ("same-origin", "none")
"""Where the browser says that a request comes from: the page itself, or the address bar."""


class Gate:
    """Lets in what may come in, takes the token off its path, and adds the headers to what goes out.

    Args:
        app: What answers those who are let in.
        token: The first part of the path of every request.
        port: The port that is listened on.
    """

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app = app
        self._token = token
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] == "lifespan":  # no request: the server begins, and ends
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = ((name.lower().encode(), value.encode()) for name, value in HEADERS.items())
                message["headers"] = [*message.get("headers", []), *added]
            await send(message)

        if (refused := self._refusal(scope)) is not None:
            await refused(scope, receive, with_headers)
            return
        path = scope["path"].removeprefix(f"/{self._token}")
        await self._app({**scope, "path": path, "raw_path": path.encode()}, receive, with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        """Why a request is turned away; None where it is let in."""
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if host not in self._hosts:
            return PlainTextResponse("this server has another name\n", 421)
        asks = scope["method"] not in ("GET", "HEAD")
        if (origin is None and asks) or origin not in (None, f"http://{host}"):
            return PlainTextResponse("requests come from the page itself\n", 403)
        _, given, *rest = scope["path"].split("/")
        if not rest or not compare_digest(given.encode(), self._token.encode()):
            return PlainTextResponse(LOST, 403)
        from_address = scope["method"] == "GET" and rest == [""]
        if not from_address and headers.get("sec-fetch-site", SAME[0]) not in SAME:
            return PlainTextResponse("requests come from the page itself\n", 403)
        return None
