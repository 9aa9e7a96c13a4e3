"""The organization that a product's name begins with: Google in "Google Colab", Yamaha in "Yamaha YAS-109"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.document import Span, plain
from kg.extract.name_pieces import written
from kg.extract.names import JOINERS, Names
from kg.extract.tokens import Tokens
from kg.extract.word_features import low
from kg.extract.words import load_words

_OWNED = frozenset({"Model", "Software", "Hardware", "Benchmark", "Dataset", "Event"})
_CODE = re.compile(r"[A-ZА-Я]{2}[A-ZА-Я-]{0,12}\d[A-ZА-Я\d-]{0,20}")
"""What is no word and no version of a family like H2 or A100: YAS-109, KX100."""
_FIRM = re.compile(r"[a-zа-яё]AI$")
"""How many firms are called: QuillAI."""


def owners(tokens: Tokens, spans: Sequence[Span], names: Names) -> Iterator[Span]:
    """The owners inside these names: those that the lists or the same post know as organizations, brands before codes, and words
    that end as the names of firms do, which are known as the owner though nobody has listed them."""
    known = {plain(span.name) for span in spans if span.type == "Organization"}
    for span in spans:
        if span.type not in _OWNED:
            continue
        makers = {plain(maker) for entry in names.family(span.name) for maker in entry.developers}
        for last in range(span.last - 1, span.first - 1, -1):
            if tokens.items[last].text in JOINERS:
                continue
            owner = written(tokens, span.first, last)
            sure = any(entry.type == "Organization" and entry.when != "context" for entry in names.lookup(owner))
            brand = last == span.first and _is_brand(tokens, span, names)
            firm = not sure and last == span.first and _is_firm(tokens, span, names)
            if owner[:1].isupper() and (sure or firm or brand or plain(owner) in known or plain(owner) in makers):
                how = "nested apart sure" if firm else _nesting(tokens, last, sure or plain(owner) in makers)
                yield Span(span.first, last, "Organization", owner, how)
                break


def _is_brand(tokens: Tokens, span: Span, names: Names) -> bool:
    """Is the first word of a device's name who makes it, since the rest is a code and nobody has listed either?"""
    brand, rest = tokens.texts[span.first], written(tokens, span.first + 1, span.last)
    word = len(brand) > 2 and brand.isalpha() and (brand.istitle() or brand.isupper())
    code = span.type == "Hardware" and _CODE.fullmatch(rest) is not None
    return word and code and not names.lookup(brand) and not names.family(span.name)


def _is_firm(tokens: Tokens, span: Span, names: Names) -> bool:
    """Is the first word of an unlisted name written as firms are, and hardly anything else: QuillAI in "QuillAI-o7"?"""
    word = tokens.texts[span.first]
    return bool(_FIRM.search(word)) and low(word) not in load_words() and not names.lookup(word) and not names.family(span.name)


def _nesting(tokens: Tokens, last: int, sure: bool) -> str:
    """How an owner stands in a name: apart ("NVIDIA H100") or joined to it ("DeepSeek-R1"), known as its owner or not."""
    return f"nested {'joined' if tokens.items[last + 1].glued else 'apart'}{' sure' if sure else ''}"
