"""What stands under the title of a picture: how much is shown of how much, from when, and what was asked for."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from kg.errors import InputError
from kg.page_text import shown
from kg.part import Part
from kg.view import View
from kg.vocabulary import Vocabulary


class Words:
    """Texts of one language, out of ``schemas/picture-words.json``.

    >>> Words.of("ru")("posts", n=22)
    '22 поста'
    """

    def __init__(self, lang: str, texts: dict[str, Any]) -> None:
        self.lang, self._texts = lang, texts

    @classmethod
    def of(cls, lang: str) -> Words:
        """The words of a language; ``InputError`` when there are none."""
        texts = json.loads((files("kg") / "schemas" / "picture-words.json").read_text(encoding="utf-8"))
        if lang not in texts:
            raise InputError(f"There are no words for a picture in {lang!r}. There are: {', '.join(texts)}.")
        return cls(lang, texts[lang])

    def __call__(self, name: str, /, **values: Any) -> str:
        text = self._texts[name]
        if isinstance(text, dict):
            text = text.get(plural(values["n"], self.lang), text["other"])
        return str(text).format(**{k: self._number(v) if isinstance(v, int) else v for k, v in values.items()})

    def _number(self, value: int) -> str:
        """In groups of three, as the language writes them; Russian leaves four digits alone."""
        return f"{value:,}" if self.lang == "en" else f"{value:,}".replace(",", "\u00a0") if value > 9999 else str(value)


def plural(number: int, lang: str) -> str:
    """The form of a noun beside a number, as Unicode names it.

    >>> [plural(number, "ru") for number in (1, 3, 11, 21, 25)]
    ['one', 'few', 'many', 'one', 'many']
    """
    if lang != "ru":
        return "one" if number == 1 else "other"
    tens, ones = number // 10 % 10, number % 10
    if tens == 1 or ones == 0 or ones > 4:
        return "many"
    return "one" if ones == 1 else "few"


def short_number(digits: str, lang: str) -> str:
    """A whole number as people say it.

    >>> short_number("671000000000", "en"), short_number("7500000000", "ru"), short_number("16384", "en")
    ('671B', '7,5\xa0млрд', '16384')
    """
    names = {"en": ("M", "B", "T"), "ru": ("\u00a0млн", "\u00a0млрд", "\u00a0трлн")}[lang]
    try:
        number = int(digits)
    except ValueError:
        return digits
    for size, name in zip((10**12, 10**9, 10**6), reversed(names), strict=True):
        if abs(number) >= size:
            short = f"{number / size:.4g}{name}"
            return short.replace(".", ",") if lang == "ru" else short
    return str(number)


def caption(view: View, vocabulary: Vocabulary, part: Part, words: Words, common: str = "") -> list[str]:
    """One text of figures, and one of what was asked for when that was not everything; ``common`` is every link's predicate."""
    if not view.nodes:
        return [words("empty"), *filter(None, [_asked(view, vocabulary, part, words)])]
    many = len(view.nodes)
    nodes = words("shown", n=many, total=view.total) if view.total > many else words("nodes", n=many)
    figures = [nodes, words("links", n=len(view.links())), words("facts", n=len(view.facts)), words("posts", n=len(view.sources))]
    days = sorted(source.day for source in view.sources.values() if source.day)
    if days:
        figures.append(days[0] if days[0] == days[-1] else words("period", **{"from": days[0], "to": days[-1]}))
    if common:
        relation = vocabulary.relations[common]
        figures.append(words("all_links", name=relation.labels.get(words.lang) or common))
    return [" · ".join(figures), *filter(None, [_asked(view, vocabulary, part, words)])]


def _asked(view: View, vocabulary: Vocabulary, part: Part, words: Words) -> str:
    said = []
    if part.around:
        names = {node.key: node.name for node in view.nodes}
        said.append(words("around", name=shown(names.get(view.around, part.around)), n=part.depth))
    if part.types:
        kinds = [vocabulary.types[name] for name in part.types]
        said.append(words("types", names=", ".join(kind.labels.get(words.lang) or kind.name for kind in kinds)))
    if part.since:
        said.append(words("since", day=part.since))
    if part.until:
        said.append(words("until", day=part.until))
    if part.min_support > 1:
        said.append(words("min_support", n=part.min_support))
    if part.min_confidence > 0:
        said.append(words("min_confidence", x=f"{part.min_confidence:g}"))
    text = " · ".join(said)
    return text[:1].upper() + text[1:]
