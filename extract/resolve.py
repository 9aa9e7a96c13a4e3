"""Names to entities: one key for every spelling of a name, another key for every version.

A key is the type and the canonical name, cut into words and numbers: GPT-4o, GPT 4o and ГПТ-4o are ``model/gpt-4o``,
while GPT-4 is ``model/gpt-4``. The lists give the canonical name; a version or size behind a listed family stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.corrections import REASON, Corrections
from kg.extract.names import Names
from kg.extract.tokens import Tokens, fold

_PART = re.compile(
    r"""\d+(?:[.,]\d+)*[^\W\d_]{0,2}(?![^\W_])    # 3.1, 405b, 4o
    | [^\W\d_]+?(?=v\d) | [^\W\d_]+(?:\++|\#)?   # simclr before v2; words, c++, r+
    | \d+(?:[.,]\d+)*""",
    re.VERBOSE,
)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LETTERS = str.maketrans(
    dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziiklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
)
_SHORT = re.compile(r"(?<![^-/])([^\W\d_]{1,2})-(?=\d)")
"""One or two letters before a number belong to it: t5, v3, h100."""
_MARKUP = re.compile(r"[*_`«»“”\"„\[\]\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_POSSESSIVE = re.compile(r"['’](?:s|а|у|ом|е|ы|ов)$")

_DEVICE = re.compile(r"(?<=[^\s-])[\s-]+(?:GPU|CPU|TPU|NPU|chip|accelerator|processor|card)s?$", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_TIMES = re.compile(r"(?<=\d)[×хХ](?=\d)")
"""8×7B written with the sign or the Cyrillic letter."""
_PLURAL = re.compile(r"(?<=\d)s$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """The key, the canonical name and why the name was taken for this entity."""

    key: str
    name: str
    reason: str


class Resolver:
    """Gives every name its entity.

    >>> from kg.extract.names import Name, Names
    >>> Resolver(Names([(Name("GPT", "Model", ("OpenAI",), ""), ["ГПТ"])])).resolve("Model", "ГПТ 4o").key
    'model/gpt-4o'
    """

    def __init__(self, names: Names, corrections: Corrections | None = None) -> None:
        self._names = names
        self._corrections = corrections or Corrections()
        self._alone = {entity_key(correction.type, correction.name) for correction in self._corrections.alone}
        self._seen: dict[tuple[str, str], Resolved] = {}

    def resolve(self, kind: str, written: str) -> Resolved:
        """The entity that ``written`` names as a ``kind`` (a class of the ontology)."""
        known = self._seen.get((kind, written))
        if known is None:
            if len(self._seen) > 100_000:
                self._seen.clear()
            known = self._seen[kind, written] = self._resolve(kind, written)
        return known

    def natural(self, kind: str, written: str) -> str:
        """The name as a dictionary would give it: ``Сбер`` for "Сбера", ``RTX 4090`` for "RTX 4090s"."""
        name = clean_name(written)
        if kind == "Hardware":
            name = _PLURAL.sub("", _DEVICE.sub("", name)) or name
        form = self._names.dictionary_form(kind, name)
        return form if form and form[:1].lower() >= "а" and name[:1].lower() >= "а" else name

    def _resolve(self, kind: str, written: str) -> Resolved:
        name = clean_name(written)
        correction = self._corrections.of(name)
        if correction and correction.type == kind:
            if correction.action == "split":
                return Resolved(entity_key(kind, correction.name), correction.name, REASON)
            if correction.action == "merge":
                found = self.resolve(kind, correction.entity)
                return Resolved(found.key, found.name, REASON)
        return self._kept_apart(kind, name, self._resolve_uncorrected(kind, written))

    def _kept_apart(self, kind: str, name: str, found: Resolved) -> Resolved:
        """Another name does not get the key of one that the user keeps to itself."""
        if found.key in self._alone:
            return Resolved(entity_key(kind, name), name, "as written")
        return found

    def _resolve_uncorrected(self, kind: str, written: str) -> Resolved:
        name = self.natural(kind, written)
        listed = self._listed(kind, name)
        if listed:
            reason = "listed alias" if normal(listed) != normal(name) else "listed name"
            inflected = normal(name) != normal(clean_name(written)) and _CYRILLIC.search(name)
            return Resolved(entity_key(kind, listed), listed, f"{reason}, case ending" if inflected else reason)
        family, rest = self._family(kind, name)
        if family:
            return Resolved(entity_key(kind, f"{family} {rest}"), _joined(family, name, rest), "listed family, own version")
        product = self._without_owner(kind, name)
        if product:
            known = self.resolve(kind, product)
            return Resolved(known.key, known.name, "listed name behind its owner's")
        if _CYRILLIC.search(name):
            return Resolved(entity_key(kind, latin(name)), name, "transliterated")
        return Resolved(entity_key(kind, name), name, "as written")

    def _without_owner(self, kind: str, name: str) -> str:
        """What stands behind the organization a name begins with, when the lists know it as that one's: "NVIDIA Selene" is
        Selene, but "Geely Atlas" is not the robot Atlas."""
        if kind in ("Organization", "Person"):
            return ""
        tokens = Tokens(name).items
        for size in range(1, min(4, len(tokens))):
            owners = {e.name for e in self._names.lookup(name[: tokens[size - 1].end]) if e.type == "Organization"}
            rest = name[tokens[size].start :]
            makers = (maker for entry in self._names.family(rest) if entry.type == kind for maker in entry.developers)
            if owners and not tokens[size].glued and any(owners & self._owner_names(maker) for maker in makers):
                return rest
        return ""

    def _owner_names(self, maker: str) -> set[str]:
        return {entry.name for entry in self._names.lookup(maker) if entry.type == "Organization"}

    def _listed(self, kind: str, name: str) -> str:
        return next((entry.name for entry in self._names.lookup(name) if entry.type == kind), "")

    def _family(self, kind: str, name: str) -> tuple[str, str]:
        """The listed name this one begins with, and what is left: ``("GPT", "4o mini")``."""
        tokens = Tokens(name).items
        starts = [
            (size, entry.name) for size, names in self._names.beginnings(tokens[:-1]) for entry in names if entry.type == kind
        ]
        if starts:
            size = starts[-1][0]
            family = next(name for taken, name in starts if taken == size)
            return family, name[tokens[size - 1].end :].strip(" -–‑")
        fused = re.match(r"([^\W\d_]{2,})(\d.*)", name)
        family = self._listed(kind, fused[1]) if fused else ""
        return (family, fused[2]) if fused and family else ("", "")


def clean_name(written: str) -> str:
    """A name without markup, quotation marks, possessives and direction marks, blanks made single."""
    name = unicodedata.normalize("NFKC", _MARKUP.sub(" ", written))
    return _POSSESSIVE.sub("", " ".join(name.split()).strip(" -–,.:;"))


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

    >>> latin("Орионом-7"), latin("Байкал")
    ('orion-7', 'baikal')
    """
    return "".join(fold(word).translate(_LETTERS) if _CYRILLIC.search(word) else word for word in re.split(r"([^\W\d_]+)", name))


def normal(name: str) -> str:
    """Letters and digits only, small: what an alias and a name have in common."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold().replace("ё", "е"))


def _joined(family: str, name: str, rest: str) -> str:
    """The canonical family with the version as it was written: ``ГПТ-4`` is ``GPT-4``."""
    before = name[: len(name) - len(rest)]
    return f"{family}{'' if not before or before[-1].isalnum() else before[-1]}{rest}"
