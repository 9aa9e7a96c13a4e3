"""HTTP as a SPARQL server wants it: one kept connection, logging in, sending again what a busy server dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.errors import ServerError
from kg.login import NO_LOGIN, SPARQL, Login

if TYPE_CHECKING:
    import requests

_BUSY = (429, 502, 503, 504)
_TRIES = 5
_CONNECT_SECONDS, _ANSWER_SECONDS = 10, 600


class Connection:
    """A connection that is opened when first used."""

    def __init__(self, login: Login = NO_LOGIN) -> None:
        self.login = login
        self._session: requests.Session | None = None
        self._reached = False

    def close(self) -> None:
        """Close it; it opens again when used."""
        if self._session is not None:
            self._session.close()
        self._session = None

    def post(self, url: str, body: bytes | Mapping[str, str], headers: Mapping[str, str], *, stream: bool = False) -> Any:
        """The answer, whatever its status but 401 and 403.

        A server that answered before gets five more tries when it is busy or the connection breaks. Raises ``ServerError``
        when there is no answer or the login is refused.
        """
        import requests

        session = self._open()
        try:
            reply = self._send(session, url, body, headers, stream)
            wanted = reply.headers.get("WWW-Authenticate", "").lower() if reply.status_code == 401 else ""
            if wanted.startswith("digest") and self.login.user:
                session.auth = requests.auth.HTTPDigestAuth(self.login.user, self.login.password)
                reply = self._send(session, url, body, headers, stream)
        except requests.RequestException as error:
            raise self._lost(url, error) from error
        if not reply.ok or reply.is_redirect:
            # Read what it says, so that the connection can be used again.
            _ = reply.content
        if reply.is_redirect:
            raise ServerError(f"{_shown(url)} has moved.\nUse the new address: {_shown(reply.headers['Location'])}")
        if reply.status_code in (401, 403):
            raise ServerError(_refused(url, self.login, reply.status_code, reply.text))
        if not self._reached:
            self._reached = True
            self._try_again(session)
        return reply

    def parsed(self, reply: Any, form: ox.RdfFormat) -> Iterator[ox.Quad]:
        """The statements of an answer while it comes in."""
        import requests
        import urllib3

        reply.raw.decode_content = True
        try:
            with reply:
                yield from ox.parse(reply.raw, format=form)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, SyntaxError) as error:
            raise ServerError(f"The answer of {_shown(reply.url)} broke off: {error}\nGive the same command again.") from error

    def _open(self) -> requests.Session:
        import requests

        if self._session is None:
            self._session = requests.Session()
            if self.login.user:
                self._session.auth = (self.login.user, self.login.password)
            elif self.login.token:
                self._session.headers["Authorization"] = f"Bearer {self.login.token}"
        return self._session

    def _send(self, session: Any, url: str, body: Any, headers: Mapping[str, str], stream: bool) -> Any:
        return session.post(
            url,
            data=body,
            headers=dict(headers),
            stream=stream,
            timeout=(_CONNECT_SECONDS, _ANSWER_SECONDS),
            allow_redirects=False,
        )

    def _try_again(self, session: Any) -> None:
        """From now on; what never answered is more likely a wrong address, and that should be said at once."""
        from urllib3.util import Retry

        again = Retry(_TRIES, allowed_methods=None, status_forcelist=_BUSY, backoff_factor=0.5, raise_on_status=False)
        for adapter in session.adapters.values():
            adapter.max_retries = again

    def _lost(self, url: str, error: Exception) -> ServerError:
        reason = _reason(error)
        if self._reached:
            return ServerError(f"The server at {_shown(url)} went away: {reason}.\nWhen it is back, give the same command again.")
        return ServerError(f"The server at {_shown(url)} cannot be reached: {reason}.\nIs it running, and the address right?")


def _refused(url: str, login: Login, status: int, said: str) -> str:
    if status == 403 and not (login.user or login.token):
        reason = " ".join(said.split())[:200] or "no reason given"
        return (
            f"The server at {_shown(url)} does not allow this (403): {reason}\nIs it read-only, or must you log in with --user?"
        )
    if login.user:
        return (
            f"The server at {_shown(url)} does not let {login.user} do this ({status}).\n"
            f"Check user and password (--password-stdin, or the variable {SPARQL.password}) and that the user may do it."
        )
    if login.token:
        return f"The server at {_shown(url)} does not accept the token of {SPARQL.token} ({status})."
    return (
        f"The server at {_shown(url)} wants to know who you are ({status}).\n"
        f"Say so with --user and --password-stdin (or the variable {SPARQL.password}), or put a token into {SPARQL.token}."
    )


def _shown(url: str) -> str:
    """An address without a password that somebody wrote into it."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _reason(error: BaseException) -> str:
    """The innermost reason, in the words of the operating system where there are any."""
    text = str(error)
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, OSError) and inner.strerror:
            return inner.strerror
        inner = inner.__cause__ or inner.__context__
    return "it took too long" if "timed out" in text.lower() else text.split("(Caused by")[-1].strip(" ()")[:200]
