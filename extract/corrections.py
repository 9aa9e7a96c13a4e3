"""A user's corrections of names, which win over lists, tagger and resolution.

A file of four columns divided by tabs, ``action name type entity``; lines that begin with ``#`` are comments::

    action  name      type      entity
    merge   Ламе      Model     Llama
    split   R1        Model
    type    LightGBM  Software
    drop    Модуль
    merge   Лама*     Model     Llama*

``merge``: this name is that entity. ``split``: this name is a thing of its own, merged with no other. ``type``: what is called
so is a thing of this type. ``drop``: what is called so (and is of this type, if one is given) is nothing. A name may have a line
for each of several types. ``*`` at the end stands for whatever follows the name, and may be kept behind the entity: "Лама 3 8B"
is "Llama 3 8B". Capitals, hyphens and Russian case endings do not count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from kg.extract.document import Span
from kg.extract.names import JOINERS, Name, Names
from kg.extract.tokens import Tokens, fold

ANY = "*"
REASON = "your correction"


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the file."""

    action: str
    name: str
    type: str = ""
    entity: str = ""


class Corrections:
    """What the user says of names, looked up by a name as a post writes it.

    >>> corrections = Corrections([Correction("drop", "Модуль")])
    >>> corrections.of("модуля").action, corrections.of("Модуль-2")
    ('drop', None)
    """

    def __init__(self, corrections: Collection[Correction] = ()) -> None:
        self._by_form: dict[str, list[Correction]] = {}
        self._by_start: dict[str, list[Correction]] = {}
        for correction in corrections:
            where = self._by_start if correction.name.endswith(ANY) else self._by_form
            where.setdefault(written_form(correction.name), []).append(correction)
        kept = [correction for correction in corrections if correction.action != "drop"]
        self._names = Names((Name(correction.name.rstrip(ANY), correction.type, (), ""), []) for correction in kept)

    def of(self, written: str, kind: str = "") -> Correction | None:
        """The correction of this name, that for things of this type before others; None when there is none."""
        if not self._by_form and not self._by_start:
            return None
        found = self._by_form.get(written_form(written)) or list(self._begun(written))
        fitting = [correction for correction in found if correction.type in ("", kind)]
        return next(iter(fitting or found), None)

    def _begun(self, written: str) -> Iterator[Correction]:
        """The corrections of names that this one begins with, the longest first."""
        items = Tokens(written).items if self._by_start else []
        for size in range(len(items), 0, -1):
            head = written[: items[size - 1].end]
            for correction in self._by_start.get(written_form(head), ()):
                rest = written[len(head) :] if correction.entity.endswith(ANY) else ""
                yield replace(correction, entity=correction.entity.removesuffix(ANY) + rest)

    @property
    def alone(self) -> list[Correction]:
        """The names that the user keeps from being merged."""
        return [c for found in self._by_form.values() for c in found if c.action == "split"]

    @property
    def dropped(self) -> list[Correction]:
        """The names that the user takes out."""
        groups = [*self._by_form.values(), *self._by_start.values()]
        return [correction for found in groups for correction in found if correction.action == "drop"]

    def decides(self, written: str) -> bool:
        """Whether the user says which entity has this name."""
        correction = self.of(written)
        return correction is not None and correction.action in ("merge", "split")

    def apply(self, tokens: Tokens, spans: list[Span]) -> list[Span]:
        """The spans with their right types, without what is no name, with names that only the corrections know."""
        if not self._by_form and not self._by_start:
            return spans
        kept = []
        for span in spans:
            correction = self.of(span.name, span.type)
            if correction is None or correction.action != "drop":
                span.type = correction.type if correction else span.type
                kept.append(span)
            elif correction.type not in ("", span.type):
                kept.append(span)
        return sorted(kept + self._missed(tokens, kept), key=lambda span: (span.first, span.last))

    def allows(self, span: Span) -> bool:
        """Whether a name inside another one may be what it was taken for."""
        correction = self.of(span.name, span.type)
        if correction and correction.action == "drop":
            return correction.type not in ("", span.type)
        return correction is None or correction.type == span.type

    def _missed(self, tokens: Tokens, spans: list[Span]) -> list[Span]:
        """Corrected names where nothing was found, written with the capital of the correction."""
        taken = {i for span in spans for i in range(span.first, span.last + 1)}
        found = []
        for match in self._names.find(tokens):
            last = match.last
            written = tokens.text[tokens.items[match.first].start : tokens.items[last].end]
            correction = self.of(written)
            if (
                correction
                and correction.action != "drop"
                and written[0] == correction.name[0]
                and taken.isdisjoint(range(match.first, last + 1))
            ):
                found.append(Span(match.first, last, correction.type, written))
        return found


def written_form(name: str) -> str:
    """What two spellings of one written name share.

    >>> written_form("R-1") == written_form("r1"), written_form("Ламы") == written_form("Ламе"), written_form("C++")
    (True, True, 'c++')
    """
    words = (fold(token.text) for token in Tokens(name.removesuffix(ANY)).items if token.text not in JOINERS)
    return "".join(word for word in words if word not in "*`«»“”\"„[]'")
