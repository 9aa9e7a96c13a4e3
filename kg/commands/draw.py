"""``kg draw``: the graph as one page to look at, or as a picture for a report."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands.ask import question_option
from kg.commands.options import graph_option, part_of, part_options
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.question_files import Question

FORMATS = ("html", "svg", "png")
_OTHER_PICTURES = ("gif", "jpg", "jpeg", "webp", "bmp", "tif", "tiff", "pdf", "eps")
PAGE_LIMIT, PICTURE_LIMIT = 300, 60
"""Nodes in the first picture of a page, which has more behind it, and in a picture, which has not."""
_LONG = 5_000
"""Nodes from which on writing a page takes so long that something is said first."""


class AskingCommand(click.Command):
    """A command that has the parameters of a question as options once ``--ask QUESTION`` is among its arguments."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        name = _asked(args)
        if name:
            ctx.obj = _question(name)
        return super().parse_args(ctx, args)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        params = super().get_params(ctx)
        if ctx.obj is None:
            return params
        own = {param.name for param in params}
        # An option that both have (--since) goes to both.
        return params + [question_option(p) for p in ctx.obj.parameters if p.name not in own]


@click.command("draw", cls=AskingCommand)
@graph_option
@click.option("-o", "--output", default=None, help="The file to write; - for standard output.  [default: graph.html]")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="A page, or a picture for a report.  [default: by the ending of -o]"
)
@click.option(
    "--ask", "asked", metavar="QUESTION", help="Draw the answer of a question; its parameters are options (see kg ask)."
)
@part_options
@click.option(
    "--limit", type=click.IntRange(1),
    help=f"Nodes in the first picture ({PAGE_LIMIT} in a page, {PICTURE_LIMIT} in SVG and PNG); with --ask rows of the answer.",
)  # fmt: skip
@click.option("--lang", default="en", show_default=True, type=click.Choice(["en", "ru"]), help="Language of page and picture.")
@click.option("--title", default="", help="Title of page and picture.")
@click.pass_context
def draw(
    ctx: click.Context, /, graph: Path, output: str | None, form: str | None, asked: str | None, limit: int | None,
    lang: str, title: str, **given: Any,
) -> None:  # fmt: skip
    """Draw the graph as one interactive HTML page, or as a picture.

    The page is a single file: it opens without a network, can be searched and filtered, and shows for every node and link
    which posts say so, with the sentence, the date and the link. SVG and PNG need no browser.

    \b
    kg draw -o page.html
    kg draw --around GPT-4o --depth 2 -o gpt-4o.svg
    kg draw --ask leaderboard --benchmark MMLU -o leaderboard.png
    """
    from kg.answer_part import ask_part
    from kg.question_words import said_in
    from kg.store import open_store
    from kg.view import select

    question: Question | None = ctx.obj
    _check(ctx, question)
    form, output = _target(form, output)
    part = part_of(given)
    said = _said(ctx, question, given | {"limit": limit}) if question is not None else {}
    with open_store(graph) as store:
        if question is not None:
            part = ask_part(store, question, said, part)
            title = title or said_in(question.title, lang)
        core = limit if limit and question is None else PICTURE_LIMIT if form != "html" and question is None else PAGE_LIMIT
        view = select(store, part, core=core)
        vocabulary = store.vocabulary
    if form == "html":
        from kg.drawing import draw_page

        if len(view.nodes) > _LONG:
            click.echo(f"{len(view.nodes):,} nodes to place and write", err=True)
        written = draw_page(view, vocabulary, lang=lang, title=title).encode()
        drawn = view
    else:
        from kg.picture import draw_png, draw_svg

        drawn = view.cut()
        options = [f"--{name.replace('_', '-')} {shlex.quote(str(value))}" for name, value in said.items()]
        asked = " ".join(["kg ask", question.name, *options]) if question is not None else ""
        svg = draw_svg(drawn, vocabulary, part, lang=lang, title=title, asked=asked)
        written = svg.encode() if form == "svg" else draw_png(svg)
    write(written, output)
    if output != "-":
        click.echo(f"{output}: {len(drawn.nodes)} nodes, {len(drawn.links())} links, {len(drawn.facts)} facts", err=True)


def write(content: bytes, output: str) -> None:
    """Write as it is, line ends too: the policy of a page counts every character."""
    if output == "-":
        click.echo(content, nl=False)
        return
    try:
        Path(output).parent.mkdir(parents=True, exist_ok=True)
        Path(output).write_bytes(content)
    except OSError as error:
        raise InputError(f"{output} cannot be written: {error.strerror}\nName another file with -o.") from error


def _asked(args: list[str]) -> str:
    """What stands after ``--ask``, before anything is parsed."""
    for i, arg in enumerate(args):
        if arg == "--":
            break
        if arg == "--ask" and i + 1 < len(args):
            return args[i + 1]
        if arg.startswith("--ask="):
            return arg.removeprefix("--ask=")
    return ""


def _question(name: str) -> Question:
    from kg.part import alike
    from kg.question_files import load_questions

    known = {question.name: question for question in load_questions()}
    if name not in known:
        raise click.UsageError(f"There is no question {name!r}.{alike(name, known)}\nThere are: {', '.join(known)}.")
    return known[name]


def _check(ctx: click.Context, question: Question | None) -> None:
    """Options that would be ignored are a mistake in the command line."""
    if question is not None and _typed(ctx, "around"):
        raise click.UsageError("--ask draws an answer and --around what surrounds an entity: give one of them.")
    deep = question is not None and any(parameter.name == "depth" for parameter in question.parameters)
    if _typed(ctx, "depth") and not (_typed(ctx, "around") or deep):
        raise click.UsageError("--depth counts steps from an entity: name it with --around ENTITY.")


def _said(ctx: click.Context, question: Question, given: dict[str, Any]) -> dict[str, Any]:
    """What the command line says about the question's parameters; the defaults of this command are not the question's."""
    return {p.name: given[p.name] for p in question.parameters if p.name in given and _typed(ctx, p.name)}


def _typed(ctx: click.Context, name: str) -> bool:
    return ctx.get_parameter_source(name) not in (None, click.core.ParameterSource.DEFAULT)


def _target(form: str | None, output: str | None) -> tuple[str, str]:
    """Format and file; of the two one says the other. Without an ending it is a page."""
    ending = Path(output).suffix.lower().removeprefix(".") if output else ""
    if ending in _OTHER_PICTURES:
        raise click.UsageError(f"{output}: there are html, svg and png, but no {ending}.")
    if form is None:
        form = ending if ending in FORMATS else "html"
    elif ending in FORMATS and ending != form:
        raise click.UsageError(f"{output} would not hold what it is called after: --format {form} is not .{ending}.")
    return form, output or f"graph.{form}"
