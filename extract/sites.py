"""What kind of page a link leads to, by its host: ``schemas/sites.tsv``."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

CODE = ("repository", "weights")
"""Kinds of pages on which code or weights are kept."""
_SECTIONS = frozenset({"topics", "features", "orgs", "sponsors", "collections", "search", "apps", "models", "datasets"})
"""Parts of such sites that belong to nobody."""
_OWNERS_PAGES = ("ai.", "research.", "engineering.", "blog.")
"""A blog of a network's owner (ai.facebook.com) is not the network."""


@lru_cache(maxsize=10_000)
def site_of(url: str) -> tuple[str, str, str]:
    """Kind, host and path of a link; the kind is ``other`` for hosts nobody listed.

    >>> site_of("https://www.arxiv.org/abs/2112.04426")
    ('paper', 'arxiv.org', '/abs/2112.04426')
    >>> site_of("https://huggingface.co/blog/zephyr")[0], site_of("https://huggingface.co/zephyr")[0]
    ('article', 'weights')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return "other", "", ""
    host = re.sub(r"^www\.", "", (parts.hostname or "").casefold())
    if parts.path.casefold().endswith(".pdf"):
        return "paper", host, parts.path
    kinds, section = _kinds(), parts.path.split("/")[1:2]
    if section and f"{host}/{section[0]}" in kinds:
        return kinds[f"{host}/{section[0]}"], host, parts.path
    for domain in (host, *(host.split(".", n)[n] for n in range(1, host.count(".")))):
        if domain in kinds and (domain == host or not host.startswith(_OWNERS_PAGES)):
            return kinds[domain], host, parts.path
    return "other", host, parts.path


def code_page(url: str) -> str:
    """The name of the repository or model of which this is the first page; empty for all other pages.

    >>> code_page("https://github.com/nordix/lyra"), code_page("https://github.com/nordix/lyra/issues")
    ('lyra', '')
    """
    kind, _, path = site_of(url)
    parts = path.strip("/").split("/")
    return parts[1] if kind in CODE and len(parts) == 2 and parts[0] not in _SECTIONS and "#" not in url else ""


@cache
def bare_hosts() -> frozenset[str]:
    """The hosts whose pages are links without a scheme, too: "github.com/nordix/lyra". Those of networks only name people.

    >>> "arxiv.org" in bare_hosts(), "x.com" in bare_hosts()
    (True, False)
    """
    return frozenset(host.partition("/")[0] for host, kind in _kinds().items() if kind != "social")


def address(word: str) -> str:
    """The link that a token is, with its scheme; empty if it is none.

    >>> address("github.com/nordix/lyra"), address("https://nordix.example"), address("github.com")
    ('https://github.com/nordix/lyra', 'https://nordix.example', '')
    """
    if word.startswith(("http://", "https://")):
        return word
    if "/" not in word:
        return ""
    return f"https://{word}" if word.removeprefix("www.").partition("/")[0] in bare_hosts() else ""


@cache
def _kinds() -> dict[str, str]:
    lines = (files("kg") / "schemas" / "sites.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {host.strip(): kind for kind, hosts in rows for host in hosts.split(",")}
