"""What the tests of the extraction share: the default extractor and the name lists, loaded once."""

from __future__ import annotations

import os

import pytest

from kg.extract import Extractor, load_extractor
from kg.extract.names import Names, load_names


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The default weights, or those of the folder ``KG_TEST_MODEL`` to see how newly trained ones do."""
    return load_extractor(os.environ.get("KG_TEST_MODEL") or None)


@pytest.fixture(scope="session")
def names() -> Names:
    return load_names()
