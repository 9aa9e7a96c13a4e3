"""The names of the features of a pair that depend on a few small things; each function gives one block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def place(kinds: str, order: str, near: str, apart: str, one_list: bool) -> Iterator[str]:
    """How the two stand to each other."""
    yield from (f"kinds={kinds}", order, f"near={near}", f"{order} {near} apart={apart}", f"{kinds} {order} {near}")
    if one_list:
        yield "one list"


def ranks(
    kinds: str, order: str, near: str, about: bool, rank_s: int, before_s: int, rank_o: int, before_o: int
) -> Sequence[str]:
    """How many rivals stand nearer."""
    return (
        f"rank s={rank_s} {near}", f"rank o={rank_o} {near}", f"ranks={rank_s}{rank_o} {order} {near}",
        f"before s={before_s} {near}", f"before o={before_o} {near}", f"{kinds} ranks={rank_s}{rank_o}",
        f"topic={about} ranks={rank_s}{rank_o}",
    )  # fmt: skip


def post(kinds: str, near: str, about: bool, n_s: int, n_o: int, s_title: bool, o_title: bool, one_line: bool) -> Iterator[str]:
    """Where in the post the two stand, and how many others of their types there are (0 to 4)."""
    yield from (
        f"topic={about} {near}", f"{kinds} topic={about}", f"n s type={n_s}", f"n o type={n_o}",
        f"topic={about} n o={min(n_o, 3)} n s={min(n_s, 3)}",
    )  # fmt: skip
    if s_title:
        yield from (f"s in title {near}", f"s in title {kinds}")
    if o_title:
        yield f"o in title {near}"
    if one_line:
        yield f"one line {kinds}"


def cue_between(cue: str, kinds: str, order: str, rank_s: int, rank_o: int) -> Sequence[str]:
    return f"cue={cue} mid {order}", f"cue={cue} mid {kinds} {order}", f"cue={cue} mid {order} ranks={rank_s}{rank_o}"


def cue_beside(cue: str, side: str, kinds: str, order: str) -> Sequence[str]:
    """``side`` is ``pre`` or ``post``: before both of the pair, or behind both."""
    return f"cue={cue} {side} {order}", f"cue={cue} {side} {kinds} {order}"


def between(others: Sequence[str], count: int, near: str) -> Iterator[str]:
    """The types of the spans that stand between the two, and how many these are (0 to 3)."""
    yield from (f"between={kind}" for kind in others)
    yield f"between n={count} {near}"


def cue_before(cue: str, who: str, kinds: str, about: bool, near: str) -> Sequence[str]:
    """A cue just before one of the two: ``who`` is ``s`` or ``o``."""
    return f"cue={cue} before {who} {near}", f"cue={cue} before {who} {kinds} topic={about}"


def cue_behind(cue: str, who: str, near: str) -> Sequence[str]:
    return (f"cue={cue} after {who} {near}",)


def together(kinds: str, about: bool, meet: int, named: int, first: bool, most: bool, only: bool) -> Sequence[str]:
    """In how many sentences the two meet (0 to 2), how often the subject is named (1 to 3), where it stands in its type."""
    return (
        f"meet={meet} {kinds}", f"named={named} topic={about}",
        f"first of type={first} {kinds}", f"most named={most} only={only} {kinds}",
        f"most named={most} topic={about} meet={min(meet, 1)}",
    )  # fmt: skip


def known(kinds: str, near: str, o_in_s: bool, s_in_o: bool, maker: str) -> Iterator[str]:
    """What one name says of the other; ``maker`` says whether the lists know the object as the subject's maker."""
    if o_in_s:
        yield f"o in s {kinds}"
    if s_in_o:
        yield f"s in o {kinds}"
    if maker:
        yield from (f"maker known={maker}", f"maker known={maker} same={near == 'same'}")


def hint(hinted: str, order: str, near: str, apart: str, rank_s: int, about: bool) -> Sequence[str]:
    return (
        f"hint={hinted} {order} {near} apart={apart}",
        f"hint={hinted} rank={rank_s} {near}",
        f"hint={hinted} topic={about} rank={rank_s} {near}",
    )


def link(
    kind: str, site: str, about: bool, before: int, named: bool, other: bool,
    links: int, systems: int, tail: bool, alone: bool, first: bool, anchor: str,
) -> Iterator[str]:  # fmt: skip
    """A system and a link: its site, whether its path names the system, where it stands."""
    yield from (
        f"site={site}", f"site={site} topic={about}", f"site={site} named={named}",
        f"site={site} before={before}", f"site={site} {kind}", f"named={named} other={other}",
        f"site={site} named={named} topic={about} before={before}",
        f"topic={about} before={before} named={named} other={other}",
        f"links={links} topic={about}",
        f"systems={systems} topic={about}", f"tail={tail} topic={about} site={site}",
        f"link alone={alone} topic={about}", f"link alone={alone} site={site} topic={about}",
        f"link alone={alone} named={named} other={other} topic={about}", f"first link={first} topic={about} site={site}",
    )  # fmt: skip
    if anchor == "s":
        yield from ("anchor is s", f"anchor is s site={site}")
    elif anchor:
        yield f"anchor is {anchor}"
