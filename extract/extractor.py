"""Posts to extractions: offline and deterministic, no model is downloaded, the same post gives the same claims."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extract.claims import ClaimFinder, Finding
from kg.extract.classifier import Classifier
from kg.extract.cues import load_cues
from kg.extract.document import Document, Span, value_spans
from kg.extract.links import find_links
from kg.extract.mentions import find_mentions
from kg.extract.names import Names, load_names
from kg.extract.pairs import PairFinder
from kg.extract.qualifiers import find_scores
from kg.extract.resolve import Resolver, clean_name
from kg.extract.spacy_pipeline import make_pipeline
from kg.extract.tagger import Tagger
from kg.extract.tokens import Tokens
from kg.extract.values import find_dates, find_sizes
from kg.model import Claim, Entity, Evidence, Extraction, Link, Literal, Mention, Post
from kg.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

_HALF = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair, which spaCy refuses; one character for one character, so that offsets stay."""
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

    def __init__(self, vocabulary: Vocabulary, names: Names, tagger: Tagger, classifier: Classifier, version: str) -> None:
        cues = load_cues()
        self.version = version
        """Changes whenever the answers may: code, names, phrases, ontology or weights are others."""
        self._names = names
        self._tagger = tagger
        self._resolver = Resolver(names)
        self._claims = ClaimFinder(PairFinder(vocabulary, names, cues), classifier, cues, names)
        self.nlp = make_pipeline(self._read, self._find_claims)

    def extract(self, post: Post) -> Extraction:
        """All that is found in one post; offsets count the characters of ``post.text`` as it is."""
        doc = self.nlp.make_doc(_HALF.sub("\ufffd", post.text))
        doc.user_data["links"] = post.links
        doc = self.nlp(doc)
        return self._extraction(post, doc.user_data["document"], doc.user_data["findings"])

    def _read(self, doc: Doc) -> Document:
        tokens: Tokens = doc.user_data["tokens"]
        return read_document(tokens, find_mentions(tokens, self._names, self._tagger), doc.user_data.get("links", ()))

    def _find_claims(self, doc: Doc) -> None:
        doc.user_data["findings"] = list(self._claims.find(doc.user_data["document"]))

    def _extraction(self, post: Post, document: Document, findings: Iterable[Finding]) -> Extraction:
        entities, of_key = self._entities(document)
        mentions = [
            Mention(start, end, span.type, self._resolver.natural(span.type, post.text[start:end]), of_key[span.key])
            for span in document.spans
            if span.type[0].isupper()
            for start, end in _places(document, span)
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
        return Extraction(post, tuple(sorted(mentions)), tuple(entities[key] for key in sorted(entities)), tuple(claims.values()))

    def _entities(self, document: Document) -> tuple[dict[str, Entity], dict[str, str]]:
        """The entities by their key, and for each key of the document the key of its entity."""
        of_key: dict[str, str] = {}
        written: dict[str, set[str]] = {}
        chosen: dict[str, tuple[str, str]] = {}
        for key, spans in document.entities.items():
            if not spans[0].type[0].isupper():
                continue
            resolved = self._resolver.resolve(spans[0].type, max((s.name for s in spans), key=lambda name: (len(name), name)))
            of_key[key] = resolved.key
            chosen.setdefault(resolved.key, (spans[0].type, resolved.name))
            written.setdefault(resolved.key, set()).update(clean_name(span.name) for span in spans)
        entities = {
            key: Entity(key, kind, name, tuple(sorted(written[key] - {name, ""}))) for key, (kind, name) in chosen.items()
        }
        return entities, of_key


def read_document(tokens: Tokens, mentions: list[Span], links: Sequence[Link] = ()) -> Document:
    """A document of these mentions and of the sizes, dates, links and scores between them."""
    text = tokens.text
    addresses = value_spans(tokens, find_links(tokens, links), mentions)
    taken = mentions + [span for span in addresses if span.hint != "hidden"]
    values = value_spans(tokens, [*find_sizes(text), *find_dates(text)], taken)
    if any(span.type == "Benchmark" for span in mentions):
        values += value_spans(tokens, find_scores(text), taken + values)
    return Document(tokens, mentions + addresses + values)


def _places(document: Document, span: Span) -> list[tuple[int, int]]:
    """Characters of the ways in which a name stands in the text."""
    items = document.tokens.items
    return [(items[first].start, items[last].end) for first, last in document.ranges(span)]


def load_extractor(
    model: str | Path | None = None, names: Sequence[str | Path] = (), ontology: Sequence[str | Path] = ()
) -> Extractor:
    """The default extractor, or one with a trained model, further names and further relations of the user.

    ``model`` is a folder made by ``kg train``. Raises ``InputError`` naming the file that cannot be read.
    """
    folder = Path(model) if model else Path(str(files("kg") / "extract"))
    tagger_file, classifier_file = folder / TAGGER_FILE, folder / CLASSIFIER_FILE
    tagger, classifier = Tagger(tagger_file), Classifier.load(classifier_file)
    schemas = sorted(Path(str(path)) for path in (files("kg") / "schemas").iterdir() if path.name.endswith((".tsv", ".ttl")))
    code = sorted(Path(str(files("kg") / "extract")).glob("*.py"))
    version = _digest([tagger_file, classifier_file, *code, *schemas, *map(Path, names), *map(Path, ontology)])
    return Extractor(load_vocabulary(ontology), load_names(names), tagger, classifier, f"postkg/{version}")


TAGGER_FILE = "mentions.crfsuite"
CLASSIFIER_FILE = "relations.json.gz"


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
