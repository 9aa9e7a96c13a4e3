"""Scores, metrics, ranks, phases and counts: what a sentence says about a result or a run beyond the fact itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.values import Value

_SCORE = re.compile(
    r"""(?<![\w.,$€£₽\d/\#№-])(?<![\#№]\s)[~≈]?(?P<number>[+−]?\d{1,4}(?:[.,]\d{1,3})?|\d{1,2}/\d{1,3})(?P<percent>\s?%)?
        (?![\w\d]|[.,]\d|\s?[x×]\b|-?(?:shot|bit|nm|[KkКк]\b))""",
    re.VERBOSE,
)
_RANK = re.compile(
    r"""(?:\#\s?|№\s?|\bтоп-|\btop-|\brank(?:s|ed|ing)?\s(?:as\s|at\s)?(?:number\s|\#)?)(?P<a>\d{1,3})(?:st|nd|rd|th)?\b
      | \b(?P<b>\d{1,3})(?:st|nd|rd|th)\s(?:place|spot|position|overall|on|in)\b
      | \b(?P<c>\d{1,3})(?:-?[еоемым]{1,3})?\s(?:мест[оаеу]|строчк|позици)
      | \b(?P<word>first|second|third|перв\w{2,3}|втор\w{2,3}|треть\w{1,3})
        \s(?:place|spot|position|мест\w*|строчк\w*|позици\w*)
      | \b(?P<lead>tops|topped|topping|top\s(?:rank|spot|place|position)
        | возглав(?:ил|ила|или|ляет|ляют)|лидирует|на\sвершине\s(?:рейтинг|лидерборд)\w*)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_ORDINALS = {"first": 1, "перв": 1, "second": 2, "втор": 2, "third": 3, "треть": 3}
_COUNT = re.compile(r"(?P<number>\d{1,3}(?:[ ,\u00a0]\d{3})+|\d{1,6})\s?(?:[x×хXХ]\s?)?(?:\w+\s){0,2}$")
_NO_COUNT = re.compile(
    r"""\b(?:год\w*|час\w*|дн\w*|минут\w*|недел\w*|месяц\w*|эпох\w*|шаг\w*|раз\w*
        | токен\w*|параметр\w*|млн|млрд|трлн|миллион\w*|миллиард\w*
        | hours?|days?|minutes?|weeks?|months?|years?|epochs?|steps?|times|tokens?|parameters?|params?
        | million|billion|trillion|[kmb]|[kmgtкмгт][bб]|bit
        | in|on|на|в|for|за|with|of)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""What a number before a device counts when it does not count devices."""
_ONE = re.compile(
    r"\b(?:single|одной|одном|одну|единственн\w{2,3})\s(?:\d+\s?(?:GB|ГБ)\s)?(?:(?:GPU|TPU|карт|видеокарт|ускорител|чип)\w*\s)?(?:\w+\s)?$",
    re.IGNORECASE,
)
"""One device, said in a word: "a single H100", "на одной видеокарте"."""
_COUNT_AFTER = re.compile(r"^\s?(?:[x×]\s?(?P<number>\d{1,6})\b|\(\s?[x×]?(?P<brackets>\d{1,6})\s?[)x×])")


def find_scores(text: str) -> Iterator[Value]:
    """Numbers that may be results, with a decimal point; years, sizes and multiples are none.

    >>> [v.value for v in find_scores("набрала 89,4% против 88.9 у GPT-4 в 2023 году, 5-shot")]
    ['89.4', '88.9']
    """
    for match in _SCORE.finditer(text):
        number = match["number"].replace(",", ".").replace("−", "-")
        if not match["percent"] and re.fullmatch(r"(?:19[89]|20[0-4])\d", number):
            continue
        yield Value(match.start("number"), match.end(), "score", number, "percent" if match["percent"] else "plain")


def find_rank(sentence: str) -> int | None:
    """The place in a ranking that a sentence names.

    >>> find_rank("занимает 3-е место в рейтинге"), find_rank("the #1 model"), find_rank("второе место")
    (3, 1, 2)
    """
    match = _RANK.search(sentence)
    if not match:
        return None
    number = match["a"] or match["b"] or match["c"]
    if number:
        return int(number) or None
    if match["lead"]:
        return 1
    word = match["word"].lower()
    return next(place for name, place in _ORDINALS.items() if word.startswith(name))


def find_count(before: str, after: str) -> int | None:
    """How many devices, from the text before and after the name of the device.

    >>> find_count("обучали на 512 ", " в течение"), find_count("on 8x", ""), find_count("в 2023 году на ", "")
    (512, 8, None)
    """
    match = _COUNT_AFTER.match(after)
    if match:
        return int(match["number"] or match["brackets"])
    before = before[-40:]
    if _ONE.search(before):
        return 1
    match = _COUNT.search(before)
    if not match or re.search(r"[-.,\w]\Z", before[: match.start()]):
        return None
    if _NO_COUNT.search(before[match.end("number") :]):
        return None
    number = int(re.sub(r"\D", "", match["number"]))
    return number if 0 < number <= 1_000_000 else None
