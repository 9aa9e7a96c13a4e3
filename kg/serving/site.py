"""The HTML that the server gives out: the page of ``kg draw`` with a loader that fetches and a box for questions; the login."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from kg.drawing import Addition, assemble, hash_of, own, words_of

_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
_ASKING = Addition(
    scripts=("serving/answer.js", "serving/asking.js"), styles=("serving/asking.css",), words=("asking-words.json",)
)
_LOGIN = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{title}</title><style>{style}</style></head>
<body class="login"><form method="post" action="/login"><h1>{title}</h1>
<label for="token">{label}</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
<p role="alert">{wrong}</p><button type="submit">{enter}</button></form></body></html>
"""


@lru_cache(8)
def served_page(lang: str, title: str) -> tuple[str, str]:
    """The page and its content security policy, for the header: stricter than the one in the page, since headers can say more."""
    html = assemble({}, lang=lang, title=title, loader="serving/loader.js", connect="'self'", more=_ASKING)
    found = _POLICY.search(html)
    policy = (found[1] if found else "default-src 'none'").replace("&#39;", "'")
    return html, f"{policy}; frame-ancestors 'none'"


def login_page(lang: str, wrong: bool) -> tuple[str, str]:
    """The page that asks for the token, and its policy: no script at all."""
    words, style = words_of("asking-words.json")[lang], own("serving/asking.css")
    texts = {name: escape(words[word]) for name, word in (("title", "login"), ("label", "token"), ("enter", "enter"))}
    html = _LOGIN.format(lang=lang, style=style, wrong=escape(words["login_wrong"]) if wrong else "", **texts)
    return html, f"default-src 'none'; style-src {hash_of(style)}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
