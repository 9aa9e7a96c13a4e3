"""The version of an extractor changes with everything its answers depend on."""

from __future__ import annotations

from pathlib import Path

from kg.extract.version import extractor_version

ROWS = "name\taliases\tdeveloper\twhen\nLyra\t\t\t\n"


def test_the_type_of_a_list_stands_in_its_name(tmp_path: Path) -> None:
    versions = []
    for name in ("names-model.tsv", "names-software.tsv"):
        (tmp_path / name).write_text(ROWS, encoding="utf-8")
        versions.append(extractor_version(names=[tmp_path / name]))
    assert len({*versions, extractor_version()}) == 3


def test_where_one_file_ends_and_the_next_begins(tmp_path: Path) -> None:
    versions = []
    for place, cut in enumerate((len(ROWS), len(ROWS) - 5)):
        (tmp_path / f"{place}").mkdir()
        paths = [tmp_path / f"{place}" / name for name in ("names-model.tsv", "names-software.tsv")]
        for path, text in zip(paths, (ROWS[:cut], ROWS[cut:]), strict=True):
            path.write_text(text, encoding="utf-8")
        versions.append(extractor_version(names=paths))
    assert versions[0] != versions[1]
