"""Scores, metrics, ranks, phases and counts: what a sentence says about a result or a run beyond the fact itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.values import Value

_SCORE = re.compile(
    r"""(?:(?<![\w.,$€£₽\d/\#№-])(?<![\#№]\s)|(?<=\d[.,]\d/)|(?<=\d[.,]\d\d/))[~≈]?
        (?P<number>[1-9]\d{0,2}[ \u00a0\u202f]\d{3}(?!\d|\s?%)|\d{1,2}(?:\.\d{1,2})?[-–]\d{1,3}(?:\.\d{1,2})?(?=\s?%)
          |[+−]?\d{1,4}(?:[.,]\d{1,3})?)(?P<percent>\s?%)?
        (?![\w\d]|[.,]\d|\s?[x×]\b|[\s-]?shots?\b|-?(?:bit|nm|[KkКк]\b)
          |(?:-?[еойхмуи]{1,3})?\s(?:мест[оаеу]|строчк|позици)|\sраза?\b|\s?п\.\s?п|\stimes\b
          |\s?%|\s(?:cheaper|faster|slower|smaller|lighter|дешевле|быстрее|медленнее|легче)\b
          |[ \u00a0]?(?:TPS|tps|t/s|tok|ток|FPS|fps|ms|мс|GB|ГБ|MB|МБ)\b
          |[ \u00a0-](?:tokens?|токен\w*|frames|кадр\w*|secs?|seconds|сек\w*|minutes|минут\w*|hours|час(?:а|ов)?|days|дней
          |epochs|эпох\w*|GPUs?)\b)""",
    re.VERBOSE,
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")
"""1,247 as a rating is a thousand and more; results with three decimals are parts of one: 0,247."""
_OUT_OF = re.compile(r"\d\s(?:points?\s|балл\w{0,3}\s|очк\w{0,3}\s)?(?:out\sof|of|из)\s\Z")
"""Before a number that is only the most there could have been: "8.9 out of 10", "67 of 164 problems"."""
_SCALE = 24
"""Characters in which that is looked for."""
_RANK = re.compile(
    r"""(?:(?:\#\s?|№\s?|\bno\.\s|\bnumber\s|(?<!%\s)\bтоп-(?=1\b)|(?<!%\s)\btop-(?=1\b)|\brank(?:s|ed|ing)?\s(?:as\s|at\s)?(?:number\s|\#)?)
        (?P<a>\d{1,3})(?:st|nd|rd|th)?\b|\bnumber\s(?P<one>one)\b)(?!\s(?:accuracy|acc|error|точност|ошибк))
      | \b(?P<b>\d{1,3})(?:st|nd|rd|th)\s(?:place|spot|position|overall|on|in)\b
      | \b(?P<c>\d{1,3})(?:-?[еойхмуи]{1,3})?\s(?:мест[оаеу]|строчк|позици)
      | \b(?P<word>first|second|third|fourth|fifth|перв\w{2,3}|втор\w{2,3}|треть\w{1,3}|четверт\w{2,3}|пят\w{2,3})
        \s(?:place|spot|position|мест\w*|строчк\w*|позици\w*)
      | \b(?:ranked|placed|ranks|places)\s(?:in\s|as\s)?(?P<nth>first|second|third|fourth|fifth)\b(?!\s(?:on\sthe\slist|priority))
      | \b(?:came|comes|finish(?:es|ed)|takes|took)\s(?:in\s)?(?P<came>first|second|third|fourth|fifth)
        (?=,?\s(?:on|overall|among|behind|ahead)\b)
      | \b(?P<topped>topped\sby|возглавляем\w{2,3}|возглавил[аи]?\s(?:рейтинг|лидерборд|топ)\w*(?=\s[A-Z]))
      | \b(?P<lead>tops|topped|topping|top\s(?:rank|spot|place|position|performance\son)\b
        | (?:is|are|as|now|became|becomes)\sthe\s(?:top|best|number\sone|leading)\s(?:[\w-]+\s){0,2}?(?:model|LLM|on)\b
        | возглав(?:ил|ила|или|ляет|ляют)|лидирует|вырвал(?:ся|ась|ись)\sв\sлидеры|на\sвершине\s(?:рейтинг|лидерборд)\w*)""",
    re.VERBOSE | re.IGNORECASE,
)
_ORDINALS = {"first": 1, "перв": 1, "second": 2, "втор": 2, "third": 3, "треть": 3, "fourth": 4, "четв": 4, "fifth": 5, "пят": 5}
_LEADS = re.compile(r"\b(?:leads?|leading|led)\s(?:[\w'’-]{1,30}\s){0,5}\Z", re.IGNORECASE)
"""A text that ends so before the name of a benchmark says who leads it."""
_COUNT = re.compile(
    r"(?<![-.,\w$€£₽#№])(?P<number>\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+|\d{1,6}(?:[.,]\d)?)\+?\s?"
    r"(?P<thousand>[KkКк](?![\w])\s?|тыс\.?\s|тысяч\w?\s|thousand\s)?"
    r"(?:[x×хXХ]\s?)?(?P<between>(?:(?:[^\W\d][\w-]{0,20}|\d{1,3}\s?(?:GB|ГБ))\s){0,2})\Z"
)
_WORDS = {
    2: "two dual pair двух двумя две два пары паре пара", 3: "three трёх трех три тремя", 4: "four четырёх четырех четыре",
    8: "eight восьми восемь восемью", 16: "sixteen шестнадцати шестнадцать",
}  # fmt: skip
_NUMBER_OF = {word: number for number, words in _WORDS.items() for word in words.split()}
_COUNTED = r"""год\w*|час\w*|дн\w*|минут\w*|секунд\w*|недел\w*|месяц\w*|эпох\w*|шаг\w*|раз\w*
    | токен\w*|параметр\w*|млн|млрд|трлн|миллион\w*|миллиард\w*
    | hours?|days?|minutes?|seconds?|weeks?|months?|years?|epochs?|steps?|times|tokens?|parameters?|params?
    | million|billion|trillion|[kmb]|[kmgtкмгт][bб]|bit
    | cores?|ядр\w*"""
_NO_DEVICES = re.compile(rf"\b(?:{_COUNTED})\b", re.VERBOSE | re.IGNORECASE)
"""What a number before a device counts when it does not count devices."""
_NO_COUNT = re.compile(
    rf"""\b(?:{_COUNTED}
        | using|via|through|used|uses|по|до|от|с|из|to|from|and|и|или|or
        | in|on|на|в|for|за|with|of)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""The same, and words behind which another thing begins."""
_ONE = re.compile(
    r"\b(?:(?:single|just\sone|only\sone|одной|одном|одну|один|одного|единственн\w{2,3})\s+(?:\d+\s?(?:GB|ГБ)\s)?"
    r"(?:(?:GPU|TPU|карт|видеокарт|ускорител|чип)\w*\s)?\(?(?:(?:like|such as|e\.g\.|например|вроде|типа)\s(?:an?\s)?)?"
    r"(?:\w+\s)?(?:(?:\w+\s)(?:or|или|and)\s(?:\w+\s)?)?)\Z",
    re.IGNORECASE,
)
"""One device, said in a word: "a single H100", "на одной видеокарте"."""
_HOURS = re.compile(r"\s?[-–]?(?:(?:GPU|TPU)s?[-\s])?(?:hours?|days?|час\w*|дн\w*)\b", re.IGNORECASE)
"""What follows a device whose time is counted: "2.8M H800 GPU hours"."""
_COUNT_AFTER = re.compile(r"^\s?(?:[x×]\s?(?P<number>\d{1,6})\b|\(\s?[x×]?(?P<brackets>\d{1,6})\s?[)x×])")


def find_scores(text: str) -> Iterator[Value]:
    """Numbers that may be results, with a decimal point; years, sizes and multiples are none.

    >>> [v.value for v in find_scores("набрала 89,4% против 88.9 у GPT-4 в 2023 году, 5-shot")]
    ['89.4', '88.9']
    >>> [v.value for v in find_scores("Elo 1,247 (1 338), WER 0,247 and 1,247%; AIME 24 100%; 71.3/88.0/65.2")]
    ['1247', '1338', '0.247', '1.247', '24', '100', '71.3', '88.0', '65.2']
    >>> [v.value for v in find_scores("61% cheaper and 30% faster, 20% дешевле")]
    []
    >>> [v.value for v in find_scores("54–55% on X, but pages 54-55; 8.9 out of 10, 67 of 164, 9 баллов из 10")]
    ['54-55', '54', '8.9', '67', '9']
    """
    for match in _SCORE.finditer(text):
        if _OUT_OF.search(text, max(0, match.start() - _SCALE), match.start()):
            continue
        number = score_value(match["number"], bool(match["percent"]))
        if not match["percent"] and re.fullmatch(r"(?:19[89]|20[0-4])\d", number):
            continue
        yield Value(match.start("number"), match.end(), "score", number, "percent" if match["percent"] else "plain")


def score_value(number: str, percent: bool) -> str:
    """A result as it is compared: a point before decimals, no mark between thousands.

    >>> score_value("1,247", False), score_value("1,247", True), score_value("−0,5", False)
    ('1247', '1.247', '-0.5')
    """
    thousands = _THOUSANDS.fullmatch(number) and not percent
    return "".join(number.replace("−", "-").replace("–", "-").split()).replace(",", "" if thousands else ".")


@dataclass(frozen=True, slots=True)
class Rank:
    """``text[start:end]`` names a place in a ranking; ``before`` tells on which side of it its holder stands."""

    start: int
    end: int
    place: int
    before: bool = True


def find_ranks(text: str, start: int = 0, end: int | None = None) -> Iterator[Rank]:
    """The places in a ranking that are named between two offsets.

    >>> [rank.place for rank in find_ranks("занимает 3-е место в рейтинге, the #1 model, второе место, top-10")]
    [3, 1, 2]
    """
    for match in _RANK.finditer(text, start, len(text) if end is None else end):
        place = _place(match)
        if place:
            yield Rank(match.start(), match.end(), place, match["topped"] is None)


def leads(before: str) -> bool:
    """Does a text that ends before the name of a benchmark say who leads it?

    >>> leads("Qwen 72B leads open-source models on "), leads("the leading lab. On ")
    (True, False)
    """
    return bool(_LEADS.search(before[-120:]))


def _place(match: re.Match[str]) -> int:
    number = match["a"] or match["b"] or match["c"]
    if number:
        return int(number)
    word = match["word"] or match["nth"] or match["came"]
    if word:
        word = word.lower()
        return next(place for name, place in _ORDINALS.items() if word.startswith(name))
    return 1


def find_count(before: str, after: str) -> int | None:
    """How many devices, from the text before and after the name of the device.

    >>> find_count("обучали на 512 ", " в течение"), find_count("on 8x", ""), find_count("в 2023 году на ", "")
    (512, 8, None)
    """
    if _HOURS.match(after):
        return None
    match = _COUNT_AFTER.match(after)
    if match:
        return int(match["number"] or match["brackets"])
    before = before[-60:]
    if _ONE.search(before):
        return 1
    match = _COUNT.search(before)
    if not match:
        words = re.findall(r"[^\W\d_]+", before.lower())[-3:]
        place = next((i for i, word in enumerate(words) if word in _NUMBER_OF), None)
        return None if place is None or _NO_DEVICES.search(" ".join(words[place + 1 :])) else _NUMBER_OF[words[place]]
    if _NO_COUNT.search(match["between"]):
        return None
    digits = re.sub(r"[ ,\u00a0\u202f](?=\d{3})", "", match["number"]).replace(",", ".")
    number = float(digits) * (1000 if match["thousand"] else 1)
    return int(number) if number == int(number) and 0 < number <= 10_000_000 else None
