"""What is denied, asked or hedged between two names, without any weights: documents built by hand."""

from __future__ import annotations

import pytest

from kg.extract.cues import AFFIRMED, load_cue, load_cues
from kg.extract.document import Document, Span
from kg.extract.stance import Stance
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

A, B = "Llama", "GPT"

DENIED = [
    ("Llama does not outperform GPT.", True),
    ("Llama doesn't beat GPT.", True),
    ("Llama was never trained with GPT data.", True),
    ("Llama не превосходит GPT.", True),
    ("Llama outperforms GPT.", False),
    ("Llama not only matches but beats GPT.", False),
    ("Llama не только быстрее, но и лучше GPT.", False),
    ("Llama не уступает GPT.", False),
    ("Llama не дотягивает до GPT.", False),
    ("Llama is not new, but beats GPT.", False),
    ("No surprise: Llama beats GPT.", False),
    ("Llama has no more than half of the parameters of GPT.", False),
    ("Llama is good. It does not beat GPT.", True),
    ("Llama does not run. GPT does.", False),
    ("Llama fails to beat GPT.", True),
    ("Llama almost beats GPT.", True),
    ("Llama almost always beats GPT.", False),
    ("Llama beats all models except GPT.", True),
    ("It is false that Llama beats GPT.", True),
    ("Llama beats GPT. It is false that others do.", False),
    ("Llama обходит всех, кроме GPT.", True),
    ("Никто не верит, что Llama лучше GPT.", True),
    ("Llama без проблем обходит GPT.", False),
    ("Llama без дообучения и подсказок обходит GPT.", False),
    ("Llama runs without GPT.", True),
    ("Llama does not run on phones and on GPT.", True),
    ("Llama runs without tools on GPT.", False),
    ("Llama работает без GPT.", True),
    ("Llama needs no cloud and beats GPT.", False),
    ("Llama не требует облака и обходит GPT.", False),
    ("Llama is good. Not everybody has tried it, and many ask for GPT.", False),
    ("Llama beats all others on that one test (91 points, five more than the next one), but does not beat GPT.", True),
    ("Llama, which is not open and came out in May together with a paper and a demo page, beats GPT.", False),
]

ASKED = [
    ("Is Llama better than GPT?", True),
    ("Llama лучше GPT?", True),
    ("Llama beats GPT. Surprised?", False),
    ("Is Llama's GPT out?", False),
    ("Видели Llama от GPT?", False),
    ("Помните Llama с её GPT?", False),
    ("Remember Llama with its GPT?", False),
    ("Is Llama with or without GPT?", True),
]

HEDGED = [
    ("Llama may beat GPT.", True),
    ("По слухам, Llama обгонит GPT.", True),
    ("Llama reportedly runs on GPT.", True),
    ("Llama и GPT поступят в продажу в 2031 году.", True),
    ("Релиз Llama на GPT намечен на осень.", True),
    ("Llama beat GPT on 13 May 2024.", False),
    ("Llama beat GPT in May.", False),
    ("May Llama beat GPT!", True),
    ("Llama beats GPT. More may follow.", False),
]


def stance_of(text: str) -> tuple[Stance, Span, Span]:
    tokens = Tokens(text)
    spans = named_words(tokens, dict.fromkeys((A, B), "Model"))
    document = Document(tokens, spans)
    return Stance(document, load_cues().find(tokens), load_cue(AFFIRMED)), spans[0], spans[1]


@pytest.mark.parametrize(("text", "denied"), DENIED)
def test_a_negation_between_two_names_denies(text: str, denied: bool) -> None:
    stance, a, b = stance_of(text)
    assert stance.denied(a, b) is denied
    assert stance.denied(b, a) is denied


@pytest.mark.parametrize(("text", "asked"), ASKED)
def test_a_question_states_nothing(text: str, asked: bool) -> None:
    stance, a, b = stance_of(text)
    assert stance.asked(a, b) is asked


@pytest.mark.parametrize(("text", "hedged"), HEDGED)
def test_rumours_and_plans_are_hedged(text: str, hedged: bool) -> None:
    stance, a, b = stance_of(text)
    assert stance.hedged(a, b) is hedged
