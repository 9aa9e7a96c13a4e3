"""What the way of telling says by itself, beside the pairs that the classifiers hold: one rule after the other."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.authors import authored
from kg.extract.bracketed_dates import bracketed_dates
from kg.extract.card_fields import by_cards
from kg.extract.document import Document
from kg.extract.introduced_links import introduced_links
from kg.extract.precedence import Held
from kg.extract.running_devices import running_devices
from kg.extract.spelled_links import spelled_links
from kg.extract.stance import Stance
from kg.extract.teams import made_by_teams
from kg.extract.told_bases import with_told_bases
from kg.extract.told_training import told_training


def with_told_facts(
    document: Document, stance: Stance, held: list[Held], described: Mapping[tuple[str, str], float]
) -> list[Held]:
    """The facts that are held and those that are told; each rule sees what those before it found.

    ``described`` says how likely, 0-1, an entity and a link belong together.
    """
    held = [*held, *spelled_links(document, held)]
    held += running_devices(document, stance, held)
    held += authored(document, held)
    held += bracketed_dates(document, held)
    held += made_by_teams(document, held)
    held += told_training(document, held)
    held = with_told_bases(document, held)
    held += introduced_links(document, held, described)
    return list(by_cards(document, held))
