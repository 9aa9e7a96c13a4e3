"""Every example in a docstring runs."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import kg

MODULES = sorted(module.name for module in pkgutil.walk_packages(kg.__path__, "kg.") if module.name != "kg.__main__")


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_run(name: str) -> None:
    if name.startswith(("kg.spark.", "kg.claim_schemas")):
        pytest.importorskip("pyarrow", reason="the extra spark is not installed")
    module = importlib.import_module(name)
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).failed == 0
