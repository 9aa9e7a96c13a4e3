"""A user's corrections win over lists, tagger and resolution; a line that cannot be used says what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.extract import Extractor, load_extractor
from kg.extract.corrections import Correction, Corrections
from kg.extract.corrections_file import read_corrections
from kg.extract.document import Span
from kg.extract.names import Name, Names
from kg.extract.resolve import Resolver
from kg.extract.tokens import Tokens
from kg.model import Extraction, Post
from kg.vocabulary import load_vocabulary

HEADER = "action\tname\ttype\tentity\n# mine\n\n"


def file(folder: Path, lines: str) -> Path:
    path = folder / "corrections.tsv"
    path.write_text(HEADER + lines, encoding="utf-8")
    return path


def keys(extraction: Extraction) -> dict[str, str]:
    """What each mention is written like, and the key of its entity."""
    return {extraction.post.text[m.start : m.end]: m.entity for m in extraction.mentions}


# Text, written name, its key without corrections (empty: not found), the line, its key with it (empty: not found).
APPLIED = [
    ("Meta released Llama. Ламе уже год.", "Ламе", None, "merge\tЛаме\tModel\tLlama", "model/llama"),
    ("OpenAI released GPT-4o and zorbl.", "zorbl", None, "merge\tZorbl\tModel\tGPT-4o", None),
    ("OpenAI released GPT-4o and Zorbl.", "Zorbl", None, "merge\tZorbl\tModel\tGPT-4o", "model/gpt-4o"),
    ("Попробовали (Zorbl), и Zorbl: хорошо.", "Zorbl", None, "merge\tZorbl\tModel\tGPT-4o", "model/gpt-4o"),
    ("Пишем на Zorbl++!", "Zorbl++", None, "type\tZorbl++\tSoftware", "software/zorbl++"),
    ("Google released Gemini.", "Google", "organization/google", "drop\tGoogle", ""),
    ("Сбер выпустил GigaChat.", "Сбер", "organization/сбер", "drop\tсбера", ""),
    ("Google released Gemini.", "Gemini", "model/gemini", "type\tGemini\tSoftware", "software/gemini"),
    ("NVIDIA H100 is fast.", "NVIDIA", None, "drop\tNVIDIA", ""),
    ("Nvidia and NVIDIA again.", "NVIDIA", "organization/nvidia", "merge\tNvidia\tOrganization\tMeta", "organization/meta"),
    ("ГПТ-4 от OpenAI.", "ГПТ-4", "model/gpt-4", "split\tГПТ-4\tModel", "model/гпт-4"),
    ("OpenAI released GPT-4. ГПТ-4 от OpenAI.", "GPT-4", "model/gpt-4", "split\tГПТ-4\tModel", "model/gpt-4"),
    ("OpenAI released GPT-4. ГПТ-4 от OpenAI.", "ГПТ-4", "model/gpt-4", "split\tГПТ-4\tModel", "model/гпт-4"),
]


@pytest.mark.parametrize(("text", "written", "before", "line", "after"), APPLIED)
def test_a_correction_wins(
    extractor: Extractor, tmp_path: Path, text: str, written: str, before: str | None, line: str, after: str | None
) -> None:
    post = Post("1", text)
    plain, corrected = extractor.extract(post), load_extractor(corrections=file(tmp_path, line)).extract(post)
    if before is not None:
        assert keys(plain).get(written, "") == before
    expected = keys(plain).get(written, "") if after is None else after
    assert keys(corrected).get(written, "") == expected


BY_TYPE = [
    ("merge\tR1\tModel\tZavod R1\nsplit\tR1\tHardware", {"Model": "model/zavod-r1", "Hardware": "hardware/r1"}),
    ("merge\tЛама*\tModel\tLlama*", {"Model": "model/r1"}),
]


@pytest.mark.parametrize(("lines", "entities"), BY_TYPE)
def test_a_name_may_be_corrected_for_each_type(tmp_path: Path, lines: str, entities: dict[str, str]) -> None:
    resolver = Resolver(Names(LISTED), read_corrections(file(tmp_path, lines), load_vocabulary().types))
    assert {kind: resolver.resolve(kind, "R1").key for kind in entities} == entities


BEGUN = [
    ("merge\tРубин*\tModel\tAlmaz*", "Рубина 3 8B", "model/алмаз-3-8b"),
    ("merge\tРубин*\tModel\tAlmaz*", "Рубин", "model/алмаз"),
    ("merge\tРубин*\tModel\tAlmaz", "Рубин-2", "model/алмаз"),
    ("merge\tРубин*\tModel\tAlmaz*", "Рубиновый", "model/rubinov"),
    ("merge\tРубин\tModel\tAlmaz", "Рубин-2", "model/rubin-2"),
    ("merge\tРубин*\tModel\tAlmaz*\nsplit\tРубин-2\tModel", "Рубин-2", "model/рубин-2"),
]


@pytest.mark.parametrize(("lines", "written", "key"), BEGUN)
def test_a_star_stands_for_what_follows(tmp_path: Path, lines: str, written: str, key: str) -> None:
    corrections = read_corrections(file(tmp_path, lines), load_vocabulary().types)
    assert Resolver(Names(LISTED), corrections).resolve("Model", written).key == key


def test_a_name_is_dropped_for_one_type(tmp_path: Path) -> None:
    corrections = read_corrections(file(tmp_path, "drop\tR1\tHardware\ndrop\tМодуль*"), load_vocabulary().types)
    spans = [Span(0, 0, "Model", "R1"), Span(1, 1, "Hardware", "R1"), Span(2, 2, "Software", "Модуля 7")]
    assert [span.type for span in corrections.apply(Tokens("R1 R1 Модуля 7"), spans)] == ["Model"]
    assert [correction.name for correction in corrections.dropped] == ["R1", "Модуль*"]


LISTED = [(Name("Алмаз", "Model", (), ""), ["Almaz", "Diamond One"])]
RESOLVED = [
    (Correction("merge", "Rubin", "Model", "Almaz"), "Rubin", "model/алмаз", "your correction"),
    (Correction("merge", "Rubin", "Model", "Almaz"), "RUBIN", "model/алмаз", "your correction"),
    (Correction("merge", "Rubin", "Software", "Almaz"), "Rubin", "model/rubin", "as written"),
    (Correction("split", "Almaz", "Model"), "Almaz", "model/almaz", "your correction"),
    (Correction("split", "Almaz", "Model"), "Diamond One", "model/алмаз", "listed alias"),
    (Correction("split", "Алмаз", "Model"), "Алмаза", "model/алмаз", "your correction"),
    (Correction("split", "Алмаз", "Model"), "Almaz", "model/almaz", "as written"),
    (Correction("split", "Rubin-7", "Model"), "Рубин-7", "model/рубин-7", "as written"),
    (Correction("split", "Алмаз", "Model"), "Almaz-3", "model/алмаз-3", "listed family, own version"),
    (Correction("type", "Almaz", "Model"), "Almaz", "model/алмаз", "listed alias"),
]


@pytest.mark.parametrize(("correction", "written", "key", "reason"), RESOLVED)
def test_what_a_corrected_name_resolves_to(correction: Correction, written: str, key: str, reason: str) -> None:
    found = Resolver(Names(LISTED), Corrections([correction])).resolve("Model", written)
    assert (found.key, found.reason) == (key, reason)


# Lines after a header of three lines, the line that is named, words of the message.
WRONG = [
    ("join\tA1\tModel\tB2", 4, "Begin the line with merge, split, type, drop"),
    ("merge A1 Model B2", 4, "Begin the line with merge"),
    ("merge\tA1\tModel", 4, "Write: action <tab> name <tab> type <tab> entity"),
    ("merge\tA1\t\tB2", 4, "takes 4 columns"),
    ("drop\tA1\tModel\tB2", 4, "Write: action <tab> name."),
    ("drop\tA1\ndrop\tA1\tModel", 5, "line 4 corrects 'A1' already"),
    ("type\tA1\tModel\nsplit\tA1\tSoftware", 5, "line 4 corrects 'A1' already"),
    ("split\tA1\tModel\nmerge\tA1\tModel\tB2", 5, "line 4 corrects 'A1' already"),
    ("drop\t", 4, "Write: action <tab> name."),
    ("split\tA1\tModle", 4, "no type is called 'Modle'.\nKnown: Benchmark"),
    ("type\t«»\tModel", 4, "a name has at least one letter"),
    ("drop\tA1\n\ndrop\ta-1", 6, "line 4 corrects 'a-1' already"),
    ("merge\tA1\tModel\tB2\nmerge\tB2\tModel\tA1", 4, "by line 5 (merge)"),
    ("drop\tB2\nmerge\tA1\tModel\tB2", 5, "by line 4 (drop)"),
    ("type\tB2\tSoftware\nmerge\tA1\tModel\tB2", 5, "by line 4 (type)"),
    ("merge\tA1\tModel\ta 1", 4, "merged into itself"),
]


@pytest.mark.parametrize(("lines", "number", "words"), WRONG)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, lines: str, number: int, words: str) -> None:
    path = file(tmp_path, lines)
    with pytest.raises(InputError) as error:
        read_corrections(path, load_vocabulary().types)
    assert str(error.value).startswith(f"{path}:{number}: ")
    assert words in str(error.value)
    assert "\n" in str(error.value)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "corrections.tsv"
    path.write_bytes(b"drop\t\xff\xfe")
    with pytest.raises(InputError, match="Give a text file in UTF-8"):
        read_corrections(path, load_vocabulary().types)


def test_empty_cells_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "corrections.tsv"
    path.write_text("\ufeffdrop\tA1\t\t\nsplit\tB2\tModel\t\n", encoding="utf-8")
    found = read_corrections(path, load_vocabulary().types)
    assert (found.of("A1"), found.of("B2")) == (Correction("drop", "A1"), Correction("split", "B2", "Model"))


def test_another_file_is_another_version(extractor: Extractor, tmp_path: Path) -> None:
    one = load_extractor(corrections=file(tmp_path, "drop\tA1")).version
    other = load_extractor(corrections=file(tmp_path, "drop\tA2")).version
    assert len({extractor.version, one, other}) == 3
