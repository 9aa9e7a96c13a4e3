"""Who made it, by the beginning of a name."""

from __future__ import annotations

import pytest

from kg.extract.document import Span
from kg.extract.names import Name, Names
from kg.extract.owners import owners
from kg.extract.tokens import Tokens

NAMES = Names([
    (Name("Nordix", "Organization", (), ""), []),
    (Name("Lyra", "Model", ("Vega Labs",), ""), []),
    (Name("Korund", "Hardware", (), ""), []),
])  # fmt: skip
OWNERS = [
    ("Nordix Lyra", "Model", ["Nordix"]),
    ("Nordix-7B", "Model", ["Nordix"]),
    ("Zorbix Lyra", "Model", []),
    ("Zorbix YAS-109", "Hardware", ["Zorbix"]),
    ("Зорбикс ВМ100", "Hardware", ["Зорбикс"]),
    ("FTDX FT2232H", "Hardware", ["FTDX"]),
    ("Zorbix Turbo", "Hardware", []),
    ("Zorbix 5", "Hardware", []),
    ("Zorbix H2", "Hardware", []),
    ("ZorBook RK3588", "Hardware", []),
    ("Korund RK3588", "Hardware", []),
    ("Zorbix YAS-109", "Model", []),
    ("X YAS-109", "Hardware", []),
    ("ZorbixAI-o7", "Model", ["ZorbixAI"]),
    ("ZorbixAI Studio", "Software", ["ZorbixAI"]),
    ("ZorbixAI", "Model", []),
    ("Zorbix-AI Studio", "Model", []),
    ("GenAI Studio", "Software", []),
    ("ZORBAI Studio", "Software", []),
]


@pytest.mark.parametrize(("name", "kind", "found"), OWNERS)
def test_owners_in_names(name: str, kind: str, found: list[str]) -> None:
    tokens = Tokens(name)
    assert [span.name for span in owners(tokens, [Span(0, len(tokens) - 1, kind, name)], NAMES)] == found


def test_an_organization_of_the_post_owns_what_is_called_after_it() -> None:
    tokens = Tokens("Zorbix, Zorbix Lyra")
    spans = [Span(0, 0, "Organization", "Zorbix"), Span(2, 3, "Model", "Zorbix Lyra")]
    assert [(span.first, span.name) for span in owners(tokens, spans, NAMES)] == [(2, "Zorbix")]


def test_a_firm_known_by_how_it_is_written_is_sure_to_be_the_owner() -> None:
    tokens = Tokens("ZorbixAI-o7")
    assert [span.hint for span in owners(tokens, [Span(0, 2, "Model", "ZorbixAI-o7")], NAMES)] == ["nested apart sure"]
