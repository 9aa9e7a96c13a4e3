"""Real servers on free loopback ports: Neo4j, Fuseki and HDFS (Java, fetched by Maven), ArcadeDB and Oxigraph (from PyPI).

A server that cannot be had here raises ``Unavailable``, and its tests are skipped with the reason in the summary.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent
USER, PASSWORD = "neo4j", "correct horse"
HEAP = "-Xmx512m"
_SECONDS = 120
# Java 17 closes what Neo4j 4.4 opens.
_OPENS = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.nio", "java.io", "sun.nio.ch", "java.lang")]


class Unavailable(Exception):
    """A server that this machine cannot run, and why."""


@dataclass
class Server:
    """A running server: where it is, and how to end it well or badly."""

    url: str
    user: str
    password: str
    command: list[str]
    home: Path
    ready: Callable[[Server], bool]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        """Start it (again, with what it had stored) and wait until it answers."""
        with (self.home / "output.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment},
            )
        end = time.monotonic() + _SECONDS
        while not self.ready(self):
            if self.process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise Unavailable(f"{self.command[0]} did not start: {(self.home / 'output.log').read_text('utf-8')[-800:]}")
            time.sleep(0.2)
        return self

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """End it as an administrator would."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


def free_port() -> int:
    """A port of the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def neo4j(home: Path, *, project: str = "neo4j", database: str = "neo4j") -> Server:
    """Neo4j community with a password; ``project`` is the folder of the Maven project that says which version."""
    classpath = _classpath(project)
    port, old = free_port(), project != "neo4j"
    (home / "conf").mkdir(parents=True)
    (home / "conf" / "neo4j.conf").write_text("\n".join(_neo4j_settings(port, database, old)) + "\n", "utf-8")
    command = [_java(), HEAP, *(_OPENS if old else []), "-cp", classpath, "org.neo4j.server.CommunityEntryPoint"]
    command += [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    server = Server(f"bolt://127.0.0.1:{port}", USER, PASSWORD, command, home, lambda s: _listens(s, port)).start()
    _first_password(server)
    return server


def fuseki(home: Path) -> Server:
    """Apache Jena Fuseki with a TDB2 data set on disk, at ``/ds``."""
    port = free_port()
    (home / "data").mkdir(parents=True)
    command = [_java(), HEAP, "-cp", _classpath("fuseki"), "org.apache.jena.fuseki.main.cmds.FusekiServerCmd", "-q"]
    command += ["--port", str(port), "--localhost", "--tdb2", f"--loc={home / 'data'}", "--update", "/ds"]
    return _fuseki(home, command, port)


def fuseki_with_login(home: Path, kind: str) -> Server:
    """Fuseki in memory that wants a user and a password; ``kind`` is ``basic`` or ``digest``."""
    port = free_port()
    home.mkdir(parents=True)
    (home / "passwords").write_text(f"{USER}: {PASSWORD}\n", "utf-8")
    (home / "config.ttl").write_text(_FUSEKI_WITH_LOGIN.format(kind=kind), "utf-8")
    command = [_java(), HEAP, "-cp", _classpath("fuseki"), "org.apache.jena.fuseki.main.cmds.FusekiServerCmd", "-q"]
    command += ["--port", str(port), "--localhost", "--config=config.ttl"]
    return _fuseki(home, command, port)


def oxigraph(home: Path, *, read_only: bool = False) -> Server:
    """The Oxigraph server with its data on disk."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        raise Unavailable("the package oxigraph is not installed")
    port = free_port()
    home.mkdir(parents=True, exist_ok=True)
    if read_only:
        subprocess.run([program, "load", "-l", "data", "--format", "nt"], cwd=home, input=b"", check=True, capture_output=True)
    command = [str(program), "serve-read-only" if read_only else "serve", "-l", "data", "-b", f"127.0.0.1:{port}"]
    return Server(f"http://127.0.0.1:{port}/query", "", "", command, home, lambda s: _listens(s, port)).start()


