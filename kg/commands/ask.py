"""``kg ask``: questions with a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.commands.options import Confidence, graph_option, open_index, output_options, show_rows
from kg.commands.servers import BoltChoice, EndpointChoice, server_options
from kg.question_files import Parameter, Question, load_questions
from kg.questions import Answer, answer
from kg.store import open_store


class Questions(click.Group):
    """One command for each file of questions, its options made from the header."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [question.name for question in load_questions(ctx.params.get("queries"))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = {question.name: question for question in load_questions(ctx.params.get("queries"))}
        return _command(found[cmd_name]) if cmd_name in found else None


@click.group(cls=Questions, invoke_without_command=True)
@click.option(
    "--queries", type=click.Path(path_type=Path), envvar="KG_QUERIES", is_eager=True, show_envvar=True,
    help="A folder with questions of your own (*.rq, and *.cypher for --cypher).",
)  # fmt: skip
@click.pass_context
def ask(ctx: click.Context, queries: Path | None) -> None:
    """Answer a question. Without a name: list the questions.

    \b
    kg ask leaderboard --benchmark MMLU
    kg ask models-by-organization --organization OpenAI --since 2025
    kg ask conflicts --uri bolt://localhost:7687
    """
    if ctx.invoked_subcommand is None:
        questions = load_questions(queries)
        width = max(len(question.name) for question in questions)
        for question in questions:
            click.echo(f"{question.name:{width}}  {question.title}")
        click.echo("\nSee what one wants to know with: kg ask NAME --help")


def _command(question: Question) -> click.Command:
    def run(graph: Path, form: str | None, cypher: bool, server: EndpointChoice | BoltChoice | None, **given: Any) -> None:
        if cypher and isinstance(server, EndpointChoice):
            raise click.UsageError("--endpoint is asked in SPARQL, without --cypher.")
        in_sparql = isinstance(server, EndpointChoice) or (server is None and not cypher)
        found = _sparql(server, graph, question, given) if in_sparql else _cypher(server, graph, question, given)
        if not found.rows and form is None:
            click.echo("Nothing in the graph answers this.", err=True)
            return
        show_rows(found.columns, found.rows, form)
        cut = [parameter.default for parameter in question.parameters if parameter.name == "limit"]
        if given.get("limit") is None and str(len(found.rows)) in cut:
            click.echo(f"{len(found.rows)} rows are shown; for more: --limit N.", err=True)

    columns = f"Columns: {', '.join(question.columns)}."
    command = click.command(question.name, help=f"{question.title}\n\n{columns}", short_help=question.title)
    by_cypher = click.option("--cypher", is_flag=True, help="Ask in Cypher instead of SPARQL: the same rows.")
    made = command(graph_option(output_options(by_cypher(server_options("uri", "endpoint")(run)))))
    made.params[:0] = [question_option(parameter) for parameter in question.parameters]
    return made


def _sparql(server: Any, graph: Path, question: Question, given: dict[str, Any]) -> Answer:
    with server.open() if server else open_store(graph) as store:
        return answer(store, question, given)


def _cypher(server: Any, graph: Path, question: Question, given: dict[str, Any]) -> Answer:
    from kg.cypher_questions import answer_cypher, in_cypher

    engine = server.open() if server else open_index(graph)
    try:
        return answer_cypher(engine, in_cypher(question), given)
    finally:
        engine.close()


def question_option(parameter: Parameter) -> click.Option:
    """The option that a parameter of a question is."""
    types: dict[str, click.ParamType[Any]] = {"integer": click.IntRange(min=0), "number": click.FLOAT}
    kind = Confidence() if parameter.name == "min_confidence" else types.get(parameter.type, click.STRING)
    need = " Needed." if parameter.required else " One of these is needed." if parameter.one_of else ""
    default = f" [default: {parameter.default}]" if parameter.default else ""
    return click.Option(
        [f"--{parameter.name.replace('_', '-')}", parameter.name], type=kind,
        metavar=parameter.type.upper(), required=parameter.required, help=parameter.help + need + default,
    )  # fmt: skip
