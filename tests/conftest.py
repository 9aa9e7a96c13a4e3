"""Which tests share a process when there are several: those of one file, and those that share a browser, servers or Spark."""

from __future__ import annotations

import pytest

SHARING = frozenset({"browser", "servers", "spark"})
"""Folders whose tests share what is slow to start."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        folder = item.path.parent.name
        item.add_marker(pytest.mark.xdist_group(folder if folder in SHARING else item.path.name))
