"""How names are spelled: markup and punctuation taken off, one key for all spellings, Latin for Cyrillic and look-alikes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kg.extract.tokens import fold

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_PART = re.compile(
    r"""\d+(?:[.,]\d+)*[^\W\d_]{0,2}(?![^\W_])    # 3.1, 405b, 4o
    | [^\W\d_]+?(?=v\d) | [^\W\d_]+(?:\++|\#)?   # simclr before v2; words, c++, r+
    | \d+(?:[.,]\d+)*""",
    re.VERBOSE,
)
_LETTERS = str.maketrans(
    dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziiklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
)
_SHORT = re.compile(r"(?<![^-/])([^\W\d_]{1,2})-(?=\d)")
"""One or two letters before a number belong to it: t5, v3, h100."""
_MARKUP = re.compile(r"[*_`«»“”\"„\[\]\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_POSSESSIVE = re.compile(r"['’](?:s|а|у|ом|е|ы|ов)$")

_AROUND = " -–—,.:;"
_LOOKS = str.maketrans("АВЕКМНОРСТХаеорсухк", "ABEKMHOPCTXaeopcyxk")
"""Cyrillic letters that look like Latin ones."""
_LOOKS_BACK = {latin: cyrillic for cyrillic, latin in _LOOKS.items()}
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:\+\+|\#)?")
_NUMBERED = re.compile(r"\d++(?:[.,]\d++)*+(?:[хХ]\d*+)?[^\W\d_]{1,2}")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_TIMES = re.compile(r"(?<=\d)[×хХ](?=\d)")
"""8×7B written with the sign or the Cyrillic letter."""


def clean_name(written: str) -> str:
    """A name without markup, quotation marks, possessives, direction marks and punctuation around it, blanks made single.

    >>> clean_name("**GPT-4**,"), clean_name("«Сбер»"), clean_name("ZRI)"), clean_name("MedQA (USMLE)")
    ('GPT-4', 'Сбер', 'ZRI', 'MedQA (USMLE)')
    """
    name = unicodedata.normalize("NFKC", _MARKUP.sub(" ", written))
    name = _POSSESSIVE.sub("", " ".join(name.split()).strip(_AROUND))
    if name.count("(") != name.count(")"):
        name = name.strip("() ") if name[:1] == "(" or name[-1:] in ("(", ")") else name
    return name.strip(_AROUND)


def entity_key(kind: str, name: str) -> str:
    """``type/words-and-numbers`` in lower case.

    >>> entity_key("Model", "Llama3.1 405B"), entity_key("Model", "DeepSeek-V3"), entity_key("Organization", "Яндекс")
    ('model/llama-3.1-405b', 'model/deepseek-v3', 'organization/яндекс')
    """
    folded = _TIMES.sub("x", _DECIMAL_COMMA.sub(".", unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")))
    parts: Iterable[str] = _PART.findall(folded)
    return _SHORT.sub(r"\1", f"{kind.lower()}/{'-'.join(parts) or folded.strip() or '-'}")


def latin(name: str) -> str:
    """A Russian name in Latin letters, its case endings cut off, so that both spellings of a new name meet.

    >>> latin("Орионом-7"), latin("Байкал"), latin("Иванову") == latin("Иванов"), latin("Иван")
    ('orion-7', 'baikal', True, 'ivan')
    """
    return "".join(_stem(word).translate(_LETTERS) if CYRILLIC.search(word) else word for word in re.split(r"([^\W\d_]+)", name))


def _stem(word: str) -> str:
    """Without its case ending; the ending of a surname (Иванов) is none."""
    small = word.casefold().replace("ё", "е")
    return small if small.endswith(("ов", "ев")) else fold(word)


def latin_letters(name: str) -> str:
    """A name with Latin letters where Cyrillic ones that look the same stand among Latin ones, behind digits or before ++.

    A Cyrillic word keeps its letters, and gets back those that were written in Latin.

    >>> latin_letters("GPT-4о"), latin_letters("С++"), latin_letters("8х7В"), latin_letters("Cбер"), latin_letters("ГПТ")
    ('GPT-4o', 'C++', '8x7B', 'Сбер', 'ГПТ')
    """
    return _WORD.sub(lambda match: _one_script(match.group()), name)


def _one_script(word: str) -> str:
    if not CYRILLIC.search(word):
        return word
    changed = word.translate(_LOOKS)
    if not CYRILLIC.search(changed) and (changed[-1] in "+#" or _NUMBERED.fullmatch(word) or _LATIN.search(word)):
        return changed
    back = word.translate(_LOOKS_BACK)
    return back if _LATIN.search(word) and not _LATIN.search(back) else word


def normal(name: str) -> str:
    """Letters and digits only, small: what an alias and a name have in common."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold().replace("ё", "е"))
