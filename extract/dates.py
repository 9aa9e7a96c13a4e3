"""Dates in a text, as ISO 8601 of the precision written."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from kg.extract.values import Value

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan январ", "february feb феврал", "march mar март", "april apr апрел", "may май мая мае", "june jun июн",
         "july jul июл", "august aug август", "september sep sept сентябр", "october oct октябр",
         "november nov ноябр", "december dec декабр"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = "(?i:" + "|".join(_MONTHS) + r")(?![a-z])[а-яА-Я]{0,6}"
"""Other words before a year are no part of the date: "in early 2023"."""
_MONTH_END = re.compile(r"(?:[аяьеуюй]|[еояю]м|ь?(?:ов)?ск\w*)?$")
"""мая, майский; but Майкл is no month."""
_YEAR = r"(?:19[5-9]\d|20[0-3]\d)"
"""2048 is a number of things."""
_YEARS = re.compile(_YEAR)
_DAY = re.compile(rf"{_YEAR}([-/.])\d\d?\1\d\d?|\d\d?\.\d\d\.{_YEAR}")
_DATE = re.compile(
    rf"""\b(?P<iso>{_YEAR}-\d\d(?:-\d\d)?)\b
    | \b(?P<d1>\d{{1,2}})(?:st|nd|rd|th|-го)?\s(?:of\s)?(?P<m1>{_MONTH})\.?,?(?:\s(?P<y1>{_YEAR})(?=г\b|\b)|\b)
    | \b(?P<m2>(?i:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{{0,6}}))
        \.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y2>{_YEAR}))?\b
    | \b(?P<m3>{_MONTH})\.?,?\s(?P<y3>{_YEAR})(?=г\b|\b)
    | (?<![\w.])(?P<y6>{_YEAR})(?P<between>[./])(?P<m6>\d\d)(?P=between)(?P<d6>\d\d)(?![\w.]?\d)
    | \b(?P<d4>\d{{1,2}})\.(?P<m4>\d\d)\.(?P<y4>{_YEAR})(?=г\b|\b)
    | (?<![\w.,-])(?P<y5>{_YEAR})(?=г\b|(?![\w-]|\.\d))(?!\s?(?:x\s?)?(?:[A-Z]+\d|GPU|TPU|ГПУ|видеокарт|ускорител))
        (?:(?<=[Ii]n\s\d{{4}})|(?<=[ВвСс]\s\d{{4}})|(?!\s(?:tokens?|токен(?:ов|а|ы)?|examples?|пример(?:ов|ах|а)?|tasks?|задач(?:и|ах)?
        |steps?|шаг(?:ов|а)?|samples?|images?|изображени\w+|hours?|час(?:ов|а)|questions?|вопрос(?:ов|ах|а)|requests?|запрос(?:ов|а)
        |chips?|чип(?:ов|а)|строк|слов|рублей|руб)\b))""",
    re.VERBOSE,
)


def find_dates(text: str) -> Iterator[Value]:
    """Dates that name a year at least, as ISO 8601 of the precision written.

    >>> [v.value for v in find_dates("9 декабря 2021 года, March 2023, 2019")]
    ['2021-12-09', '2023-03', '2019']
    """
    if not _YEARS.search(text):
        return
    for match in _DATE.finditer(text):
        value = _iso(match)
        if value:
            yield Value(match.start(), match.end(), "date", value)


def is_day(text: str) -> bool:
    """Whether a text is a day written in digits, which is no name.

    >>> is_day("2025-06-10"), is_day("Lyra-2025-06-10"), is_day("2025")
    (True, False, False)
    """
    return bool(_DAY.fullmatch(text))


def _iso(match: re.Match[str]) -> str:
    if match["iso"]:
        return match["iso"] if _exists(*map(int, match["iso"].split("-"))) else ""
    if match["y5"]:
        return match["y5"]
    day = match["d1"] or match["d2"] or match["d4"] or match["d6"]
    year = match["y1"] or match["y2"] or match["y3"] or match["y4"] or match["y6"]
    number = match["m4"] or match["m6"]
    month = int(number) if number else _month(match["m1"] or match["m2"] or match["m3"] or "")
    if not month or not year or not _exists(int(year), month, int(day) if day else 1):
        return ""
    return f"{year}-{month:02d}" + (f"-{int(day):02d}" if day else "")


def _exists(year: int, month: int, day: int = 1) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _month(word: str) -> int:
    word = word.lower()
    return next((number for name, number in _MONTHS.items() if word == name or _inflected(word, name)), 0)


def _inflected(word: str, name: str) -> bool:
    return name[0] >= "а" and word.startswith(name) and bool(_MONTH_END.match(word[len(name) :]))
