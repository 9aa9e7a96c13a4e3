"""The nouns: what goes in (posts), what is found (mentions, entities, claims) and what goes wrong (problems).

Offsets are always characters (Python string indices, i.e. Unicode code points) of ``post.text``, counted
from 0, the end not included, as spaCy counts them: ``post.text[start:end]`` is the quoted piece.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

Value: TypeAlias = str | int | float | bool
"""What a qualifier can be."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a post that its text does not spell out: the words ``text[start:end]`` lead to ``url``."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Post:
    """One message, article or feed entry, exactly as it was read.

    >>> Post(id="ai_news/12", text="RETRO от DeepMind", lang="ru").text[9:]
    'DeepMind'
    """

    id: str
    """Stays the same each time the same source is read: ``channel/number``, a link, or a file name and a digest."""
    text: str
    """As read, never cleaned: every offset counts its characters."""
    lang: str = ""
    """``ru``, ``en`` or another ISO 639-1 code; empty when nobody said and the letters do not tell."""
    url: str = ""
    published: str = ""
    """ISO 8601 date or date and time; empty when unknown."""
    channel: str = ""
    forwarded_from: str = ""
    """The channel this post was forwarded from; empty for an original."""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A stretch of a post that names something: ``post.text[start:end]``."""

    start: int
    end: int
    type: str
    """A class of the ontology: ``Model``, ``Organization``, ..."""
    name: str
    """The name without inflection or quotation marks."""
    entity: str = ""
    """Key of the entity it names."""
    reason: str = ""
    """Why what is written here is taken for that entity: ``listed alias``, ``transliterated``, ``your correction``, ..."""


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """One thing that posts name, whatever they call it."""

    key: str
    """``type/name`` in lower case, e.g. ``model/gpt-4o``: the same for every spelling of the name."""
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    """Every other form in which it was written, sorted."""


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """The object of a claim that is a value: a number, a date or a link."""

    value: str
    datatype: str
    """``integer``, ``date`` or ``anyURI`` (the XSD names)."""


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Who says so: ``post.text[start:end]`` of the post with this id."""

    post: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One post saying one thing: subject, predicate, object, and where it says it.

    Qualifiers: ``score``, ``metric``, ``rank``, ``phase``, ``count``, ``hedged``.
    """

    subject: Entity
    predicate: str
    """A relation of the ontology as people write it: ``developed_by``."""
    object: Entity | Literal
    evidence: Evidence
    qualifiers: Mapping[str, Value] = field(default_factory=dict)
    confidence: float = 1.0
    """0 to 1: how often claims of this kind turned out right."""
    extractor: str = ""

    @property
    def object_key(self) -> str:
        """The object as one string: an entity's key or a literal's value."""
        return self.object.key if isinstance(self.object, Entity) else self.object.value


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one post."""

    post: Post
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()

    def sure(self, min_confidence: float) -> Extraction:
        """The same with only the claims that are at least so sure, 0 to 1.

        >>> one, two = Entity("model/a", "Model", "A"), Entity("model/b", "Model", "B")
        >>> claims = tuple(Claim(one, "outperforms", two, Evidence("1", 0, 1), {}, p) for p in (0.4, 0.9))
        >>> [claim.confidence for claim in Extraction(Post("1", "A"), claims=claims).sure(0.9).claims]
        [0.9]
        """
        return replace(self, claims=tuple(claim for claim in self.claims if claim.confidence >= min_confidence))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be used, where it stands, and what to do about it."""

    where: str
    """``file:line``, a post id or a claim."""
    what: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" ({self.hint})" if self.hint else "")
