"""What the reader sees of a document: its tokens and its pairs as numbers, each the row of a table of the network."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.extract.cues import ALSO, load_cue
from kg.extract.pair_features import PairView
from kg.extract.pair_grid import PairGrid, Place, places, steps
from kg.extract.tokens import Tokens
from kg.extract.word_features import frequent, low, shape
from kg.extract.words import load_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_OFTEN, _OFTEN_SHAPE = 3, 20
"""How often a word, and a shape of words, occurs in the training posts to get a row."""
_HINTS = (
    "parameters", "letter", "word", "hidden",
    "nested joined", "nested joined sure", "nested apart", "nested apart sure",
)  # fmt: skip
_ALSO = load_cue(ALSO)
_SITES = ("article", "notebook", "other", "paper", "repository", "social", "video", "weights")
_MAKERS = ("", "False", "True")
_INSIDE, _UNKNOWN = 0, 1
"""Rows of words inside names, which the reader does not see, and of those without a row of their own."""
FLAGS = 5
"""Marks of a token: first of its line, first of its sentence, in the title, glued to the one before, names the topic."""
_CROSSED = (
    (0, 1, 2), (0, 3, 2), (0, 6, 8), (0, 7, 9), (0, 5, 2), (0, 10, 11), (0, 15, 5), (0, 12, 13), (0, 14, 2),
    (23, 5, 7), (23, 24), (23, 27, 5), (23, 25),
)  # fmt: skip
"""Columns of ``_pair_columns`` that say more together."""


class ReaderVocabulary(NamedTuple):
    """What has a row of its own, in the order of the rows."""

    words: tuple[str, ...]
    shapes: tuple[str, ...]
    cues: tuple[str, ...]
    types: tuple[str, ...]
    kinds: tuple[tuple[str, str], ...]
    """Types of subject and object."""

    def numbers(self) -> Numbers:
        """The rows by what they are for; 0 (of words ``_UNKNOWN``) is what has none."""
        words = {word: row for row, word in enumerate(self.words, 2)}
        clusters = {word: int(fine) + 1 for word, (_, fine) in load_words().items()}
        shapes, cues, types = ({name: row for row, name in enumerate(names, 1)} for names in self[1:4])
        return Numbers(words, clusters, shapes, cues, types, {kind: row for row, kind in enumerate(self.kinds, 1)})

    def sizes(self) -> tuple[int, ...]:
        """How many values each column of pairs can have, the crossed ones behind the plain ones."""
        plain = (
            len(self.kinds) + 1, 2, 3, 6, 2, 2, 4, 5, 4, 5, 4, 4, 2, 2, 2, 3, 3, 2, 2, 3, 2, 2,
            len(_HINTS) + 1, len(_SITES) + 1, 5, 9, 26, 4, 3, 2, 2,
        )  # fmt: skip
        return plain + tuple(int(np.prod([plain[column] for column in columns])) for columns in _CROSSED)


class Numbers(NamedTuple):
    """Rows by what they are for."""

    words: dict[str, int]
    clusters: dict[str, int]
    shapes: dict[str, int]
    cues: dict[str, int]
    types: dict[str, int]
    kinds: dict[tuple[str, str], int]


class ReaderInput(NamedTuple):
    """A document in numbers; T tokens, S spans, P pairs."""

    words: Ints
    """T; so are the next four."""
    clusters: Ints
    shapes: Ints
    names: Ints
    """Type of the name a token belongs to, and whether it begins it."""
    owners: Ints
    """The same of the owner's name inside it."""
    cues: Ints
    """T x 2: the first two cues that begin at the token."""
    flags: NDArray[np.float64]
    """T x ``FLAGS``."""
    spans: Ints
    """S x 3: first token, last token, entity."""
    pairs: Ints
    """P x 6: subject and object as entities and as spans, the tokens between them as ``start`` and ``end``."""
    features: Ints
    """P x columns: rows in the table of what pairs look like."""


def reader_vocabulary(texts: Iterable[str], cues: Iterable[str], kinds: Iterable[tuple[str, str]]) -> ReaderVocabulary:
    """Words and shapes that are frequent in the texts, and the types that may stand in a relation."""
    kinds = sorted(kinds)
    return ReaderVocabulary(
        *frequent(texts, _OFTEN, _OFTEN_SHAPE),
        tuple(sorted(cues)),
        tuple(sorted({kind for pair in kinds for kind in pair})),
        tuple(kinds),
    )


