"""The words that rules know people by, and the ways people hint at a predicate ("released", "работает на").

They stand in ``schemas/phrases.tsv``, in the order of the names here, with what each cue is.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from kg.extract.tokens import Tokens, fold

# What a post is about, what it denies, and whether it says what it seems to say.
TOPIC, AFFIRMED, ALSO = "topic", "affirmed", "also"
DENIAL, UNTRUE, ALMOST = "denial", "untrue", "almost"
WITHOUT, PLACE, PREPOSITION = "without", "place", "preposition"
GIVEN, TURN = "given", "turn"
# Words that join.
AND, AND_OR, LISTED, ARTICLE = "and", "and or", "listed", "article"
# What a thing is.
KIND, DESCRIBES, COMPANY = "kind", "describes", "company"
OTHER_THING, INTERFACE, GENERIC = "other thing", "interface", "generic"
DESCRIBED, DESCRIBING_ARTICLE = "described", "describing article"
INSIDE_NAME, TITLE_ABOUT, FIELD = "inside name", "title about", "field"
PROGRAMMING, ALGORITHM = "programming", "algorithm"
TOLD_DATASETS, TOLD_ADJECTIVE, TOLD_BEHIND, IS = "told datasets", "told adjective", "told behind", "is"
HEADING, NO_HEADING = "heading", "no heading"
# What a thing is called.
INTRODUCE, LICENCE, LICENSED, UNDER = "introduce", "licence", "licensed", "under"
ALIAS, MEANS, SMALL, SHORTENED, NO_TITLE = "alias", "means", "small", "shortened", "no title"
# Fields of a card.
MODEL_FIELD, NAME_FIELD, MAKER_FIELD = "model field", "name field", "maker field"
AUTHOR_FIELD, BASE_FIELD, SIZE_FIELD, OTHER_FIELD = "author field", "base field", "size field", "other field"
# Lists.
BENCHMARKS, EXAMPLES, MEASURED_ON, BEHIND_LIST = "benchmarks listed", "examples", "measured on", "behind list"
RESPECTIVELY = "respectively"
# Who made it.
ANNOUNCE, RELEASE, LATELY, BESIDE_OBJECT = "announce", "release", "lately", "beside object"
RELEASING, MADE_BY, BY = "releasing", "made by", "by"
AUTHOR, DEVELOPER, OF, WRITING, LESSON = "author", "developer", "of", "writing", "lesson"
BYSTANDER, USER, SHELF, SHELF_NAME, GENERAL = "bystander", "user", "shelf", "shelf name", "general"
MADE_WITH, QUALITY, PLACED, OWN = "made with", "quality", "placed", "own"
INVENTED, FORUM = "invented", "forum"
HOSTING, VARIANT, EDITION = "hosting", "variant", "edition"
TEAM, TEAM_OF = "team", "team of"
# When it came out.
OUT, UNTIL = "out", "until"
# What is written of it.
PROPOSE, APART, RIVAL, INDEFINITE, TOLD_IN = "propose", "apart", "rival", "indefinite", "told in"
TRIED_IN, PASSED_OVER, SURVEY = "tried in", "passed over", "survey"
# What it is built on, learned from and runs on, and how many parameters it has.
BUILT_ON, FITTED, PLACED_ON = "built on", "fitted", "placed on"
POWERS, UNDER_HOOD, REWORK, GIVES = "powers", "under hood", "rework", "gives"
PARTS, TAUGHT, HELD_AT, REJECTED = "parts", "taught", "held at", "rejected"
TRAINING, INFERENCE = "training", "inference"
ON_IT, USED_TO_TRAIN = "on it", "used to train"
LOOSE_BASE, LOOSE_RUN = "loose base", "loose run"
RUNS_WHAT, BEFORE_RUNNING, REACHES, SPEED = "runs what", "before running", "reaches", "speed"
OTHER_SUBJECT, OTHER_OBJECT, GOVERNING = "other subject", "other object", "governing"
COUNTED, SIZES, BETWEEN_SIZES = "counted", "sizes", "between sizes"
# Who is better.
SURPASS, YIELD, PAR, THAN, OTHERWISE = "surpass", "yield", "par", "than", "otherwise"
ADVANTAGE, ADVANTAGE_OVER, OTHER_ADVANTAGE, NOT_COMPARED = "advantage", "advantage over", "other advantage", "not compared"
MARGIN, BEFORE_VERB, NO_SUBJECT = "margin", "before verb", "no subject"
GOES_ON, ABSOLUTE, PRONOUN, RELATIVE = "goes on", "absolute", "pronoun", "relative"
CONCESSION, TOO, AS_WELL, ELSEWHERE = "concession", "too", "as well", "elsewhere"
COMPARED, AND_BUT, RESPECT = "compared", "and but", "respect"
OBJECT_PRONOUN, WITH = "object pronoun", "with"
AHEAD_OF, WORSE_THAN, DEGREE = "ahead of", "worse than", "degree"
RANK, RANKED_BEHIND, LOSE, RANKED_TO = "rank", "ranked behind", "lose", "ranked to"
BOTH, GIVEN_ON = "both", "given on"
# Results.
VERSUS, BEFORE, AFTER, BESIDE = "versus", "before", "after", "beside"
EQUALS, MEASURED, TRIED = "equals", "measured", "tried"
OF_WHOM, GETS, STANDS_AT, LOWER = "of whom", "gets", "stands at", "lower"
RESULT, SCORE_APART, UNTIED, TESTED_BESIDE = "result", "score apart", "untied", "tested beside"
NOUNS = {
    "models": "Model", "organizations": "Organization", "software": "Software", "devices": "Hardware", "benchmarks": "Benchmark",
}  # fmt: skip
"""Cues of single words that say of which type a thing is."""
MANY = {"many models": "Model", "many organizations": "Organization", "many software": "Software", "many devices": "Hardware"}
"""The same for several things, of which some are named behind "such as"."""
_HINTS = frozenset(["make", "run", "test", "beat", "base", "train", "event", "date", "size", "paper", "code", "no", "maybe"])
"""Cues that hint at predicates, which the classifiers learn; the words of the others are for rules."""


class Cues:
    """Phrases by cue, found by their folded words.

    >>> sorted(Cues({"beat": ["better than"]}).of("It is BETTER than that"))
    ['beat']
    """

    def __init__(self, phrases: dict[str, list[str]]) -> None:
        self.names = tuple(phrases)
        self._by_first: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for cue, forms in phrases.items():
            for form in forms:
                words = tuple(fold(t.text) for t in Tokens(form).items)
                self._by_first.setdefault(words[0], []).append((cue, words))

    def find(self, tokens: Tokens, start: int = 0, end: int | None = None) -> dict[str, list[int]]:
        """For each cue the numbers of the tokens where one of its phrases begins, among ``start`` to ``end`` (not included)."""
        folded, by_first = tokens.folded[start:end], self._by_first
        found: dict[str, list[int]] = {}
        for i in [i for i, word in enumerate(folded) if word in by_first]:
            for cue, words in by_first[folded[i]]:
                if len(words) == 1 or tuple(folded[i : i + len(words)]) == words:
                    places = found.setdefault(cue, [])
                    if not places or places[-1] != start + i:
                        places.append(start + i)
        return found

    def occur(self, tokens: Tokens) -> bool:
        """Is there any of the phrases?"""
        return not self._by_first.keys().isdisjoint(tokens.folded) and bool(self.find(tokens))

    def of(self, text: str) -> set[str]:
        """The cues that occur in a short text."""
        return set(_cues_of(self, text))


@lru_cache(maxsize=10_000)
def _cues_of(cues: Cues, text: str) -> frozenset[str]:
    return frozenset(cues.find(Tokens(text)))


@cache
def load_phrases() -> dict[str, list[str]]:
    """The phrases of each cue, of all languages together."""
    phrases: dict[str, list[str]] = {}
    for line in (files("kg") / "schemas" / "phrases.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cue, _, forms = line.split("\t")
            phrases.setdefault(cue, []).extend(form.strip() for form in forms.split(","))
    return phrases


def load_cues() -> Cues:
    """The cues of predicates."""
    return Cues({cue: forms for cue, forms in load_phrases().items() if cue in _HINTS})


def load_cue(*cues: str) -> Cues:
    """Some groups of phrases by themselves: ``affirmed``, or ``training`` and ``inference``."""
    return Cues({cue: load_phrases()[cue] for cue in cues})


@cache
def cue_words(cue: str) -> frozenset[str]:
    """The folded phrases of a cue that has single words only.

    >>> "против" in cue_words(VERSUS)
    True
    """
    return frozenset(fold(form) for form in load_phrases()[cue])


def kind_words() -> frozenset[str]:
    """Folded words that say what a thing is: "the GPQA benchmark", "H100 GPUs"."""
    return cue_words(KIND)
