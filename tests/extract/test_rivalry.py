"""Who beats whom, without any weights: documents built by hand in which A, B, C and D are models and S is software."""

from __future__ import annotations

import pytest

from kg.extract.cues import AFFIRMED, ALSO, load_cue, load_cues
from kg.extract.document import Document, Span
from kg.extract.rivalry import Rivalry
from kg.extract.rivals import Rivals, beaten_here, results_of_better, without_borrowed
from kg.extract.stance import Stance
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

RIVALS = [
    ("A lags behind B.", ["B > A"]),
    ("A trails only B on this test.", ["B > A"]),
    ("A is 2 points behind B.", ["B > A"]),
    ("A comes second after B.", ["B > A"]),
    ("A beats B but trails C.", ["A > B", "C > A"]),
    ("A, trailing B, is cheap.", ["B > A"]),
    ("A and B are outperformed by C and D.", ["C > A", "C > B", "D > A", "D > B"]),
    ("A lags behind such rivals as B.", ["B > A"]),
    ("A falls short of B and C.", ["B > A", "C > A"]),
    ("A outperforms B, second only to C.", ["A > B", "C > A"]),
    ("A уступает B.", ["B > A"]),
    ("A обходит B, но проигрывает C.", ["A > B", "C > A"]),
    ("A пока отстаёт от 61,4% у B.", ["B > A"]),
    ("A не уступает B.", []),
    ("A нисколько не отстает от B.", []),
    ("A does not trail B.", []),
    ("A trails, but B is slow.", []),
    ("A is here. It trails B.", ["B > A"]),
    ("A is here. It beats B but trails C.", ["A > B", "C > A"]),
    ("A is here. It trails one and beats another.", []),
    ("Trailing B, A came out.", []),
    ("The team behind A trained B.", []),
    ("A trails A.", []),
    ("A is out. The company that is behind B backs it.", []),
]


PLACED = [
    ("A crushes B.", ["A > B"]),
    ("A wipes the floor with B.", ["A > B"]),
    ("A takes the #1 spot from B.", ["A > B"]),
    ("A уделывает B в коде.", ["A > B"]),
    ("A круче B.", ["A > B"]),
    ("A гораздо лучше B.", ["A > B"]),
    ("A впереди B.", ["A > B"]),
    ("A хуже B.", ["B > A"]),
    ("A не хуже B.", []),
    ("A хороша, но для кода круче B.", []),
    ("A вышла. Для кода — лучше B.", []),
    ("A вышла. По ощущениям — лучше B.", ["A > B"]),
    ("A вышла. Лучше B и взять.", []),
    ("В A лучше B не включать.", []),
    ("A лучшая. B тоже.", []),
    ("A has been dethroned: B leads.", ["B > A"]),
    ("A was dethroned by B.", ["B > A"]),
    ("A dethroned B.", ["A > B"]),
    ("A is no longer the best: B now leads.", ["B > A"]),
    ("A is 2 points behind B.", ["B > A"]),
    ("A comes second after B.", ["B > A"]),
    ("A ranks 3rd, behind B and C.", ["B > A", "C > A"]),
    ("A is in second place, and the lab behind B knows.", []),
    ("A is fast. The team, behind B for years, is glad.", []),
    ("A loses 1.2 points to B.", ["B > A"]),
    ("A lost access to B.", []),
]

TRADE_OFFS = [
    ("A is cheaper than B and better on most tests.", ["A > B"]),
    ("A is smaller than B but better on it.", ["A > B"]),
    ("A is smaller than B but still beats it.", ["A > B"]),
    ("A дешевле B и лучше на тестах.", ["A > B"]),
    ("A меньше B, но обгоняет её.", ["A > B"]),
    ("A is faster than B and cheaper.", []),
    ("A is cheaper than B and better documented.", []),
    ("A is cheaper than B and better in price.", []),
    ("A is cheaper than B. And better on tests.", []),
    ("A and then, they say, C is cheaper than B and better on tests.", []),
    ("A is cheaper than B and", []),
    ("A beats B; C beats both.", ["A > B", "C > A", "C > B"]),
    ("A обходит B; C обходит обеих.", ["A > B", "C > A", "C > B"]),
    ("A and B are good. C beats them both.", ["C > A", "C > B"]),
    ("A beats both B and C.", ["A > B", "A > C"]),
    ("A, B and D are good, but C beats both.", []),
    ("C beats both.", []),
]

