"""Who offers what another one made: documents built by hand, and lists that know that Zorbix made Lyra and Nordix Quill."""

from __future__ import annotations

import pytest

from kg.extract.document import Document, Span
from kg.extract.hosts import Hosts
from kg.extract.names import Name, Names
from kg.extract.tokens import Tokens

NAMES = Names(
    [(Name(name, "Organization", (), ""), []) for name in ("Nordix", "Zorbix")]
    + [(Name("Zorbix Mind", "Organization", ("Zorbix",), ""), []), (Name("Nimbus", "Model", ("Zorbix",), "context"), [])]
    + [(Name("Lyra", "Model", ("Zorbix",), ""), []), (Name("Quill", "Model", ("Nordix",), ""), [])]
)
SAID = [
    ("Nordix launched Lyra 2 on its cloud.", "Nordix", "Lyra 2", True),
    ("Nordix quietly adds Lyra 2 mini to the hub.", "Nordix", "Lyra 2 mini", True),
    ("Nordix launched the Lyra models in Vega Studio.", "Nordix", "Lyra", True),
    ("Vexor launched Lyra 2 on its cloud.", "Vexor", "Lyra 2", True),
    ("Nordix запустила Lyra 2 на своих серверах.", "Nordix", "Lyra 2", True),
    ("Nordix добавила Lyra 2 в каталог.", "Nordix", "Lyra 2", True),
    ("Nordix launched Quill 2 on its cloud.", "Nordix", "Quill 2", False),
    ("Zorbix launched Lyra 2 on Nordix.", "Zorbix", "Lyra 2", False),
    ("Zorbix Mind launched Lyra 2 on Nordix.", "Zorbix Mind", "Lyra 2", False),
    ("Lyra Team launched Lyra 2 on Nordix.", "Lyra Team", "Lyra 2", False),
    ("Nordix launched Lyra 2.", "Nordix", "Lyra 2", False),
    ("Nordix launched Lyra 2", "Nordix", "Lyra 2", False),
    ("Nordix launched Lyra 2 on Hugging Face.", "Nordix", "Lyra 2", False),
    ("Nordix запустила Lyra 2 на GitHub.", "Nordix", "Lyra 2", False),
    ("Nordix launched Lyra 2, and on its cloud it is fast.", "Nordix", "Lyra 2", False),
    ("Nordix launched Lyra-Tulip on its cloud.", "Nordix", "Lyra-Tulip", False),
    ("Nordix launched Nimbus on its cloud.", "Nordix", "Nimbus", False),
    ("Nordix launched Vireo on its cloud.", "Nordix", "Vireo", False),
    ("Nordix released Lyra 2 on its cloud.", "Nordix", "Lyra 2", False),
    ("Nordix is large. It launched Lyra 2 on its cloud.", "Nordix", "Lyra 2", False),
    ("Nordix запустила Quill 2 в облаке.", "Nordix", "Quill 2", False),
]


def _span(text: str, start: int, kind: str, name: str) -> Span:
    inside = [i for i, item in enumerate(Tokens(text).items) if start <= item.start < start + len(name)]
    return Span(inside[0], inside[-1], kind, name)


@pytest.mark.parametrize(("text", "owner", "name", "hosts"), SAID)
def test_who_puts_the_product_of_another_one_somewhere_hosts_it(text: str, owner: str, name: str, hosts: bool) -> None:
    maker = _span(text, text.index(owner), "Organization", owner)
    product = _span(text, text.rindex(name), "Model", name)
    assert Hosts(NAMES).only_hosts(Document(Tokens(text), [maker, product]), maker, product) is hosts


def test_a_date_is_no_place() -> None:
    text = "Nordix launched Lyra 2 in March"
    maker, product = _span(text, 0, "Organization", "Nordix"), _span(text, text.index("Lyra"), "Model", "Lyra 2")
    date = _span(text, text.index("March"), "date", "March")
    assert not Hosts(NAMES).only_hosts(Document(Tokens(text), [maker, product, date]), maker, product)
