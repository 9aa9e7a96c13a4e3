"""What a request says, checked before anything is done with it."""

from __future__ import annotations

import json
import re
from typing import Any

from starlette.requests import Request

from kg.errors import KGError


class Wrong(KGError):
    """A request that is not as it should be."""


def text_of(request: Request, name: str) -> str:
    """A text in the address. Raises ``Wrong`` when it is not there or too long."""
    text = request.query_params.get(name, "")
    if not text or len(text) > 300:
        raise Wrong(f"{name} is needed: 1 to 300 characters.")
    return text


def number_of(request: Request, name: str, default: int, most: int) -> int:
    """A number in the address, from 0 to ``most``."""
    text = request.query_params.get(name, str(default))
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or int(text) > most:
        raise Wrong(f"{name} is a number from 0 to {most}.")
    return int(text)


async def body_of(request: Request, kinds: dict[str, type]) -> dict[str, Any]:
    """The body as an object of these fields. Only JSON: a form of another site cannot send it without asking first."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Wrong("The body must be JSON, with the header Content-Type: application/json.")
    try:
        said = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Wrong("The body is not JSON.") from None
    if not isinstance(said, dict) or said.keys() - kinds.keys():
        raise Wrong(f"The body must be an object with: {', '.join(kinds)}.")
    for name, value in said.items():
        if not isinstance(value, kinds[name]):
            raise Wrong(f"{name} must be {'an object' if kinds[name] is dict else 'a string'}.")
    return said


def needed(said: dict[str, Any], name: str) -> str:
    """A text of a body that must not be empty."""
    if not said.get(name, "").strip():
        raise Wrong(f"{name} is needed.")
    found: str = said[name]
    return found