CHAINS = [
    ("A > B on it (76 vs 68)", ["A > B"]),
    ("A >> B for code", ["A > B"]),
    ("Test: A > B > C", ["A > B", "A > C", "B > C"]),
    ("S > Models > A", []),
    ("Settings > A > B", []),
    ("A > B > Settings", []),
    ("> A is great and B is, too", []),
    ("A\n> B", []),
    ("A -> B", []),
    ("A>B", []),
]

SURPASSING = [
    ("A beats B; C beats both.", ["A > B", "C > A", "C > B"]),
    ("A обходит B. C обходит обеих на тестах.", ["A > B", "C > A", "C > B"]),
    ("A is out. C beats both.", []),
    ("A beats both B and C.", ["A > B", "A > C"]),
    ("A crushes B.", ["A > B"]),
    ("A wipes the floor with B and C.", ["A > B", "A > C"]),
    ("A уделывает B.", ["A > B"]),
    ("A вышла, тестируем её\nПревосходит B на тестах", ["A > B"]),
    ("A обходит B по скорости.", []),
    ("A обходит B по скорости и качеству.", ["A > B"]),
    ("A обходит B по качеству.", ["A > B"]),
    ("A beats B and C in price", []),
    ("A быстра, но её обошла B.", ["B > A"]),
    ("A вышла. На всех тестах её обгоняют B и C.", ["B > A", "C > A"]),
    ("A и B быстры. C мала, а её обошла A.", ["A > C"]),
    ("A близка к B, а C мала, её обошла C.", []),
    ("Его обошла A.", []),
    ("A с дообучением на C обходит B.", ["A > B"]),
    ("A beats B.", ["A > B"]),
    ("A outperforms models of its size such as B, C and D.", ["A > B", "A > C", "A > D"]),
    ("A and B surpass C.", ["A > C", "B > C"]),
    ("A beats B (71.3%) and the older C (69.8%) by far.", ["A > B", "A > C"]),
    ("A scores 81 and surpasses B's 79.5 and C's 78.", ["A > B", "A > C"]),
    ("A beats B on a test with C as the judge.", ["A > B"]),
    ("A beats B and matches C.", ["A > B"]),
    ("A matches B, beating C.", ["A > C"]),
    ("A beats many and is on par with B.", []),
    ("A beats B, while C is slow.", ["A > B"]),
    ("A does not outperform B.", []),
    ("A not only outperforms B but is cheap.", ["A > B"]),
    ("A is outperformed by B.", ["B > A"]),
    ("A is based on B and beats C.", ["A > C"]),
    ("A, B (a variant of A) and then D met and beat C.", []),
    ("A is out. It beats B and C.", ["A > B", "A > C"]),
    ("A is out.\n- Small.\n- Beats B.", ["A > B"]),
    ("A is out. It is based on B and beats the original B.", ["A > B"]),
    ("A is out. It is based on B. It beats the original B.", ["A > B"]),
    ("A is out. S beats B.", []),
    ("Nobody beats B.", []),
    ("A beats A.", []),
    ("A exceeds 90 on a test.", []),
    ("A is out. It is cheaper than B and beats C.", ["A > C"]),
    ("A вышла. Она дешевле B в 3 раза и обходит C.", ["A > C"]),
    ("A, unlike B, beats C.", ["A > C"]),
    ("It came after S. A beats B.", ["A > B"]),
    ("A improves upon B.", ["A > B"]),
    ("A beats B. B trails A.", ["A > B"]),
    ("A превосходит B и C.", ["A > B", "A > C"]),
    ("A обходит более крупные модели (B, C).", ["A > B", "A > C"]),
    ("A вышла. Она опережает B.", ["A > B"]),
    ("A вышла.\n- Превосходит B\n- Сопоставима с C", ["A > B"]),
    ("A не превосходит B.", []),
    ("A не только превосходит B.", ["A > B"]),
    ("A бьёт B, а C стоит дороже.", ["A > B"]),
    ("A превосходит B, а также C.", ["A > B", "A > C"]),
    ("A вышла. Она сравнима с B и превосходит C.", ["A > C"]),
    ("A лучше чем B.", ["A > B"]),
    ("A is out. It is based on B and beats C.", ["A > C"]),
    ("A is out. Built on B, it beats C.", ["A > C"]),
    ("A is out. Like B, it beats C.", ["A > C"]),
    ("A beats B and runs faster than C.", ["A > B"]),
    ("A beats B, being smaller than C.", ["A > B"]),
    ("A is better than B and better than C.", ["A > B", "A > C"]),
    ("A is behind B but ahead of C.", ["A > C", "B > A"]),
    ("A beats B and C outperforms D.", ["A > B", "C > D"]),
    ("A runs with B, C is old, and D (7B) clearly outperforms B.", ["D > B"]),
    ("A runs beside B, with C outperforming D.", ["C > D"]),
    ("A runs beside B with C, beating D.", []),
    ("A такая же, как B, а C заметно превосходит D.", ["C > D"]),
    ("A is smaller than B and built on C beats D.", ["A > D"]),
    ("A performs similarly to B and beats C.", ["A > C"]),
    ("A is new, and they say of A that it is good, beating B.", ["A > B"]),
    ("A beats B by 31%, C by 11%, and D by 3.", ["A > B", "A > C", "A > D"]),
    ("A обходит B на 12%, C на 5%.", ["A > B", "A > C"]),
    ("A beats B by using C.", ["A > B"]),
    ("A ranks above B but below C.", ["A > B", "C > A"]),
    ("A scores lower than B.", ["B > A"]),
    ("A is out. The lab made a method that beats B.", []),
    ("A вышла. Есть и метод, который превосходит B.", []),
    ("A shows far better reasoning than B.", ["A > B"]),
    ("A reports clear gains over B and C.", ["A > B", "A > C"]),
    ("A has an edge and superiority over systems such as B.", ["A > B"]),
    ("A is out. The scores are a 12% improvement over B.", ["A > B"]),
    ("A shows gains over B and holds an advantage over D.", ["A > B", "A > D"]),
    ("A has better memory usage than B.", []),
    ("A has higher speed than B.", []),
    ("A has lower latency but higher quality than B.", ["A > B"]),
    ("Sales of A are higher than in B.", []),
    ("A shows gains of over 30% beside B.", []),
    ("A is better in more tests than others on B.", []),
    ("A gets a better result on that, said B.", []),
    ("A показывает результат выше, чем у B.", ["A > B"]),
    ("A даёт прирост по сравнению с B.", ["A > B"]),
    ("A даёт прирост скорости по сравнению с B.", []),
    ("A, now on S, outperforms B.", ["A > B"]),
    ("A вышла на S и превосходит B.", ["A > B"]),
    ("S's A beats B.", ["A > B"]),
    ("A runs anywhere, and S beats B.", []),
]

