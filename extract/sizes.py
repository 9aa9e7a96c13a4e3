"""Numbers of parameters in a text, and what only looks like them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.number_words import number_before
from kg.extract.values import Value

_UNITS = {
    "k": 1e3, "тыс": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "м": 1e6, "млн": 1e6, "миллион": 1e6,
    "b": 1e9, "bn": 1e9, "billion": 1e9, "в": 1e9, "б": 1e9, "млрд": 1e9, "миллиард": 1e9,
    "t": 1e12, "trillion": 1e12, "трлн": 1e12, "триллион": 1e12,
}  # fmt: skip
_NUMBER = r"(?<![\w.,])(?P<number>\d{1,3}[ ,\u00a0\u202f]000|\d{1,4}(?:[.,]\d{1,3})?)"
"""No decimal fraction ends in three zeros: 1,000 and 1 000 are a thousand."""
_THOUSANDS = re.compile(r"[ ,\u00a0\u202f](?=000$)")
_LISTED = r"(?P<listed>(?<![\w.,-])(?:\d{1,3}(?:[.,]\d)?,\s){0,4}\d{1,3}(?:[.,]\d)?,?\s(?:и|или|and|or)\s)?"
"""Numbers of a list whose unit stands behind the last one: "3, 7 and 15 billion"."""
_SIZE = re.compile(
    _LISTED
    + _NUMBER
    + r"(?P<more>(?:(?:[-–—/]|\s[–/]\s|\s(?:to|до)\s)\d{1,4}(?:[.,]\d{1,3})?){0,6})"
    + r"(?:[-\s]?(?P<letter>[BbMmTtKВБМ]n?)(?![\w])"
    + r"|[-\s]{0,2}(?P<word>billion|million|trillion|миллиард|миллион|триллион|млрд|млн|трлн|тыс)(?P<rest>[\w.]{0,6}))"
)
_NO_SIZE = re.compile(
    r"^[-\s*_+]{0,4}(?:\w+[-\s]){0,2}?(?:"
    r"token|токен|context|контекст|sample|пример|image|изображ|картин|user|пользоват|download|скачив"
    r"|строк|lines|hour|час|dollar|доллар|руб|\$|€|£|view|просмотр|video|word|слов|pair|people|человек"
    r"|GPU|sequence|document|raise|valuation|fund|star\b|stars|звёзд|звезд|fork|follow|subscri|подписч|участник|member"
    r"|photo|фото|page\b|pages|страниц|post\b|posts|question|вопрос|request|запрос|message|сообщ|visit|посетител|зрител"
    r"|molecul|молекул|protein|белк|MAU|DAU|operation|операц|investment|инвестиц|euro\b|евро|frame|кадр|/s\b|/с\b"
    r")",
    re.IGNORECASE,
)
"""What a number with a unit counts when it does not count parameters."""
_SIZE_OF_MODEL = re.compile(
    r"^-?\s?(?:[\w-]+\s)?(?:image|video|photo|document|protein|molecule|word|page)[-\s](?:[\w-]+\s)?(?:models?|LLMs?|encoder|transformer)\b",
    re.IGNORECASE,
)
"""Behind a number: "a 32B image model" has parameters, "5B images" are images."""
_NO_SIZE_BEFORE = re.compile(
    r"(?:context|window|контекст\w{0,3}|окн\w{1,3}|tokens?|токен\w{0,3}|price|cost|цен\w{1,2}|выручк\w|revenue)"
    r"(?:\s(?:window|length|size|of|is|to|up|окно|длиной|размером|до|в|на|около)){0,3}[\s:*_(—–-]{1,4}\Z"
    r"|(?:models?|LLMs?|модел\w{1,3})\s(?:(?![а-яё]+(?:л[аи]|л[аи]сь)\s)[a-zа-яё]{3,12}\s){0,2}(?:under|below|smaller\sthan|less\sthan|меньше(?:\sчем)?|менее|легче|до)\s\Z|\bsub-\Z"
    r"|(?:среди|among)\s(?:\w+\s){0,2}(?:моделей|models)\s(?:до|up\sto)\s\Z",
    re.IGNORECASE,
)
"""What stands before a number that it counts, or of whose class it is the bound."""
_OF_OTHERS = re.compile(
    r"\b(?:обход\w+|обгон\w+|превосход\w+|лучше|сравним\w*\sс|наравне\sс|outperform\w*|beats?|than|comparable\sto|rivals?)"
    r"\s(?:\w+\s){0,2}(?:models|LLMs|модели|моделей|моделями)\s(?:на|с|в|класса|уровня|размером|of|with|at)\s"
    r"(?:\d{1,3}(?:[.,]\d)?[BMБМ]?(?:[-–]|,\s|,?\s(?:and|or|и|или)\s)){0,4}\Z"
    r"|\b(?:on|across|for|на|для)\s(?:\w+\s){0,2}(?:models|LLMs|моделях|моделей)\s(?:(?:of|from|between|at|sized|размер\w+|от|с|в)\s){0,2}"
    r"(?:\d{1,3}(?:[.,]\d{1,2})?[BMБМ]?,?\s(?:(?:и|and|to|до)\s)?){0,4}\Z",
    re.IGNORECASE,
)
"""What stands before the size of models that something is only tried on or compared with: "on models of 3B and 9B"."""
_TRIED_ON = re.compile(
    r"\b(?:(?:on|fine-?tun\w+)\s(?:an?\s|the\s|both\s)?|(?:(?:all\s)?other|all\s(?:open|existing)|existing|previous|comparable)\s"
    r"(?:[\w-]+\s){0,3})"
    r"(?:\d{1,3}(?:\.\d)?B,?\s(?:and|or)\s)?\Z",
    re.IGNORECASE,
)
_MODELS_AFTER = re.compile(
    r"(?:,?\s(?:and|or)\s\d{1,3}(?:\.\d)?B)?[\s-](?:param\w*\s|dense\s|base\s)?(?:models?|LLMs?)\b", re.IGNORECASE
)
"""The same where the word for the models follows: "on a 7B model", "all other 7B and 8B models"."""
_LETTER_DIGITS = 3
"""Digits before a letter that is a unit, at most: 1231b is the name of a planet, and who means that many writes 1.7T."""
_IN_WORDS = re.compile(
    r"(?<![^\W_])(?P<unit>trillion|billion|million|триллион|миллиард|миллион)(?P<case>\w{0,3})(?P<joint>[-\s])(?:[\w-]{1,30}\s)?(?:param|парам)",
    re.IGNORECASE,
)
"""A unit behind words for the number, or that is the number itself: "thirteen billion parameters", "миллиард параметров"."""
_IN_NAME = re.compile(r"[^\W\d][-_]$")
"""Before a number: it is the version in a name (lumen-3.1-70b), not the lower end of a range."""
_ACTIVE_BEFORE = re.compile(
    r"(?:activ\w*|актив\w*(?:\sиспользовани\w*)?|задейств\w*)(?:[^\w,;.]{1,3}(?:only|just|about|around|roughly|some|for|per|each|every|token"
    r"|только|лишь|всего|около|порядка|примерно|для|на|по|кажд\w{2,3}|токена?|parameters?|параметр\w*)){0,6}[\s:*_(—–~-]{1,4}\Z",
    re.IGNORECASE,
)
_ACTIVE_AFTER = re.compile(
    r"[-\s*_(]{0,3}(?:(?:of|them|which|are|из|них|params?|parameters?|параметр\w*)\W{1,2}){0,3}(?:activ(?!at(?:es|ing))|актив)\w*"
    r"(?![\w]|\s(?:(?:only|just|about|только|лишь|всего|около)\s)?~?\d)",
    re.IGNORECASE,
)
"""Of a mixture of experts the parameters that are at work at a time: they are not how many it has. "1.2T (active 40B)" says so of
the number behind it."""
_MORE = re.compile(r"\d+(?:[.,]\d+)?")
_OF_A_CLASS = re.compile(r"^[-\s+]{0,3}param\w*[-\s](?:scale|class|range|regime)\b", re.IGNORECASE)
"""Behind a number that bounds a class of models: "the best one at the 7B parameter scale"."""
_AFTER_SIZE = re.compile(r"^[-\s*_]{0,4}(?:[\w-]+\s){0,2}?(?:param|парам|-?параметр)", re.IGNORECASE)


_DIGITS_BEFORE = re.compile(r"\d\s{0,2}\Z")
"""What ``_SIZE`` reads: a number in digits before the unit."""


def find_sizes(text: str) -> Iterator[Value]:
    """Numbers with a unit of thousands to trillions that may count the parameters of a model.

    >>> [(v.value, v.hint) for v in find_sizes("7,5 млрд параметров, also 70B")]
    [('7500000000', 'parameters'), ('70000000000', 'letter')]
    >>> [v.value for v in find_sizes("lumen-3.1-70b; 1-3B models; TOI-1231b; 5.2K stars")]
    ['70000000000', '1000000000', '3000000000']
    """
    for match in _SIZE.finditer(text):
        unit = (match["letter"] or match["word"]).lower()
        factor = _UNITS[unit if unit in _UNITS else unit[:1]]
        after, start = text[match.end() : match.end() + 40], match.start("number")
        named = bool(_AFTER_SIZE.match(after))
        if not _may_count_parameters(text, match, after, named):
            continue
        listed = _MORE.findall(match["listed"] or "") if named and match["word"] else []
        of_model = (match["rest"] or "").startswith("н")  # "12-миллиардная модель" is a 12B model
        hint = "parameters" if named else "letter" if match["letter"] or of_model else "word"
        numbers = [match["number"], *_MORE.findall(match["more"])]
        if len(numbers) > 1 and _IN_NAME.search(text, max(0, start - 2), start):
            del numbers[0]
        for number in [*listed, *numbers]:
            value = float(_THOUSANDS.sub("", number).replace(",", ".")) * factor
            yield Value(start, match.end(), "size", str(round(value)), hint)
    for match in _IN_WORDS.finditer(text):
        number = number_before(text, match.start())
        alone = match["unit"][0] > "z" and not match["case"]  # "миллиард параметров" is one, "миллиарды параметров" are many
        if (number or alone) and not _OF_A_CLASS.match(text[match.end("unit") : match.end() + 40]):
            start, many = number or (match.start(), 1)
            if not text[max(0, start - 1) : start].isalnum() and not _DIGITS_BEFORE.search(text, max(0, start - 3), start):
                size = round(many * _UNITS[match["unit"].lower()])
                yield Value(start, match.end("unit"), "size", str(size), "parameters")


def _may_count_parameters(text: str, match: re.Match[str], after: str, named: bool) -> bool:
    """Whether nothing around the number says that it counts something else; ``named`` is whether it says parameters."""
    start = match.start("number")
    if text[start - 1 : start] in ("$", "€", "£", "₽", "%"):
        return False
    if _ACTIVE_AFTER.match(after) or _ACTIVE_BEFORE.search(text, max(0, start - 60), start):
        return False
    if _OF_OTHERS.search(text, max(0, start - 40), start) or _OF_A_CLASS.match(after):
        return False
    if _MODELS_AFTER.match(after) and _TRIED_ON.search(text, max(0, start - 40), start):
        return False
    if named:
        return True
    unlikely = match["letter"] and (match["letter"] == "K" or len(match["number"].split(".")[0]) > _LETTER_DIGITS)
    other = _NO_SIZE.match(after) and not _SIZE_OF_MODEL.match(after)
    return not (unlikely or other or _NO_SIZE_BEFORE.search(text, max(0, start - 40), start))
