"""Posts to extractions: offline and deterministic, no model is downloaded, the same post gives the same claims."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extract.claims import ClaimFinder, Finding
from kg.extract.classifier import Classifier
from kg.extract.corrections import Corrections
from kg.extract.corrections_file import read_corrections
from kg.extract.cues import load_cues
from kg.extract.dates import find_dates
from kg.extract.document import Document, Span, value_spans
from kg.extract.forms import Forms
from kg.extract.joined_names import Joined, short_forms
from kg.extract.links import find_links
from kg.extract.mentions import find_mentions, span_key
from kg.extract.names import Names, load_names
from kg.extract.pairs import PairFinder
from kg.extract.qualifiers import find_scores
from kg.extract.reader import Reader
from kg.extract.resolve import Resolver
from kg.extract.result_lists import list_findings
from kg.extract.sizes import find_sizes
from kg.extract.spacy_pipeline import make_pipeline
from kg.extract.spelling import clean_name
from kg.extract.tables import table_findings, table_names, with_tables
from kg.extract.tagger import Tagger, load_tagger
from kg.extract.tokens import Tokens, without_halves
from kg.extract.topic import Topic
from kg.extract.version import extractor_version, weights
from kg.model import Claim, Entity, Evidence, Extraction, Link, Literal, Mention, Post, Value
from kg.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from spacy.language import Language

_DATATYPES = {"size": "integer", "date": "date", "link": "anyURI"}


class Extractor:
    """Finds mentions, entities and claims in posts.

    >>> extractor = load_extractor()
    >>> found = extractor.extract(Post(id="1", text="DeepMind представила модель RETRO с 7,5 млрд параметров."))
    >>> for claim in found.claims:
    ...     print(claim.subject.name, claim.predicate, claim.object_key)
    RETRO developed_by organization/google-deepmind
    RETRO parameter_count 7500000000
    """

    def __init__(
        self, vocabulary: Vocabulary, names: Names, tagger: Tagger, classifier: Classifier, version: str,
        corrections: Corrections | None = None, reader: Reader | None = None,
    ) -> None:  # fmt: skip
        cues = load_cues()
        self.version = version
        """Changes whenever the answers may: code, names, phrases, ontology or weights are others."""
        self._vocabulary = vocabulary
        self._classifier = classifier
        self._names = names
        self._reader = reader
        self._tagger = tagger
        self._corrections = corrections or Corrections()
        self._resolver = Resolver(names, self._corrections)
        self._topic = Topic(names)
        self._forms = Forms(names)
        self._claims = ClaimFinder(PairFinder(vocabulary, names, cues, reader), classifier, cues, names)

    def __reduce__(self) -> tuple[type[Extractor], tuple[object, ...]]:
        """A pickle holds the parsed lists and the weights: what a process needs that has the code, but not the user's files."""
        parts = (self._vocabulary, self._names, self._tagger, self._classifier, self.version, self._corrections, self._reader)
        return Extractor, parts

    def extract(self, post: Post) -> Extraction:
        """All that is found in one post; offsets count the characters of ``post.text`` as it is."""
        tokens = Tokens(without_halves(post.text))
        if not self._topic.may_be_computing(tokens, post.links):
            return self._extraction(post, self._read_listed(tokens), ())
        document = self._read(tokens, post.links)
        return self._extraction(post, document, self._find_claims(document))

    @cached_property
    def nlp(self) -> Language:
        """The same as a spaCy pipeline, for those who work with spaCy: made, and spaCy loaded, when it is asked for."""
        return make_pipeline(
            lambda tokens: self._read(tokens) if self._topic.may_be_computing(tokens) else self._read_listed(tokens),
            self._find_claims,
        )

    def _read(self, tokens: Tokens, links: Sequence[Link] = ()) -> Document:
        mentions = find_mentions(tokens, self._names, self._tagger, self._corrections, links)
        more = [span for span in table_names(tokens, mentions, self._names) if self._corrections.allows(span)]
        for span in more:
            span.key = span_key(span, self._names, self._corrections)
        return read_document(tokens, mentions + more, links)

    def _read_listed(self, tokens: Tokens) -> Document:
        """Most posts of an ordinary channel: nothing can be claimed, and what the lists are sure of needs no tagger."""
        return Document(tokens, find_mentions(tokens, self._names, None, self._corrections))

    def _find_claims(self, document: Document) -> list[Finding]:
        laid_out = [*table_findings(document, self._names), *list_findings(document, self._names)]
        return with_tables(list(self._claims.find(document)), laid_out)

    def _extraction(self, post: Post, document: Document, findings: Iterable[Finding]) -> Extraction:
        joined = short_forms(document.spans, self._names, self._corrections)
        entities, of_key = self._entities(document, joined)
        mentions = [
            self._mention(post.text, start, end, span, of_key[span.key], joined.get(span.key, ("", ""))[1])
            for span in document.spans
            if span.type[0].isupper()
            for start, end in self._places(document, span)
        ]
        claims: dict[tuple[object, ...], Claim] = {}
        for finding in findings:
            subject = entities[of_key[finding.subject.key]]
            found = finding.object
            object_ = entities[of_key[found.key]] if found.type[0].isupper() else Literal(found.name, _DATATYPES[found.type])
            if subject is object_:
                continue
            claim = Claim(
                subject, finding.predicate, object_, Evidence(post.id, finding.start, finding.end),
                finding.qualifiers, round(finding.confidence, 3), self.version,
            )  # fmt: skip
            claims.setdefault((subject.key, claim.predicate, claim.object_key, tuple(sorted(claim.qualifiers.items()))), claim)
        said = tuple(_most_exact(claims.values()))
        return Extraction(post, tuple(sorted(mentions)), tuple(entities[key] for key in sorted(entities)), said)

    def _places(self, document: Document, span: Span) -> list[tuple[int, int]]:
        """Characters of the ways in which a name stands in the text."""
        items = document.tokens.items
        return [(items[first].start, items[last].end) for first, last in self._forms.ranges(document, span)]

    def _mention(self, text: str, start: int, end: int, span: Span, entity: str, joined: str) -> Mention:
        written = text[start:end]
        reason = self._reason(written, span, entity, joined or span.joined)
        return Mention(start, end, span.type, self._resolver.natural(span.type, written), entity, reason)

    def _reason(self, written: str, span: Span, entity: str, joined: str) -> str:
        """Why a name as it is written here is taken for this entity."""
        found = self._resolver.resolve(span.type, written)
        if found.key == entity:
            return found.reason
        if joined:
            return joined
        if written == span.name:
            return "same word in one post"
        longer, shorter = sorted((written, span.name), key=len, reverse=True)
        cut = "the word for what it is" if longer.startswith(shorter) else "its owner's name"
        return f"{'with' if longer == written else 'without'} {cut}"

    def _entities(self, document: Document, joined: Joined) -> tuple[dict[str, Entity], dict[str, str]]:
        """The entities by their key, and for each key of the document the key of its entity."""
        of_key: dict[str, str] = {}
        written: dict[str, set[str]] = {}
        chosen: dict[str, tuple[str, str]] = {}
        groups: dict[str, list[Span]] = {}
        for key, spans in document.entities.items():
            if spans[0].type[0].isupper():
                groups.setdefault(joined.get(key, (key, ""))[0], []).extend(spans)
        for key, spans in groups.items():
            resolved = self._resolver.resolve(spans[0].type, max((s.name for s in spans), key=self._rank))
            of_key[key] = resolved.key
            chosen.setdefault(resolved.key, (spans[0].type, resolved.name))
            written.setdefault(resolved.key, set()).update(clean_name(span.name) for span in spans)
        of_key |= {short: of_key[key] for short, (key, _) in joined.items()}
        entities = {
            key: Entity(key, kind, name, tuple(sorted(written[key] - {name, ""}))) for key, (kind, name) in chosen.items()
        }
        return entities, of_key

    def _rank(self, name: str) -> tuple[bool, int, str]:
        """Of the names of one thing in a post the corrected one says what it is, else the longest one."""
        return self._corrections.decides(name), len(name), name


