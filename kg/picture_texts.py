"""What a picture writes beside nodes and along links: numbers and dates, predicates and scores."""

from __future__ import annotations

from collections.abc import Iterable

from kg.caption import short_number
from kg.page_text import shown
from kg.view import Fact
from kg.vocabulary import Vocabulary


class Texts:
    """The texts of one picture in one language; ``common`` is a predicate that is said elsewhere.

    >>> from kg.view import select
    >>> from tests.graphs import world
    >>> store = world()
    >>> facts = [fact for fact in select(store).facts if (fact.subject, fact.object) == ("model/gpt-4o", "benchmark/mmlu")]
    >>> texts = Texts(store.vocabulary, "en")
    >>> texts.along(facts), texts.scores(facts)
    ('evaluated on 88.7', '88.7')
    """

    def __init__(self, vocabulary: Vocabulary, lang: str, common: str = "") -> None:
        self._lang, self._common = lang, common
        self._names = {name: relation.labels.get(lang) or name for name, relation in vocabulary.relations.items()}

    def beside(self, facts: Iterable[Fact]) -> list[str]:
        """What is said of a node that is no link to another one, a line for each predicate: numbers and dates."""
        said: dict[str, list[str]] = {}
        for fact in sorted(facts, key=lambda fact: (fact.predicate, -fact.support, fact.object)):
            if fact.datatype and fact.datatype != "anyURI":
                value = short_number(fact.object, self._lang) if fact.datatype == "integer" else shown(fact.object, 24)
                if value not in said.setdefault(fact.predicate, []):
                    said[fact.predicate].append(value)
        return [f"{self._names[name]}: {' / '.join(values)}" for name, values in said.items()]

    def along(self, facts: Iterable[Fact]) -> str:
        """What the label of a link says: its predicates, and scores; nothing when all links say the same."""
        said: dict[str, list[str]] = {}
        for fact in sorted(facts, key=lambda fact: -fact.support):
            scores = said.setdefault(fact.predicate, [])
            if (score := _score(fact)) and len(scores) < 2:
                scores.append(score)
        parts = []
        for predicate, scores in said.items():
            name = "" if predicate == self._common else self._names[predicate]
            parts.append(" ".join(filter(None, [name, " / ".join(scores)])))
        return ", ".join(filter(None, parts))

    def scores(self, facts: Iterable[Fact]) -> str:
        """The scores of a link alone."""
        return " / ".join(list(filter(None, map(_score, sorted(facts, key=lambda fact: -fact.support))))[:2])


def _score(fact: Fact) -> str:
    score = dict(fact.qualifiers).get("score", "")
    return f"{score:g}" if isinstance(score, int | float) else shown(str(score), 12)
