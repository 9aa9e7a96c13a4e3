"""Names that the links to code of a post spell."""

from __future__ import annotations

import tracemalloc

import pytest

from kg.extract.document import Span
from kg.extract.repository_names import with_repository_names
from kg.extract.tokens import Tokens
from kg.model import Link

LINT = "(https://github.com/nordix/lyra-lint)"
SPELLED = [
    (f"[lyra-lint]{LINT} checks code", ["lyra-lint"]),
    (f"**Lyra Lint** — проверяет код. [Репозиторий]{LINT}", ["Lyra Lint"]),
    (f"🔧 Lyra Lint: checks code, [repo]{LINT}", ["Lyra Lint"]),
    (f"Попробуйте lyra-lint в деле: [код]{LINT}", ["lyra-lint"]),
    (f"Инструмент [nordix/lyra-lint]{LINT}", ["nordix/lyra-lint"]),
    ("Линтер `quill` от нас: https://gitlab.com/nordix/quill", ["quill"]),
    ("We wrote it with a quill: https://gitlab.com/nordix/quill", []),  # a word of the sentence
    ("Перо по-английски quill, см. https://gitlab.com/nordix/quill", []),
    (f"We lint with Lyra Lint today, see [code]{LINT}", []),
    (f"**lyra-lint-extra** is no [repo]{LINT} of ours", []),
    ("**quill-линтер** и **.quill** https://gitlab.com/nordix/quill", []),
    ("[code](https://github.com/nordix/code), [docs](https://github.com/nordix/docs)", []),
    (f"[lyra-lint]{LINT[:-1]}/issues/7)", []),
    (f"**Lyra Lint**: [new]{LINT[:-1]}/releases/tag/15.1)", ["Lyra Lint"]),
    (f"**Lyra Lint**: [all of it]{LINT[:-1]}#contents)", ["Lyra Lint"]),
    ("[sieve](https://github.com/nordix/tools/tree/main/sieve)", ["sieve"]),
    ("[v1.2](https://github.com/nordix/tools/releases/tag/v1.2)", []),
    ("[lyra-lint](https://nordix.dev/lyra-lint)", []),
]


@pytest.mark.parametrize(("text", "names"), SPELLED)
def test_what_links_to_code_spell_is_a_name(text: str, names: list[str]) -> None:
    assert [span.name for span in with_repository_names(Tokens(text), [])] == names


def test_weights_are_of_models() -> None:
    text = "[orion-mini](https://huggingface.co/nordix/orion-mini), [orion-cli](https://pypi.org/project/orion-cli)"
    assert [span.type for span in with_repository_names(Tokens(text), [])] == ["Model", "Software"]


def test_a_link_behind_words_spells_them() -> None:
    links = [Link(0, 9, "https://github.com/nordix/lyra-lint")]
    assert [span.name for span in with_repository_names(Tokens("lyra-lint проверяет код"), [], links)] == ["lyra-lint"]


@pytest.mark.parametrize(
    ("text", "seen", "names"),
    [
        ("**Lyra and Quill** https://github.com/nordix/lyraandquill", (2, 2), ["Lyra and Quill"]),
        ("In Lyra-lint it is so: https://github.com/nordix/Lyra-lint", (1, 1), ["Lyra"]),
        ("**nordix/orion** https://github.com/nordix/orion", (4, 4), ["orion"]),
        ("**Orion 2** — https://github.com/nordix/orion", (2, 3), ["Orion 2"]),
    ],
)
def test_names_seen(text: str, seen: tuple[int, int], names: list[str]) -> None:
    tokens = Tokens(text)
    first, last = seen
    span = Span(first, last, "Software", text[tokens.items[first].start : tokens.items[last].end])
    assert [span.name for span in with_repository_names(tokens, [span])] == names


def test_a_path_of_any_length_takes_little_memory() -> None:
    text = f"lint is at https://github.com/nordix/{'lint' * 8_000}"
    tracemalloc.start()
    assert with_repository_names(Tokens(text), []) == []
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20_000_000
