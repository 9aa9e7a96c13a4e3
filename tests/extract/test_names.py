"""Name lists: their form, and how their names are found in Russian and English text."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.extract.names import Name, Names, load_names, read_names
from kg.extract.tokens import Tokens
from kg.vocabulary import load_vocabulary

LISTS = sorted((Path(str(path)) for path in (files("kg") / "schemas").iterdir() if path.name.startswith("names-")), key=str)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_a_list_keeps_its_form(path: Path) -> None:
    entries = list(read_names(path))
    assert entries
    assert {name.type for name, _ in entries} <= set(load_vocabulary().types)
    assert {name.when for name, _ in entries} <= {"", "case", "context"}
    assert not [name for name, _ in entries if not any(c.isalnum() for c in name.name)]
    assert not [(name.name, alias) for name, aliases in entries for alias in aliases if not any(c.isalnum() for c in alias)]
    twice = [name for name, count in Counter(name.name for name, _ in entries).items() if count > 1]
    assert not twice


WRITTEN = [
    ("модель от Сбера", ["Сбер"]),
    ("вместе со Сбером и Яндексом", ["Сбер", "Яндекс"]),
    ("в Яндексе рассказали", ["Яндекс"]),
    ("ГигаЧат и GigaChat", ["GigaChat", "GigaChat"]),
    ("работает на PyTorch", ["PyTorch"]),
    ("Google DeepMind's work", ["Google DeepMind"]),
    ("open ai", ["OpenAI"]),
    ("в Сирии и Сирию", []),
    ("спросили Сири", ["Siri"]),
    ("Ауди, но не аудио", ["Audi"]),
    ("Hugging Face Hub", ["Hugging Face Hub"]),
    ("на бенчмарке MMLU-Pro", ["MMLU-Pro"]),
    ("MMLU Pro and MMLU", ["MMLU-Pro", "MMLU"]),
    ("на Blackwell (B200)", ["Blackwell", "B200"]),
    ("Blackwell B200", ["B200"]),
    ("Robotics: Science and Systems", ["RSS"]),
    ("просто текст без имен", []),
    ("nothing has a name here", []),
]


@pytest.mark.parametrize(("text", "found"), WRITTEN)
def test_names_in_text(names: Names, text: str, found: list[str]) -> None:
    known = set(found)
    listed = [next((n.name for n in m.names if n.name in known), m.names[0].name) for m in names.find(Tokens(text))]
    assert listed == found


SMALL = Names(
    [
        (Name("Sonnet", "Model", ("Anthropic",), "context"), []),
        (Name("Apex", "Software", (), "case"), []),
        (Name("ViT", "Model", (), ""), ["VIT"]),
        (Name("Алмаз", "Model", ("Завод",), ""), ["Almaz", "Almaz Max"]),
        (Name("Almaz Max", "Hardware", (), ""), []),
    ]
)
RULES = [
    ("Apex", ["Apex"]),
    ("the apex of", []),
    ("APEX", []),
    ("ViT", ["ViT"]),
    ("VIT", ["ViT"]),
    ("vit", []),
    ("a sonnet", ["Sonnet"]),
    ("Алмазом", ["Алмаз"]),
    ("АЛМАЗ", ["Алмаз"]),
    ("almaz", ["Алмаз"]),
    ("Almaz-Max", ["Алмаз", "Almaz Max"]),
    ("Almaz\nMax", ["Алмаз"]),
    ("Almazoid", []),
]


@pytest.mark.parametrize(("text", "found"), RULES)
def test_capitals_and_context(text: str, found: list[str]) -> None:
    assert [name.name for match in SMALL.find(Tokens(text)) for name in match.names] == found


ENDS = [
    ("(Almaz)", "Almaz"),
    ("Almaz, Almaz.", "Almaz"),
    ("«Almaz»!", "Almaz"),
    ("Almaz-", "Almaz"),
    ("(Almaz Max)", "Almaz Max"),
]


@pytest.mark.parametrize(("text", "written"), ENDS)
def test_no_punctuation_behind_a_name(text: str, written: str) -> None:
    tokens = Tokens(text)
    match = SMALL.find(tokens)[0]
    assert text[tokens.items[match.first].start : tokens.items[match.last].end] == written


def test_a_family_is_the_longest_beginning() -> None:
    assert [name.name for name in SMALL.family("Алмаз-3 mini")] == ["Алмаз"]
    assert [name.name for name in SMALL.family("Almaz Max 2")] == ["Алмаз", "Almaz Max"]
    assert [name.name for name in SMALL.family("Almaz3")] == ["Алмаз"]
    assert SMALL.family("Basalt 3") == SMALL.family("") == []


DICTIONARY = [("Model", "Алмаза", "Алмаз"), ("Model", "almaz", "Almaz"), ("Hardware", "Алмаза", ""), ("Model", "Рубин", "")]


@pytest.mark.parametrize(("kind", "written", "form"), DICTIONARY)
def test_dictionary_form(kind: str, written: str, form: str) -> None:
    assert SMALL.dictionary_form(kind, written) == form


def test_own_names_are_read_after_ours(tmp_path: Path) -> None:
    own = tmp_path / "names-model-mine.tsv"
    own.write_text("# mine\nname\taliases\tdeveloper\twhen\n\nАлмаз-7\tAlmaz-7 | А7\tЗавод | Сбер\t\n", encoding="utf-8")
    assert list(read_names(own)) == [(Name("Алмаз-7", "Model", ("Завод", "Сбер"), ""), ["Almaz-7", "А7"])]
    assert [match.names[0].name for match in load_names([own]).find(Tokens("про Almaz 7 пишут"))] == ["Алмаз-7"]


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    own = tmp_path / "names-model.tsv"
    own.write_text("# mine\nAlmaz\tAlmaz 1\tЗавод\t\nRubin\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"names-model\.tsv:3: four columns expected .* 1 found"):
        load_names([own])


def test_a_wrong_file_name_is_named(tmp_path: Path) -> None:
    own = tmp_path / "models.txt"
    own.write_text("Almaz\t\t\t\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"models\.txt: a list of names is called names-TYPE\.tsv"):
        load_names([own])
