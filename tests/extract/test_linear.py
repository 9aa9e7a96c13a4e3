"""Hostile texts: twice the length takes less than three times as long, whatever the characters."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from kg.extract.announcers import announcers, firms
from kg.extract.authors import authored, authors
from kg.extract.bracketed_makers import bracketed_makers
from kg.extract.cues import AFFIRMED, load_cue, load_cues
from kg.extract.dates import find_dates
from kg.extract.described_names import with_described
from kg.extract.document import Document, value_spans
from kg.extract.joined_names import abbreviates
from kg.extract.links import find_links
from kg.extract.listed_sizes import with_listed_sizes
from kg.extract.listed_variants import with_variants
from kg.extract.metrics import find_metrics
from kg.extract.names import Names
from kg.extract.own_products import own_products
from kg.extract.qualifiers import find_count, find_ranks, find_scores, leads
from kg.extract.quoted_names import quoted_names
from kg.extract.releases import released_by
from kg.extract.repository_names import with_repository_names
from kg.extract.resolve import Resolver
from kg.extract.result_lists import list_findings
from kg.extract.results import shared_scores
from kg.extract.rivalry import Rivalry
from kg.extract.rivals import beaten_here
from kg.extract.sizes import find_sizes
from kg.extract.spelling import clean_name, entity_key, latin_letters
from kg.extract.stance import Stance
from kg.extract.tables import find_tables, table_names
from kg.extract.teams import made_by_teams
from kg.extract.titled_names import titled_names
from kg.extract.tokens import Tokens
from kg.language import detect_language
from tests.extract.named_words import named_words

PATTERNS = [
    *(
        "1",
        "1.",
        "1,",
        "1-",
        "1 - ",
        "1 000 ",
        "A-",
        "-",
        "_",
        "a_",
        "Aa",
        "OPENAI ",
        "GPT(",
        "GPT, ",
        "[(",
        "(",
        "**",
        "#",
        "'s",
        "v",
        "av1",
    ),
    *(
        "http://",
        "http://(",
        "http://!",
        "www.",
        "t.me/",
        "https://a.b/(",
        "Qwen2.5/",
        "2021.5 ",
        "May 1 ",
        "14 марта ",
        "7 миллиардовввв ",
        "a trillion parameters ",
        "billion-",
    ),
    *("8x", "first ", "top-", "new york ", "и", "ё", "🔥", "a\u0301", "\0", "\n", " "),
]
RULES: list[Callable[[Names, str], object]] = [
    lambda names, text: Tokens(text),
    lambda names, text: list(find_sizes(text)),
    lambda names, text: list(find_dates(text)),
    lambda names, text: list(find_scores(text)),
    lambda names, text: list(find_ranks(text)),
    lambda names, text: find_count(text, text),
    lambda names, text: leads(text),
    lambda names, text: find_metrics(Tokens(text), names),
    lambda names, text: abbreviates("ABCDEFGH", text),
    lambda names, text: latin_letters(text),
    lambda names, text: table_names(Tokens(f"a|b|c\n{text}|x"), [], names),
    lambda names, text: list(find_tables(f"{text}|{text}|\n" * 2)),
    lambda names, text: list(find_links(Tokens(text))),
    lambda names, text: value_spans(Tokens(text), [*find_sizes(text), *find_dates(text), *find_scores(text)]),
    lambda names, text: list(quoted_names(Tokens(f"модель «A{text}"))),
    lambda names, text: with_repository_names(Tokens(f"[{text}](https://github.com/a/{text[:99]}) {text}"), []),
    lambda names, text: list(titled_names(Tokens(f"A {text} (https://arxiv.org/abs/1)"), [])),
    lambda names, text: with_described(Tokens(f"A {text}"), []),
    lambda names, text: bracketed_makers(Tokens(f"A ({text}, 7B) {text} (B)"), [], names),
    lambda names, text: names.find(Tokens(text)),
    lambda names, text: names.family(text),
    lambda names, text: names.lookup(text),
    lambda names, text: load_cues().find(Tokens(text)),
    lambda names, text: (clean_name(text), entity_key("Model", text)),
    lambda names, text: Resolver(names).resolve("Hardware", f"GPT{text}x"),
    lambda names, text: detect_language(text),
]
LENGTH = 8_000
RIVALS = [
    "A beats B. ",
    "A beats B and ",
    "A trails B, ",
    "It beats B. ",
    "S beats ",
    "A, ",
    "beats ",
    "A beats B on X (5.1 vs 4.2). ",
    "X and Y (5.1, 4.2), ",
    "X\nA: 5.1\nB: 4.2\n\n",
    "A: 5.1\n",
    "A on X 5.1, on Y 4.2; B 5.1 and 4.2. ",
    "5.1 for A and 4.2 for B on X, ",
    "5.1 respectively ",
    "A and B respectively on X. ",
    "A, B on X: 5.1, 4.2, ",
    "A's 5.1 on X ",
    "Zorbix released A by Zorbix ",
    "Zorbix ",
    "A by ",
    "Ada Roe, author of A, ",
    "author of A and ",
    "A vs B\nX: 5.1 / 4.2\nY: 3.1 / 2.2\n",
    "A sizes ",
    "sizes 7B, ",
    "It beats B or not, is faster than A.\n",
    "A gets 5.1 on X, B gets 4.2. ",
    "O, ",
    "O and O released A, ",
    "O made A and B, O ",
    "O's team released A, ",
    "mini, A mini, ",
]


def seconds(rule: Callable[[Names, str], object], names: Names, text: str) -> float:
    gc.disable()  # it looks at all that other tests have left
    start = time.process_time()
    rule(names, text)
    taken = time.process_time() - start
    gc.enable()
    return taken


@pytest.mark.slow
@pytest.mark.parametrize("pattern", PATTERNS, ids=ascii)
def test_time_grows_with_the_length(names: Names, pattern: str) -> None:
    """Twice and twice again, each time less than three times as long; the best of three tries, as the machine may be busy."""
    text = "GPT" + pattern * (4 * LENGTH // len(pattern))
    for number, rule in enumerate(RULES):
        tries = ((seconds(rule, names, text[:LENGTH]), seconds(rule, names, text)) for _ in range(3))
        assert any(long < 9 * short + 0.02 for short, long in tries), f"rule {number} of RULES"


@pytest.mark.slow
@pytest.mark.parametrize("pattern", RIVALS)
def test_so_it_does_where_models_are_compared(names: Names, pattern: str) -> None:
    def find(names: Names, text: str) -> object:
        tokens = Tokens(text)
        spans = named_words(
            tokens, {"A": "Model", "B": "Model", "S": "Software", "O": "Organization", **dict.fromkeys("XY", "Benchmark")}
        )
        document = Document(tokens, spans + value_spans(tokens, [*find_scores(text), *find_sizes(text)]))
        hits = load_cues().find(tokens)
        rivals = Rivalry().find(document, hits, Stance(document, hits, load_cue(AFFIRMED)))
        shares, announced = shared_scores(document, rivals), [*announcers(tokens, spans), *firms(tokens, spans, names)]
        beaten, sizes = beaten_here(document, rivals), list(with_listed_sizes(document, []))
        by_role = [*authors(tokens, spans), *with_variants(tokens, spans), *authored(document, [])]
        by_role += [*released_by(document), *own_products(document, names), *made_by_teams(document, [])]
        return shares, announced, by_role, list(list_findings(document, names)), beaten, sizes

    text = pattern * (4 * LENGTH // len(pattern))
    tries = ((seconds(find, names, text[:LENGTH]), seconds(find, names, text)) for _ in range(3))
    assert any(long < 9 * short + 0.02 for short, long in tries)
