"""When two annotations mean the same thing: names in any of their forms, numbers within 1 %, dates, links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

Forms = dict[str, set[str]]
"""An entity's name to all normalised ways of writing it."""


def forms_of(document: Mapping[str, Any]) -> Forms:
    """The names of a document's entities, with how each is written."""
    forms: Forms = {}
    for entity in document.get("entities", []):
        forms.setdefault(entity["name"], set()).update(names_of(entity))
    return forms


def names_of(entity: Mapping[str, Any]) -> set[str]:
    """All normalised ways of writing an entity.

    >>> sorted(names_of({"name": "GPT-4o", "surfaces": ["GPT 4o", "Omni"]}))
    ['gpt4o', 'omni']
    """
    return {normal(form) for form in (entity["name"], *entity.get("surfaces", []))}


def normal(name: Any) -> str:
    """Letters and digits only, small: ``normal("GPT-4o") == "gpt4o"``."""
    folded = unicodedata.normalize("NFKC", str(name)).casefold().replace("ё", "е")
    return re.sub(r"[\W_]+", "", folded)


def same_object(predicate: str, one: Any, two: Any, gold: Forms, answer: Forms) -> bool:
    """Are two objects of a predicate the same thing, or the same value?"""
    return same_value(predicate, one, two) if predicate in VALUES else same_name(one, two, gold, answer)


def same_value(predicate: str, one: Any, two: Any) -> bool:
    """Are these two values of a predicate the same number, date or link?"""
    return VALUES[predicate](one, two)


def same_name(one: str, two: str, gold: Forms, answer: Forms) -> bool:
    """Are two names one entity, by any of the ways in which either is written?"""
    ours, theirs = gold.get(one, {normal(one)}), answer.get(two, {normal(two)})
    return bool(ours & theirs) or normal(two) in ours or normal(one) in theirs


def _same_number(one: Any, two: Any) -> bool:
    try:
        return abs(float(one) - float(two)) <= 0.01 * abs(float(one))
    except (TypeError, ValueError):
        return False


def _same_link(one: Any, two: Any) -> bool:
    return _normal_link(one) == _normal_link(two)


def _normal_link(link: Any) -> str:
    return re.sub(r"[/.,)]+$", "", re.sub(r"^https?://(www\.)?", "", str(link).strip().replace(" ", "")))


def _same_date(one: Any, two: Any) -> bool:
    return str(one).startswith(str(two)) or str(two).startswith(str(one))


VALUES: dict[str, Callable[[Any, Any], bool]] = {
    "described_in": _same_link,
    "has_code": _same_link,
    "parameter_count": _same_number,
    "released_on": _same_date,
}
"""Predicates whose objects are numbers, links and dates, with what makes two of them the same."""