RULED_OUT = [
    ("A matches B.", True),
    ("A is on par with B.", True),
    ("A is on par with C and B.", True),
    ("A matches or exceeds B.", False),
    ("A matches C and beats B.", False),
    ("A is like B.", False),
    ("A сопоставима с B.", True),
    ("A не уступает B.", False),
    ("It is cheaper than A and beats B.", True),
    ("Она дешевле A и лучше, чем B.", True),
    ("A is better than B.", False),
    ("A is faster than B.", True),
    ("A быстрее B в три раза.", True),
    ("A is faster and better than B.", False),
    ("A is more expensive than B.", True),
    ("A has a speedup of two over B.", True),
    ("A быстрее и точнее, чем B.", False),
    ("A быстрее, чем B.", True),
    ("A сильнее B по скорости.", True),
    ("A has efficiency gains over B.", True),
    ("A has lower latency but higher quality than B.", False),
    ("A has a better output speed compared to B.", True),
    ("A has a better output compared to B.", False),
]


def rivals_of(text: str) -> Rivals:
    tokens = Tokens(text)
    document = Document(tokens, named_words(tokens, {**dict.fromkeys("ABCD", "Model"), "S": "Software"}))
    return _found(document)


def _found(document: Document) -> Rivals:
    hits = load_cues().find(document.tokens)
    return Rivalry().find(document, hits, Stance(document, hits, load_cue(AFFIRMED, ALSO)))


