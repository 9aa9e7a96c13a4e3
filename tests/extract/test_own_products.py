"""What organizations do with their own products: documents built by hand, and lists that know that Nordix made Lyra and Quill."""

from __future__ import annotations

import pytest

from kg.extract.document import Document
from kg.extract.names import Name, Names
from kg.extract.own_products import own_products
from kg.extract.tokens import Tokens
from tests.extract.named_words import named_words

TYPES = {
    "Nordix": "Organization", "Zorbix": "Organization", "Lyra": "Model", "Quill": "Model", "Orion": "Model", "Vega": "Software",
}  # fmt: skip
NAMES = Names(
    [(Name("Nordix", "Organization", (), ""), []), (Name("Zorbix", "Organization", (), ""), [])]
    + [(Name(name, "Model", ("Nordix",), ""), []) for name in ("Lyra", "Quill")]
    + [(Name("Orion", "Model", ("Zorbix",), ""), [])]
)
SAID = [
    ("Nordix cuts prices for Lyra.", "Nordix Lyra"),
    ("Nordix закрыла доступ к Lyra и Quill.", "Nordix Lyra, Nordix Quill"),
    ("Nordix explained to Zorbix how Lyra works.", "Nordix Lyra"),
    ("Nordix and Zorbix bring Orion to phones.", "Zorbix Orion"),
    ("Nordix plans to use Orion.", ""),
    ("Nordix adds Vega to Lyra.", ""),
    ("Nordix is large. Lyra is small.", ""),
    ("Lyra is what Nordix sells.", ""),
    ("Nordix's chief spoke of Lyra.", ""),
    ("Blocked are Nordix, Lyra and others.", ""),
    ("Good work by Nordix, and Lyra is out.", ""),
]


@pytest.mark.parametrize(("text", "pairs"), SAID)
def test_own_products(text: str, pairs: str) -> None:
    tokens = Tokens(text)
    document = Document(tokens, named_words(tokens, TYPES))
    names = {span.key: span.name for span in document.spans}
    assert ", ".join(sorted(f"{names[maker]} {names[product]}" for product, maker in own_products(document, NAMES))) == pairs
