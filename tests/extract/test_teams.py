"""What teams of organizations release: documents built by hand; O and P are organizations, A and B products."""

from __future__ import annotations

import pytest

from kg.extract.document import Document
from kg.extract.teams import made_by_teams
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

TYPES = {"O": "Organization", "P": "Organization", "A": "Model", "B": "Software"}
SAID = [
    ("O's Vega team released A.", "O A"),
    ("O's research team has just released A and B.", "O A, O B"),
    ("The Vega team at O introduced A.", "O A"),
    ("Команда Vega из O выпустила A.", "O A"),
    ("Команда исследователей из O представила A.", "O A"),
    ("The team behind O released A.", ""),
    ("O's Vega team tested A.", ""),
    ("O's Vega team released a rival to A.", ""),
    ("O's team is large. P released A.", ""),
    ("O likes its team. A is out.", ""),
    ("The Vega team released A at O.", ""),
    ("Команда из O протестировала A.", ""),
]


@pytest.mark.parametrize(("text", "pairs"), SAID)
def test_what_a_team_releases_is_of_its_organization(text: str, pairs: str) -> None:
    tokens = Tokens(text)
    document = Document(tokens, named_words(tokens, TYPES))
    made = (f"{pair.near_object.name} {pair.near_subject.name}" for pair, _, _ in made_by_teams(document, []))
    assert ", ".join(sorted(made)) == pairs
