"""A Spark session with our settings, and what to say when there cannot be one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.errors import ClusterError, KGError, MissingExtra

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Result = TypeVar("Result")
_OLDEST_JAVA = 17
"""What Spark 4 runs on."""
_SETTINGS = {
    "spark.app.name": "postkg",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    # A record can be 16 MB of text; Spark's own 10,000 rows would be read at once.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "256",
    # Work lost with an executor is done again; only work that fails by itself so often is given up.
    "spark.task.maxFailures": "8",
}


def start(settings: Mapping[str, str]) -> SparkSession:
    """The session, new or (under spark-submit) the one there is; ``settings`` win over ours and over Spark's defaults.

    Raises ``MissingExtra`` without PySpark, pyarrow or pandas, ``ClusterError`` without a Java that Spark can use.
    """
    for package in ("pyspark", "pyarrow", "pandas"):
        if find_spec(package) is None:
            raise MissingExtra("spark", package)
    _check_java()
    from pyspark.sql import SparkSession

    chosen = {**_SETTINGS, **settings}
    _choose_python(chosen)
    if not any("log4j" in value for value in chosen.values()) and "SPARK_CONF_DIR" not in os.environ:
        quiet = f"-Dlog4j2.configurationFile=file:{files('kg') / 'spark' / 'log4j2.properties'}"
        name = "spark.driver.extraJavaOptions"
        chosen[name] = f"{chosen.get(name, '')} {quiet}".strip()
    builder = SparkSession.builder
    for name, value in chosen.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as error:  # Java's own, Py4J's and PySpark's errors have no common base
        raise ClusterError(f"Spark cannot be started: {reason(error)}\nCheck spark.master and the other --spark-conf.") from error


def reason(error: BaseException) -> str:
    """What a failure of Spark comes down to: the innermost cause, on one line.

    >>> reason(ValueError("An error occurred.\\n: java.io.IOException: disk full\\n\\tat org.apache.Spark"))
    'java.io.IOException: disk full'
    """
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    for pattern in (r"^Caused by: (?:org\.apache\.spark\.api\.python\.PythonException: )?(.*)", r"^: (.*)"):
        found = [match[1] for line in lines if (match := re.match(pattern, line))]
        if found and found[-1]:
            return found[-1]
    ours = [line for line in lines if re.match(r"(?:kg\.errors\.|[A-Z]\w*Error: )", line)]
    return ours[-1] if ours else lines[0] if lines else type(error).__name__


def attempt(work: Callable[[], Result], what: str) -> Result:
    """The result of some work of Spark; ``ClusterError`` that names it when Spark cannot. Errors of our own stay as they are."""
    try:
        return work()
    except KGError:
        raise
    except Exception as error:  # Java's own, Py4J's and PySpark's errors have no common base
        raise ClusterError(f"Spark gave up on {what}: {reason(error)}") from error


def is_running(session: SparkSession) -> bool:
    """Whether there still is a Spark behind the session: its Java can die, or a cluster end the application."""
    try:
        return not session.sparkContext._jsc.sc().isStopped()
    except Exception:  # whatever Py4J makes of a closed connection
        return False


def stop(session: SparkSession) -> None:
    """End a session, also one whose Spark has ended already."""
    with suppress(Exception):
        session.stop()


def _choose_python(settings: dict[str, str]) -> None:
    """On this machine executors use this Python, whatever else is called python3; on a cluster its own, as it is set up there."""
    local = settings.get("spark.master", "local").startswith("local")
    if local and "spark.pyspark.python" not in settings:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if java is None or not shutil.which(java):
        raise ClusterError(
            f"Spark needs Java {_OLDEST_JAVA} or newer, and there is none"
            + (f" in JAVA_HOME ({home})" if home else "")
            + ".\nInstall one (Debian: apt install openjdk-17-jre-headless) or set JAVA_HOME."
        )
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(?:1\.)?(\d+)', said)
    if version and int(version[1]) < _OLDEST_JAVA:
        raise ClusterError(
            f"Spark needs Java {_OLDEST_JAVA} or newer, and {java} is Java {version[1]}.\nInstall a newer one or set JAVA_HOME."
        )
