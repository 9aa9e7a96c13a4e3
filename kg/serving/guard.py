"""Who may ask, and how: the checks that every request passes before anything else sees it, and the headers of every answer.

- ``Host`` must name this server, so that a page elsewhere cannot reach it under a name of its own that leads here
  (DNS rebinding): the loopback names, an address written in digits, or a name that was allowed.
- A request that another site's page makes (``Origin``, ``Sec-Fetch-Site``) is refused; there are no CORS headers.
- With a token: the header ``Authorization: Bearer TOKEN``, or the cookie that ``/login`` gives for it. A token never stands in an
  address, so it is in no log.
- Requests are small: the body is counted while it arrives, and must arrive in time.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response

from kg.serving.keys import Keys

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
OPEN_PATHS = frozenset({"/login"})
"""What needs no token."""
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), usb=()",
    "cache-control": "no-store",
}
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The content security policy of whatever has none of its own."""
_SLOWEST = 10.0
"""Seconds in which a body must arrive."""
_LONGEST = 4_000
"""Bytes of an address."""


class Guard:
    """An ASGI application around another one."""

    def __init__(
        self, app: App, keys: Keys, *, hosts: frozenset[str] = LOOPBACK, remote: bool = False, body: int = 64_000
    ) -> None:
        self.app, self.keys, self.hosts, self.remote, self.body = app, keys, hosts, remote, body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        answer = _with_headers(send, scope["path"])
        refused = await self._refused(scope)
        if refused is None:
            try:
                body = await asyncio.wait_for(self._whole_body(receive), _SLOWEST)
            except TimeoutError:
                refused = problem(408, "The request did not arrive in time.")
            else:
                refused = problem(413, f"A request may have {self.body} bytes.") if body is None else None
        if refused is not None:
            await refused(scope, receive, answer)
            return
        await self.app(scope, _replayed(body or b"", receive), answer)

    async def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._ours(hosts[0]):
            return problem(
                421, "This server is not called so. Use the address that kg serve printed, or allow a name: --allow-host NAME"
            )
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return problem(405, "Only GET, HEAD and POST.")
        if not _own_page(headers, hosts[0], scope):
            return problem(403, "Pages of other sites may not ask here.")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > _LONGEST:
            return problem(414, f"An address may have {_LONGEST} bytes.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.body:
            return problem(413, f"A request may have {self.body} bytes.")
        if scope["path"] in OPEN_PATHS or await self.keys.open(headers, cookie_name(scope)):
            return None
        if scope["path"] == "/":
            return Response(status_code=303, headers={"location": "/login"})
        refused = problem(401, "A token is needed: Authorization: Bearer TOKEN, or log in at /login")
        refused.headers["www-authenticate"] = "Bearer"
        return refused

    def _ours(self, host: str) -> bool:
        name = host_name(host)
        if name in self.hosts:
            return True
        # Nobody can make an address lead elsewhere, as they can with a name.
        return self.remote and _is_address(name)

    async def _whole_body(self, receive: Receive) -> bytes | None:
        """The body; None when it is too long."""
        parts, size = [], 0
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return b""
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self.body:
                return None
            if not message.get("more_body", False):
                return b"".join(parts)


def problem(status: int, text: str) -> JSONResponse:
    """An answer that says what is wrong."""
    return JSONResponse({"error": text}, status_code=status)


def host_name(host: str) -> str:
    """The name in a ``Host`` header, without the port and the brackets of IPv6; empty for nonsense.

    >>> host_name("LocalHost:8000"), host_name("[::1]:8000"), host_name("a@b"), host_name("127.0.0.1.evil.example")
    ('localhost', '::1', '', '127.0.0.1.evil.example')
    """
    try:
        parts = urlsplit(f"//{host}")
        parts.port  # noqa: B018 - raises for what is no port
    except ValueError:
        return ""
    if parts.netloc != host or parts.username is not None or parts.path:
        return ""
    return (parts.hostname or "").lower()


def cookie_name(scope: Scope) -> str:
    """Cookies do not tell ports apart: two servers on one machine need two names."""
    server = scope.get("server") or ("", 0)
    return f"kg_{server[1]}"


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _own_page(headers: Headers, host: str, scope: Scope) -> bool:
    """Whether no page of another site is behind a request. Links from elsewhere may lead to the page itself, and no further."""
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
        return False
    if headers.get("sec-fetch-site") in (None, "same-origin", "none"):
        return True
    return scope["method"] == "GET" and scope["path"] in ("/", "/login") and headers.get("sec-fetch-mode") == "navigate"


def _with_headers(send: Send, path: str) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("content-security-policy", NOTHING)
        await send(message)

    return sent


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body once more for the application, then whatever comes (that the other side has gone)."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
