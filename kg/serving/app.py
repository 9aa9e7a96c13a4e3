"""The JSON API of ``kg serve``, and the page that uses it.

Everything is about the graph as it is now: a build that goes on meanwhile disturbs nothing and is seen within a second. All
answers are JSON; an ``error`` comes with status 400 (cannot be answered as asked), 401, 403, 404, 405, 408, 413, 414, 421 or 503
(busy: try again). What a request may ask for is bounded by ``kg.serving.limits``, who may ask by ``kg.serving.guard``.

``GET /``
    The page. ``?lang=ru`` in Russian.
``GET /api/overview``
    The best connected nodes: ``{"graph": ..., "evidence": ...}`` in the shape of ``kg.page_data``.
``GET /api/around?key=model/gpt-4o&depth=1``
    What surrounds an entity, in the same shape; of a hub the 200 that most claims join with it. A name or an alias will do.
``GET /api/find?text=gpt``
    At most twenty entities whose names begin so or hold it, and the facts between them; ``null`` for none.
``GET /api/path?from=model/a&to=model/b``
    All entities on the shortest ways between two, at most six steps, and the facts between them; ``null`` for none.
``GET /api/questions``
    ``[{"name", "title", "columns": [...], "parameters": [{"name", "type", "required", "one_of", "default", "help"}]}]``
    with ``titles``, ``helps`` and ``labels`` by language.
``POST /api/ask`` ``{"question": "leaderboard", "parameters": {"benchmark": "MMLU"}, "language": "sparql"}``
    (or ``cypher``: the same rows), ``POST /api/sparql`` ``{"query": "SELECT ..."}`` and
    ``POST /api/cypher`` ``{"query": "MATCH ...", "parameters": {}}`` give
    ``{"columns": [...], "rows": [[...]], "truncated": bool, "seconds": 0.01, "predicates": [...], "picture": ...}``:
    entities as keys, posts as ids, nodes and relationships of Cypher as objects. The picture has the
    entities of the rows and the facts between them, in the shape of ``/api/overview``; or it is null.
``POST /login`` ``token=...`` (a form)
    The cookie that stands for the token, when there is one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.errors import KGError
from kg.question_files import Question, load_questions
from kg.question_words import named_in, said_in
from kg.serving.asked import Wrong, body_of, needed, number_of, text_of
from kg.serving.guard import App, Guard, cookie_name, problem
from kg.serving.keys import Keys
from kg.serving.service import Service
from kg.serving.site import login_page, served_page
from kg.serving.workers import Busy

_DEPTH = 3
"""Steps of a neighbourhood at most."""
Handler = Callable[[Request], Awaitable[Response]]


def make_app(
    service: Service, keys: Keys, *, hosts: frozenset[str], remote: bool = False, title: str = "", lang: str = "en"
) -> App:
    """The whole application; it closes ``service`` when it ends."""

    async def page(request: Request) -> Response:
        wanted = request.query_params.get("lang", lang)
        html, policy = served_page(wanted if wanted in ("en", "ru") else lang, title)
        headers = {"content-security-policy": policy, "cache-control": "no-cache"}
        return Response(html, media_type="text/html; charset=utf-8", headers=headers)

    async def login(request: Request) -> Response:
        wrong = False
        if request.method == "POST":
            form = parse_qs((await request.body()).decode("utf-8", "replace"))
            if await keys.accepts(form.get("token", [""])[0].strip()):
                cookie = f"{cookie_name(request.scope)}={keys.session}; HttpOnly; SameSite=Strict; Path=/"
                secure = "; Secure" if request.headers.get("x-forwarded-proto") == "https" else ""
                return Response(status_code=303, headers={"location": "/", "set-cookie": cookie + secure})
            wrong = True
        html, policy = login_page(lang, wrong)
        return Response(html, 403 if wrong else 200, {"content-security-policy": policy}, "text/html; charset=utf-8")

    async def overview(request: Request) -> Response:
        return _json(await service.overview())

    async def around(request: Request) -> Response:
        depth = number_of(request, "depth", 1, _DEPTH)
        part = asdict(service.part) | {"around": text_of(request, "key"), "depth": depth}
        return _json(await service.task("around", part=part))

    async def find(request: Request) -> Response:
        return _json(await service.task("find", text=text_of(request, "text"), part=asdict(service.part)))

    async def path(request: Request) -> Response:
        start, end = text_of(request, "from"), text_of(request, "to")
        return _json(await service.task("path", start=start, end=end, part=asdict(service.part)))

    async def questions(request: Request) -> Response:
        return JSONResponse([told(question) for question in load_questions(service.queries)])

    async def ask(request: Request) -> Response:
        said = await body_of(request, {"question": str, "parameters": dict, "language": str})
        language = said.get("language", "sparql")
        if language not in ("sparql", "cypher"):
            raise Wrong("language is sparql or cypher.")
        given = said.get("parameters", {})
        if not all(isinstance(value, str | int | float | None) for value in given.values()):
            raise Wrong("Parameters are strings and numbers.")
        run = service.cypher if language == "cypher" else service.task
        return _json(await run("ask", question=needed(said, "question"), parameters=given, language=language))

    async def sparql(request: Request) -> Response:
        said = await body_of(request, {"query": str})
        return _json(await service.task("sparql", query=needed(said, "query")))

    async def cypher(request: Request) -> Response:
        said = await body_of(request, {"query": str, "parameters": dict})
        return _json(await service.cypher("cypher", query=needed(said, "query"), parameters=said.get("parameters", {})))

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        preparing = asyncio.create_task(service.prepare())
        try:
            yield
        finally:
            service.close()
            preparing.cancel()

    gets = {"/": page, "/api/overview": overview, "/api/around": around, "/api/find": find, "/api/path": path}
    gets["/api/questions"] = questions
    posts = {"/api/ask": ask, "/api/sparql": sparql, "/api/cypher": cypher}
    routes = [Route(where, _caught(what), methods=["GET"]) for where, what in gets.items()]
    routes += [Route(where, _caught(what), methods=["POST"]) for where, what in posts.items()]
    if keys.needed:
        routes.append(Route("/login", _caught(login), methods=["GET", "POST"]))
    missing = {404: _missing, 405: _missing}
    app = Starlette(routes=routes, lifespan=running, exception_handlers=missing)
    return Guard(app, keys, hosts=hosts, remote=remote, body=service.limits.body)


def _caught(handler: Handler) -> Handler:
    async def answered(request: Request) -> Response:
        try:
            return await handler(request)
        except Busy as error:
            return problem(503, str(error))
        except KGError as error:
            return problem(400, str(error))

    return answered


async def _missing(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 404)
    return problem(status, "There is nothing here." if status == 404 else "This is asked in another way: GET or POST.")


def _json(written: bytes) -> Response:
    return Response(written, media_type="application/json")


def told(question: Question) -> dict[str, Any]:
    """A question as the page and other programs see it."""
    both = ("en", "ru")
    parameters = [
        asdict(parameter)
        | {"labels": {lang: named_in(parameter.name, lang) for lang in both}}
        | {"helps": {lang: said_in(parameter.help, lang) for lang in both}}
        for parameter in question.parameters
    ]
    return {
        "name": question.name,
        "title": question.title,
        "titles": {lang: said_in(question.title, lang) for lang in both},
        "columns": question.columns,
        "labels": {lang: [named_in(column, lang) for column in question.columns] for lang in both},
        "parameters": parameters,
    }