def reader_input(view: PairView, grid: PairGrid, numbers: Numbers, offsets: Ints) -> ReaderInput:
    """A document and its pairs in numbers."""
    document = view.doc
    texts, size = document.tokens.texts, len(document.tokens)
    names, owners = np.zeros(size, np.int64), np.zeros(size, np.int64)
    flags = np.zeros((size, FLAGS))
    entities = {key: number for number, key in enumerate(document.entities)}
    topic = next((int(entity) for entity in grid.subject[grid.about]), -1)
    spans = np.array([(s.first, s.last, entities[s.key]) for s in document.spans], np.int64).reshape(-1, 3)
    for span in document.spans:
        row = 2 * numbers.types.get(span.type, 0)
        target = owners if span.hint.startswith("nested") else names
        target[span.first] = row
        target[span.first + 1 : span.last + 1] = row + 1
        if entities[span.key] == topic:
            flags[span.first : span.last + 1, 4] = 1
    cues = np.zeros((size, 2), np.int64)
    for cue, at in view.hits.items():
        for i in at:
            cues[i, 1 if cues[i, 0] else 0] = numbers.cues.get(cue, 0)
    lows = list(map(low, texts))
    outside = names == 0
    for i in _also(document.tokens):
        lows[i] = ""  # says nothing of what holds, and looks like a denial
        cues[i] = 0
    words = np.array([numbers.words.get(word, _UNKNOWN) for word in lows], np.int64)
    clusters = np.array([numbers.clusters.get(word, 0) for word in lows], np.int64)
    shapes = np.array([numbers.shapes.get(shape(word), 0) for word in texts], np.int64)
    lines = np.array([token.line for token in document.tokens.items], np.int64)
    sentences = np.array(document.sentence, np.int64)
    flags[1:, 0] = lines[1:] != lines[:-1]
    flags[1:, 1] = sentences[1:] != sentences[:-1]
    flags[:, 2] = lines == view.title
    flags[:, 3] = [token.glued for token in document.tokens.items]
    pairs = np.stack([grid.subject, grid.object, grid.subject_span, grid.object_span, grid.start, grid.end], axis=1)
    features = _crossed(_pair_columns(view, grid, numbers), offsets)
    words, clusters = np.where(outside, words, _INSIDE), np.where(outside, clusters, 0)
    return ReaderInput(words, clusters, shapes, names, owners, cues, flags, spans, pairs, features)


def _also(tokens: Tokens) -> list[int]:
    """The words of "not only", as in "not only beats X but costs less"."""
    return [i for places in _ALSO.find(tokens).values() for first in places for i in (first, first + 1)]


def column_offsets(vocabulary: ReaderVocabulary) -> Ints:
    """Where the rows of each column of pairs begin, and in the end how many rows there are."""
    return np.array([0, *accumulate(vocabulary.sizes())], np.int64)


def _pair_columns(view: PairView, grid: PairGrid, numbers: Numbers) -> Ints:
    document, items = view.doc, view.items
    kinds = [spans[0].type for spans in document.entities.values()]
    seen = list(view.entities.values())
    about = np.array([(min(e.rivals, 4) - 1, e.in_title, min(e.named, 3) - 1, e.first, e.most) for e in seen], np.int64)
    about = about.reshape(-1, 5)
    subject, object_ = about[grid.subject].T, about[grid.object].T
    spans = document.spans
    groups = np.array([span.group for span in spans], np.int64)
    lines = np.array([items[span.first].line for span in spans], np.int64)
    hints = np.array([_HINTS.index(span.hint) + 1 if span.hint in _HINTS else 0 for span in spans], np.int64)
    a, b = grid.subject_span, grid.object_span
    both = zip(grid.subject.tolist(), grid.object.tolist(), strict=True)
    kind = np.array([numbers.kinds.get((kinds[s], kinds[o]), 0) for s, o in both], np.int64)
    one_by_one = np.array([_one_pair(view, place) for place in places(document, grid)], np.int64).reshape(-1, 9)
    meet, *rest = one_by_one.T
    columns = [
        kind, grid.subject_first, np.minimum(grid.sentences, 2), steps(np.maximum(0, grid.end - grid.start)),
        groups[a] == groups[b], grid.about, np.minimum(grid.rank_subject, 3), np.minimum(grid.before_subject, 4),
        np.minimum(grid.rank_object, 3), np.minimum(grid.before_object, 4),
        subject[0], object_[0], subject[1], object_[1], lines[a] == lines[b], meet, *subject[2:], *object_[2:], hints[b], *rest,
    ]  # fmt: skip
    return np.stack([np.asarray(column, np.int64) for column in columns], axis=1)


def _one_pair(view: PairView, place: Place) -> tuple[int, ...]:
    """What only a look at the two tells: sentences in which both stand, the link, the names."""
    a, b = place.a, place.b
    meet = view.meet(place.subject, place.object)
    if b.type == "link":
        link = view.links.facts(place.subject, b)
        site = _SITES.index(link.site) + 1 if link.site in _SITES else 0
        standing = 1 + link.alone + 2 * link.tail + 4 * link.first
        anchor = 1 + ("", "s", "other").index(link.anchor)
        return meet, site, 1 + link.named + 2 * link.other, standing, 1 + 5 * link.links + link.systems, anchor, 0, 0, 0
    inside, around, maker = view.known(a, b)
    return meet, 0, 0, 0, 0, 0, _MAKERS.index(maker), inside, around


def _crossed(plain: Ints, offsets: Ints) -> Ints:
    """Rows of the table: each column has its own, and so have the crossed ones."""
    sizes = np.diff(offsets)
    out = [plain]
    for columns in _CROSSED:
        joined = plain[:, columns[0]]
        for column in columns[1:]:
            joined = joined * sizes[column] + plain[:, column]
        out.append(joined[:, None])
    return np.concatenate(out, axis=1) + offsets[:-1]
