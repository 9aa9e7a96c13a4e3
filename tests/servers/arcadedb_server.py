"""Run as a program: ArcadeDB with Bolt. Arguments: folder, port for Bolt, port for HTTP, password of root."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import arcadedb_embedded


def main(folder: str, bolt_port: str, http_port: str, password: str) -> None:
    """Serve until killed; the file ``ready`` in the folder says when to begin."""
    settings = {
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin", "bolt_port": int(bolt_port), "http_port": int(http_port),
        "host": "127.0.0.1", "mode": "development",
    }  # fmt: skip
    server = arcadedb_embedded.create_server(folder, password, settings)
    server.start()
    server.create_database("neo4j")
    (Path(folder) / "ready").touch()
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main(*sys.argv[1:])