def _most_exact(claims: Collection[Claim]) -> Iterator[Claim]:
    """Without those that say less of the same fact than another one: "on MI400" beside "on eight MI400". What is said as a rumour
    takes nothing away from what is said plainly."""
    facts: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        facts.setdefault((claim.subject.key, claim.predicate, claim.object_key), []).append(claim)
    for claim in claims:
        same = facts[claim.subject.key, claim.predicate, claim.object_key]
        if not any(_says_more(other.qualifiers, claim.qualifiers) for other in same):
            yield claim


def _says_more(other: Mapping[str, Value], one: Mapping[str, Value]) -> bool:
    rumour, plain = bool(one.get("hedged")), not other.get("hedged")
    more, less = ({name: said[name] for name in said if name != "hedged"}.items() for said in (other, one))
    return (rumour or plain) and (less < more or (less == more and rumour and plain))


def read_document(tokens: Tokens, mentions: list[Span], links: Sequence[Link] = ()) -> Document:
    """A document of these mentions and of the sizes, dates, links and scores between them."""
    text = tokens.text
    addresses = value_spans(tokens, find_links(tokens, links), mentions)
    taken = mentions + [span for span in addresses if span.hint != "hidden"]
    values = value_spans(tokens, [*find_sizes(text), *find_dates(text)], taken)
    if any(span.type == "Benchmark" for span in mentions):
        values += value_spans(tokens, find_scores(text), taken + values)
    return Document(tokens, mentions + addresses + values)


def load_extractor(
    model: str | Path | None = None, names: Sequence[str | Path] = (), ontology: Sequence[str | Path] = (),
    corrections: str | Path | None = None,
) -> Extractor:  # fmt: skip
    """The default extractor, or one with a trained model, further names, relations and corrections of the user.

    ``model`` is a folder made by ``kg train``, ``corrections`` a file as ``corrections.py`` describes. Raises ``InputError``
    naming the file that cannot be read.
    """
    files = weights(model)
    tagger, classifier = load_tagger(files), Classifier.load(files.classifier)
    reader = Reader.load(files.reader) if files.reader.is_file() else None
    vocabulary = load_vocabulary(ontology)
    corrected = read_corrections(Path(corrections), vocabulary.types) if corrections else None
    version = extractor_version(model, names, ontology, corrections)
    return Extractor(vocabulary, load_names(names), tagger, classifier, version, corrected, reader)
