"""A server from its start to Ctrl-C."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress

from kg.errors import MissingExtra, ServerError
from kg.serving.guard import App

_HEAD = 16_384
"""Bytes that the head of a request may have."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server there.

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "example.org")]
    [True, True, True, False, False]
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listen(host: str, port: int) -> socket.socket:
    """A socket that waits there; port 0 takes a free one. ``ServerError`` when it is taken or not ours."""
    waiting = None
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        waiting = socket.socket(family, socket.SOCK_STREAM)
        waiting.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        waiting.bind(address)
    except OSError as error:
        if waiting is not None:
            waiting.close()
        raise ServerError(f"{host}:{port} cannot be had: {error}\nTake another port, or a free one: --port 0") from error
    return waiting


def address_of(waiting: socket.socket, host: str) -> str:
    """Where a browser finds it."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{waiting.getsockname()[1]}/"


def run(app: App, waiting: socket.socket, started: Callable[[], None], stopping: Callable[[], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; raises ``MissingExtra``.

    ``started`` is called when requests are answered, ``stopping`` when no more are, to end those that would take long.
    """
    try:
        import uvicorn
    except ImportError as error:
        raise MissingExtra("serve", "uvicorn") from error

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            started()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            stopping()
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, http="h11", ws="none", lifespan="on",
        limit_concurrency=100, timeout_keep_alive=15, timeout_graceful_shutdown=2, h11_max_incomplete_event_size=_HEAD,
    )  # fmt: skip
    with suppress(KeyboardInterrupt):
        Server(config).run(sockets=[waiting])