@pytest.mark.parametrize(("text", "rivals"), [*RIVALS, *SURPASSING, *PLACED, *TRADE_OFFS, *CHAINS])
def test_who_beats_whom(text: str, rivals: list[str]) -> None:
    assert sorted(f"{rival.better.name} > {rival.worse.name}" for rival in rivals_of(text).values()) == rivals


@pytest.mark.parametrize(("text", "ruled_out"), RULED_OUT)
def test_what_is_as_good_or_only_compared(text: str, ruled_out: bool) -> None:
    tokens = Tokens(text)
    document = Document(tokens, named_words(tokens, dict.fromkeys("ABC", "Model")))
    a, b = (next(span for span in document.spans if span.name == name) for name in "AB")
    assert Rivalry().rules_out(document, a, b) is ruled_out


@pytest.mark.parametrize(
    ("text", "wins"), [("A wipes the floor with B.", True), ("A впереди B.", True), ("A runs with B.", False)]
)
def test_the_last_word_of_a_verb_tells_no_base(text: str, wins: bool) -> None:
    tokens = Tokens(text)
    document = Document(tokens, named_words(tokens, dict.fromkeys("AB", "Model")))
    assert Rivalry().only_wins(document, document.spans[1]) is wins


def test_a_subject_that_only_the_sentence_before_names_is_less_sure() -> None:
    (near,), (far,) = rivals_of("A beats B.").values(), rivals_of("A is out. It beats B.").values()
    assert near.confidence > far.confidence


def test_whoever_beats_it_in_this_sentence_is_named_there() -> None:
    tokens = Tokens("C is out. A beats B. Then C and B met.")
    document = Document(tokens, named_words(tokens, dict.fromkeys("ABC", "Model")))
    found = Rivalry().find(document, {}, Stance(document, {}, load_cue(AFFIRMED)))
    beaten, later = (span for span in document.spans if span.name == "B")
    told = beaten_here(document, found)
    assert (beaten.key, document.sentence[beaten.first]) in told
    assert (later.key, document.sentence[later.first]) not in told


TESTED = [
    ("A beats B on M.", ["A M"]),
    ("A and C beat B on M.", ["A M", "C M"]),
    ("A scores 89 on M, surpassing B.", ["A M"]),
    ("On M, A beats B.", []),
    ("A is out. It scores 89 on M, surpassing B.", ["A M"]),
    ("A beats B, while C beats D on M.", ["C M"]),
    ("A matches B on M.", []),
    ("A обходит B на M.", ["A M"]),
]


@pytest.mark.parametrize(("text", "tested"), TESTED)
def test_the_better_one_was_tested_on_what_is_named_behind_it(text: str, tested: list[str]) -> None:
    tokens = Tokens(text)
    document = Document(tokens, named_words(tokens, {**dict.fromkeys("ABCD", "Model"), "M": "Benchmark"}))
    name = {key: spans[0].name for key, spans in document.entities.items()}
    assert sorted(f"{name[a]} {name[b]}" for a, b in results_of_better(document, _found(document))) == tested


@pytest.mark.parametrize(("own", "takes"), [(False, True), (True, False)])
def test_a_result_of_the_better_one_is_none_of_the_worse(own: bool, takes: bool) -> None:
    tokens = Tokens("A beats B on M (78.4 to 71.2).")
    document = Document(tokens, named_words(tokens, {"A": "Model", "B": "Model", "M": "Benchmark"}))
    a, b, m = document.spans
    found = Rivalry().find(document, {}, Stance(document, {}, load_cue(AFFIRMED)))
    one, two = Span(8, 8, "score", "78.4"), Span(10, 10, "score", "71.2")
    scores: dict[tuple[str, str], Span | None] = {(a.key, m.key): one, (b.key, m.key): two if own else one}
    left = without_borrowed(scores, found)
    assert ((b.key, m.key) not in left) is takes
    assert (a.key, m.key) in left
    assert (b.key, m.key) in without_borrowed({**scores, (b.key, m.key): None}, found)


def test_only_models_are_rivals() -> None:
    tokens = Tokens("A trails B.")
    document = Document(tokens, [Span(0, 0, "Model", "A"), Span(2, 2, "Organization", "B")])
    assert Rivalry().find(document, {}, Stance(document, {}, load_cue(AFFIRMED))) == {}
