"""The token that lets people in, and the cookie that stands for it in a browser."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers

_GUESSING = 0.5
"""Seconds that a wrong token costs; such requests wait for each other."""


class Keys:
    """The token, and the value of the cookie that stands for it in a browser; without a token everybody may ask."""

    def __init__(self, token: str = "") -> None:
        self._token = token.encode()
        self._session = secrets.token_urlsafe(32).encode()
        self._guess = asyncio.Lock()

    @property
    def needed(self) -> bool:
        """Whether there is a token."""
        return bool(self._token)

    @property
    def session(self) -> str:
        """What the cookie holds: it opens this server until it stops, and says nothing about the token."""
        return self._session.decode()

    async def accepts(self, token: str) -> bool:
        """Whether this is the token; a wrong one takes its time."""
        if hmac.compare_digest(token.encode(), self._token):
            return True
        async with self._guess:
            await asyncio.sleep(_GUESSING)
        return False

    async def open(self, headers: Headers, cookie: str) -> bool:
        """Whether a request with these headers may ask."""
        if not self.needed:
            return True
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return await self.accepts(token.strip())
        try:
            held = SimpleCookie(headers.get("cookie", "")).get(cookie)
        except CookieError:
            return False
        return held is not None and hmac.compare_digest(held.value.encode(), self._session)
