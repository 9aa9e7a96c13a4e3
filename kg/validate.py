"""Is a claim one that the graph may hold? Asked of every claim before it goes in, and again by ``kg check``.

No rule is written here. Who may relate to whom, and what may qualify a predicate, is the ontology's (``schema:domainIncludes``,
``schema:rangeIncludes``, ``kg:qualifiedBy``, ``kg:oneOf``, read through ``Vocabulary``); what a number, a date or an address must
be like, and that nothing relates to itself, stands in ``schemas/shapes.ttl``, which ``kg.limits`` reads. Both become tables
once per vocabulary; values are made into terms as ``kg.rdf`` makes them, so that a claim passes here when its triples pass SHACL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from kg import terms as t
from kg.limits import Limits, load_limits, nothing_relates_to_itself
from kg.model import Claim, Entity, Literal, Post, Problem, Value
from kg.vocabulary import NS, Qualifier, Relation, Vocabulary, local_name


@dataclass(frozen=True, slots=True)
class Rules:
    """What a vocabulary and the shapes allow, by the names that claims use."""

    relations: dict[str, tuple[Relation, Limits]]
    """A predicate's name to the relation and what its value must be like."""
    qualifiers: dict[str, tuple[Qualifier, Limits, Vocabulary]]
    confidence: Limits
    start: Limits
    distinct: bool
    """Whether subject and object must differ."""


_MOST_KEPT = 8
_kept: dict[int, tuple[Vocabulary, Rules]] = {}


def rules_of(vocabulary: Vocabulary) -> Rules:
    """The rules as tables; made once for each vocabulary."""
    kept = _kept.get(id(vocabulary))
    if kept is not None:
        return kept[1]
    limits = load_limits()
    free = Limits()
    rules = Rules(
        {name: (relation, limits.get(relation.iri, free)) for name, relation in vocabulary.relations.items()},
        {name: (qualifier, limits.get(qualifier.iri, free), vocabulary) for name, qualifier in vocabulary.qualifiers.items()},
        limits[NS + "confidence"], limits[NS + "start"], nothing_relates_to_itself(),
    )  # fmt: skip
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    # The vocabulary is kept with its rules: as long as it lives, nothing else gets its id.
    _kept[id(vocabulary)] = (vocabulary, rules)
    return rules


def check_claim(claim: Claim, post: Post, vocabulary: Vocabulary) -> list[Problem]:
    """Everything that speaks against putting this claim of this post into the graph; an empty list when nothing does.

    >>> from kg.model import Evidence
    >>> from kg.vocabulary import load_vocabulary
    >>> post = Post("a/1", "RETRO tops MMLU")
    >>> retro, mmlu = Entity("model/retro", "Model", "RETRO"), Entity("benchmark/mmlu", "Benchmark", "MMLU")
    >>> check_claim(Claim(retro, "evaluated_on", mmlu, Evidence("a/1", 0, 15)), post, load_vocabulary())
    []
    >>> for problem in check_claim(Claim(mmlu, "evaluated_on", retro, Evidence("a/1", 0, 15)), post, load_vocabulary()):
    ...     print(problem)
    a/1: "MMLU evaluated_on RETRO": the subject is a Benchmark (subjects of evaluated_on: Model)
    a/1: "MMLU evaluated_on RETRO": the object is a Model (objects of evaluated_on: Benchmark)
    """
    rules = rules_of(vocabulary)
    known = rules.relations.get(claim.predicate)
    if known is None:
        said = [(f"there is no predicate {claim.predicate!r}", f"known: {', '.join(sorted(rules.relations))}")]
    else:
        said = [*_said(claim, post, rules, *known)]
    if not said:
        return []
    written = claim.object.name if isinstance(claim.object, Entity) else claim.object.value
    quoted = f'"{claim.subject.name} {claim.predicate} {written}"'
    return [Problem(post.id, f"{quoted}: {what}", hint) for what, hint in said]


def _said(claim: Claim, post: Post, rules: Rules, relation: Relation, limits: Limits) -> Iterator[tuple[str, str]]:
    """What is wrong and what would be right, one thing after another."""
    subject, target = claim.subject, claim.object
    if subject.type not in relation.domain:
        yield f"the subject is a {subject.type}", f"subjects of {relation.name}: {', '.join(sorted(relation.domain))}"
    if not (subject.name and subject.key):
        yield "the subject has no name", "an entity has a key and a name"
    if isinstance(target, Entity):
        yield from _entity(target, relation)
        if rules.distinct and target.key == subject.key:
            yield "subject and object are the same", "a claim relates two different things"
    else:
        yield from _value(target, relation, limits)
    for name, value in claim.qualifiers.items():
        yield from _qualifier(name, value, relation, rules)
    evidence = claim.evidence
    if evidence.post != post.id:
        yield f"the evidence is of the post {evidence.post}", "a claim quotes the post that makes it"
    if not (rules.start.holds(evidence.start) and evidence.start < evidence.end <= len(post.text)):
        where = f"the evidence is {evidence.start}-{evidence.end} of {len(post.text)} characters"
        yield where, "0 <= start < end <= length of the text"
    if not rules.confidence.holds(claim.confidence):
        yield f"the confidence is {claim.confidence}", rules.confidence.message


def _entity(target: Entity, relation: Relation) -> Iterator[tuple[str, str]]:
    if target.type not in relation.range:
        yield f"the object is a {target.type}", f"objects of {relation.name}: {', '.join(sorted(relation.range))}"
    if not (target.name and target.key):
        yield "the object has no name", "an entity has a key and a name"


def _value(target: Literal, relation: Relation, limits: Limits) -> Iterator[tuple[str, str]]:
    datatype = local_name(t.value_term(target).datatype.value)
    if datatype not in relation.range:
        expected = f"objects of {relation.name}: {', '.join(sorted(relation.range))}"
        yield f"the object {target.value!r} is a value ({target.datatype})", expected
    elif not (is_written_as(datatype, target.value) and limits.allows(target.value)):
        yield f"{target.value!r} is no value of {relation.name}", limits.message or f"written as XSD {datatype}"


def _qualifier(name: str, value: Value, relation: Relation, rules: Rules) -> Iterator[tuple[str, str]]:
    known = rules.qualifiers.get(name)
    if known is None or name not in relation.qualifiers:
        yield f"{relation.name} has no {name}", f"qualifiers of {relation.name}: {', '.join(sorted(relation.qualifiers))}"
        return
    qualifier, limits, vocabulary = known
    term = t.qualifier_term(name, value, vocabulary)
    good = local_name(term.datatype.value) == qualifier.datatype and limits.allows(term.value)
    if qualifier.datatype == "boolean":
        good = good and value in _TRUTH_VALUES
    if not good or (qualifier.one_of and term.value not in qualifier.one_of):
        yield f"{value!r} is no {name}", limits.message or f"written as XSD {qualifier.datatype}"


# ---------------------------------------------------------------- how XSD writes values
_TRUTH_VALUES = (True, False, "true", "false")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_written_as(datatype: str, text: str) -> bool:
    """Whether a text is a value of this XSD datatype; of other datatypes than those of the ontology every text is.

    >>> is_written_as("date", "2024-02-29"), is_written_as("date", "2023-02-29")
    (True, False)
    """
    form = _FORMS.get(datatype)
    return form is None or form(text)


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


_FORMS: dict[str, Callable[[str], bool]] = {
    "integer": lambda text: bool(_INTEGER.fullmatch(text)),
    "date": _is_day,
    "gYearMonth": lambda text: bool(_MONTH.fullmatch(text)),
    "gYear": lambda text: bool(_YEAR.fullmatch(text)),
}
