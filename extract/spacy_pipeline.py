"""The document as spaCy carries it: our tokens in a ``Doc``, two components that fill it.

``doc.spans["mentions"]`` holds the named things, so that spaCy's own tools (displacy, matchers, further components) work on them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from kg.extract.claims import Finding
from kg.extract.document import Document
from kg.extract.tokens import Tokens, without_halves

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Read: TypeAlias = "Callable[[Tokens], Document]"
FindClaims: TypeAlias = "Callable[[Document], list[Finding]]"


class PostTokenizer:
    """Cuts a text into the tokens of ``tokens.py``; blanks and line breaks stay, so ``doc.text`` is the text."""

    def __init__(self, vocab: Vocab, read: Read, find_claims: FindClaims) -> None:
        self.vocab = vocab
        self._work = {"read": read, "find_claims": find_claims}

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc

        text = without_halves(text)
        tokens = Tokens(text)
        words: list[str] = []
        spaces: list[bool] = []
        end = 0
        for start, stop in [*((t.start, t.end) for t in tokens.items), (len(text), len(text))]:
            gap = text[end:start]
            if gap[:1] == " " and words:
                spaces[-1], gap = True, gap[1:]
            for word in (gap, text[start:stop]):
                if word:
                    words.append(word)
                    spaces.append(False)
            end = stop
        doc = Doc(self.vocab, words=words, spaces=spaces)
        doc.user_data |= {"tokens": tokens, **self._work}
        return doc


def make_pipeline(read: Read, find_claims: FindClaims) -> Language:
    """A blank multilingual pipeline: tokens, then ``mentions``, then ``claims``."""
    import spacy
    from spacy.language import Language

    Language.component("postkg_mentions", func=_mentions)
    Language.component("postkg_claims", func=_claims)
    nlp = spacy.blank("xx")
    nlp.tokenizer = PostTokenizer(nlp.vocab, read, find_claims)
    nlp.add_pipe("postkg_mentions")
    nlp.add_pipe("postkg_claims")
    return nlp


# spaCy keeps components by name for the whole process: what belongs to one extractor rides on the document.
def _mentions(doc: Doc) -> Doc:
    document = doc.user_data["document"] = doc.user_data["read"](doc.user_data["tokens"])
    named = [span for span in document.spans if span.type[0].isupper()]
    items = document.tokens.items
    found = (doc.char_span(items[s.first].start, items[s.last].end, label=s.type) for s in named)
    doc.spans["mentions"] = [span for span in found if span is not None]
    return doc


def _claims(doc: Doc) -> Doc:
    doc.user_data["findings"] = doc.user_data["find_claims"](doc.user_data["document"])
    return doc