def arcadedb(home: Path) -> Server:
    """ArcadeDB with a Bolt port, on the Java that comes inside its wheel."""
    port = free_port()
    home.mkdir(parents=True)
    command = [sys.executable, str(FOLDER / "arcadedb_server.py"), str(home / "data"), str(port), str(free_port()), PASSWORD]
    return Server(
        f"bolt://127.0.0.1:{port}", "root", PASSWORD, command, home, lambda s: (home / "data" / "ready").exists()
    ).start()


def hdfs(home: Path) -> Server:
    """A file system of Hadoop: a name node and a data node in one process."""
    port = free_port()
    home.mkdir(parents=True)
    command = [_java(), HEAP, f"-Dtest.build.data={home / 'data'}", "-cp", _classpath("hdfs")]
    command += ["org.apache.hadoop.mapreduce.MiniHadoopClusterManager", "-nomr", "-format", "-nnport", str(port)]
    command += ["-writeDetails", str(home / "ready")]
    return Server(f"hdfs://127.0.0.1:{port}", "", "", command, home, lambda s: (home / "ready").exists()).start()


_FUSEKI_WITH_LOGIN = """
PREFIX fuseki: <http://jena.apache.org/fuseki#>
PREFIX ja: <http://jena.hpl.hp.com/2005/11/Assembler#>
[] a fuseki:Server ; fuseki:passwd "passwords" ; fuseki:auth "{kind}" ; fuseki:allowedUsers "*" .
[] a fuseki:Service ; fuseki:name "ds" ; fuseki:dataset [ a ja:MemoryDataset ] ;
  fuseki:endpoint [ fuseki:operation fuseki:query ] , [ fuseki:operation fuseki:update ] ,
    [ fuseki:operation fuseki:query ; fuseki:name "query" ] , [ fuseki:operation fuseki:update ; fuseki:name "update" ] .
"""


def _fuseki(home: Path, command: list[str], port: int) -> Server:
    environment = {"FUSEKI_BASE": str(home)}
    url = f"http://127.0.0.1:{port}/ds"
    return Server(url, USER, PASSWORD, command, home, lambda s: _answers(f"http://127.0.0.1:{port}/"), environment).start()


def _neo4j_settings(port: int, database: str, old: bool) -> list[str]:
    server, connector = ("dbms", "dbms.connector") if old else ("server", "server")
    return [
        f"{server}.default_listen_address=127.0.0.1",
        f"{connector}.bolt.listen_address=127.0.0.1:{port}",
        f"{connector}.http.enabled=false",
        f"{server}.memory.pagecache.size=128m",
        "dbms.security.auth_enabled=true",
        f"{'dbms.default_database' if old else 'initial.dbms.default_database'}={database}",
        *([] if old else ["dbms.usage_report.enabled=false"]),
    ]


def _first_password(server: Server) -> None:
    """A new server has the password neo4j and lets nobody do anything before it is another one."""
    import neo4j as driver

    with driver.GraphDatabase.driver(server.url, auth=(USER, "neo4j")) as first:
        first.execute_query("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", new=server.password, database_="system")


def _java() -> str:
    java = shutil.which("java")
    if java is None:
        raise Unavailable("there is no Java")
    return java


def _classpath(project: str) -> str:
    """The jars of a Maven project, fetched when they are not here yet."""
    _java()
    pom, written = FOLDER / project / "pom.xml", FOLDER / project / "target" / "classpath.txt"
    with pom.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several processes may run tests, one of them Maven
        fresh = written.exists() and written.stat().st_mtime > pom.stat().st_mtime
        if not fresh or not all(Path(jar).exists() for jar in written.read_text("utf-8").split(os.pathsep)):
            _fetch(pom, project)
        return written.read_text("utf-8")


def _fetch(pom: Path, project: str) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise Unavailable("there is no Maven")
    done = subprocess.run([maven, "-q", "-B", "-f", str(pom), "package"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable(f"Maven cannot fetch {project}: {(done.stdout + done.stderr)[-500:]}")


def _listens(server: Server, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
