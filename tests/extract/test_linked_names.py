"""Names that links to repositories spell."""

from __future__ import annotations

import pytest

from kg.extract.document import Span
from kg.extract.linked_names import linked_names
from kg.extract.tokens import Tokens
from kg.model import Link

SPELLED = [
    ("[gravel](https://github.com/nordix/gravel) — линтер", ["gravel"]),
    ("🔧 **gravel** — линтер\n\n👉 [GitHub](https://github.com/nordix/gravel)", ["gravel"]),
    ("**gravel - a linter**\nhttps://github.com/nordix/gravel/releases", ["gravel"]),
    ("gravel: a linter, https://gitlab.com/nordix/gravel", ["gravel"]),
    ("the new linter `gravel` (https://github.com/nordix/gravel)", ["gravel"]),
    ("[Sand and Gravel](https://github.com/nordix/sand-and-gravel)", ["Sand and Gravel"]),
    ("[**go-gravel**](https://github.com/nordix/go-gravel)", ["go-gravel"]),
    ("[gravel —](https://github.com/nordix/gravel) это линтер", ["gravel"]),
    ("[sieve](https://github.com/nordix/tools/tree/main/sieve)", ["sieve"]),
    ("We put gravel and sand there: https://github.com/nordix/gravel", []),
    ("go-gravel: a linter, https://github.com/nordix/gravel", []),
    ("[v1.2](https://github.com/nordix/gravel/releases/tag/v1.2)", []),
    ("[gravel](https://gravel.example/nordix/gravel)", []),
    ("[nordix](https://github.com/nordix)", []),
    ("[go](https://github.com/nordix/go)", []),
    ("**gravel** — линтер", []),
]


@pytest.mark.parametrize(("text", "names"), SPELLED)
def test_a_link_to_a_repository_tells_its_name(text: str, names: list[str]) -> None:
    assert [span.name for span in linked_names(Tokens(text), [])] == names


@pytest.mark.parametrize(
    ("seen", "names"),
    [
        (Span(3, 3, "Model", "Gravel"), ["Sand and Gravel"]),
        (Span(1, 3, "Model", "Sand and Gravel"), []),
        (Span(1, 4, "Model", "Sand and Gravel Pro"), []),
    ],
)
def test_only_parts_of_such_a_name_give_way(seen: Span, names: list[str]) -> None:
    tokens = Tokens("[Sand and Gravel](https://github.com/nordix/sand-and-gravel)")
    assert [span.name for span in linked_names(tokens, [seen])] == names


def test_a_link_hidden_behind_words_tells_their_name() -> None:
    links = [Link(4, 10, "https://github.com/nordix/gravel"), Link(15, 19, "https://nordix.example/sand")]
    assert [span.name for span in linked_names(Tokens("Use gravel for sand"), [], links)] == ["gravel"]
