"""The commands of the README that name a server, run against real ones."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from kg.endpoint import Endpoint
from tests.servers.conftest import opened
from tests.servers.processes import Server
from tests.test_readme import SHOWN


def test_the_commands_that_name_a_server_run(
    bolt_server: Server, fuseki_server: Server, graph: Path, kg: Callable[..., Result]
) -> None:
    with opened(bolt_server) as bolt, Endpoint(fuseki_server.url) as endpoint:
        bolt.write("MATCH (n) DETACH DELETE n", [])
        endpoint.update("CLEAR ALL")
    named = [line for line in SHOWN if re.search("--(uri|endpoint) ", line)]
    assert len(named) >= 4
    for line in named:
        there = line.replace("http://localhost:3030/ds", fuseki_server.url)
        there = re.sub(r"--uri \S+", f"--uri {bolt_server.url} --user {bolt_server.user} --database neo4j", there)
        local = ["-g", str(graph)] if " push " in there else []
        done = kg(*shlex.split(there)[1:], *local, password=bolt_server.password)
        assert done.exit_code == 0, (line, done.output)
        assert done.output.strip()
