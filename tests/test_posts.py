"""Reading posts from everything but Telegram: tables, feeds, articles, folders, encodings, broken and hostile input."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Link, Post, Problem
from kg.posts import FORMATS, read_posts
from kg.posts.dates import iso_date
from tests.posts import a_post

RU = "Вышла модель Orion-7 🚀: 7 млрд параметров"
EN = "Orion-7 is out 🚀, 7B parameters"

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=300).filter(str.strip)
"""Any text a source can hold."""


def read(path: Path, name: str, content: str | bytes, **options: object) -> tuple[list[Post], list[Problem]]:
    file = path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    problems: list[Problem] = []
    return list(read_posts(file, on_problem=problems.append, **options)), problems  # type: ignore[arg-type]  # options vary


def line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


RECORDS = [
    ({"text": EN}, a_post("p/05d504ce173f", EN)),
    ({"id": 7, "body": EN}, a_post("7", EN)),
    ({"id": " a ", "content": f" {EN}\n"}, a_post(" a ", f" {EN}\n")),
    ({"id": "a", "message": RU, "lang": "ru-RU"}, a_post("a", RU, lang="ru")),
    ({"id": "a", "text": RU, "language": "Russian"}, a_post("a", RU)),
    ({"id": "a", "text": EN, "timestamp": 1639040405}, a_post("a", EN, published="2021-12-09T09:00:05+00:00")),
    ({"id": "a", "text": EN, "timestamp": "1639040405000"}, a_post("a", EN, published="2021-12-09T09:00:05+00:00")),
    ({"id": "a", "text": EN, "created_at": "2021-12-09 12:00"}, a_post("a", EN, published="2021-12-09T12:00:00")),
    ({"id": "a", "text": EN, "date": "", "published_at": "2021-12"}, a_post("a", EN, published="2021-12")),
    ({"id": "a", "text": EN, "link": "https://a.org/x"}, a_post("a", EN, url="https://a.org/x")),
    ({"id": "a", "text": EN, "source": "News"}, a_post("a", EN, channel="News")),
    ({"id": "a", "text": EN, "forwarded_from": "Deep"}, a_post("a", EN, forwarded_from="Deep")),
    ({"id": "a", "text": EN, "title": "Orion-7"}, a_post("a", EN)),
    ({"id": "a", "text": EN, "title": "Новость"}, a_post("a", f"Новость\n{EN}")),
    ({"id": "a", "text": EN, "tags": ["x"], "views": None}, a_post("a", EN)),
]


@pytest.mark.parametrize(("record", "post"), RECORDS)
def test_a_json_line_becomes_a_post(tmp_path: Path, record: dict[str, object], post: Post) -> None:
    assert read(tmp_path, "p.jsonl", line(**record)) == ([post], [])


BROKEN_LINES = [
    ('{"id": "x", "text": ', "broken JSON"),
    ('{"id": "x"}', "no text"),
    ('{"id": "x", "text": "  "}', "no text"),
    ('{"id": "x", "text": 7}', "text is a int"),
    ('{"id": ["x"], "text": "y"}', "id is a list"),
    ('{"id": "x", "text": "y", "date": "yesterday"}', "no date"),
    ('["x"]', "a JSON list"),
    ("[" * 200_000, "nested too deeply"),
    ("9" * 5_000, "number too long"),
    ("plain words", "broken JSON"),
]


@pytest.mark.parametrize(("broken", "what"), BROKEN_LINES)
def test_a_broken_line_is_named_and_the_rest_is_read(tmp_path: Path, broken: str, what: str) -> None:
    content = line(id="1", text=EN) + "\n" + broken + "\n" + line(id="2", text=RU)
    posts, problems = read(tmp_path, "p.jsonl", content)
    assert [post.id for post in posts] == ["1", "2"]
    assert [problem.where for problem in problems] == [f"{tmp_path / 'p.jsonl'}:3"]
    assert what in problems[0].what and problems[0].hint


def test_a_line_in_another_encoding_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    broken = line(id="x", text="Вышла модель").encode("cp1251")
    content = line(id="1", text=EN).encode() + broken + line(id="2", text=RU).encode()
    posts, problems = read(tmp_path, "p.jsonl", content)
    assert [post.id for post in posts] == ["1", "2"]
    assert str(problems[0]).startswith(f"{tmp_path / 'p.jsonl'}:2: not UTF-8")


def test_pretty_printed_json_is_one_problem(tmp_path: Path) -> None:
    posts, problems = read(tmp_path, "p.json", json.dumps([{"text": EN}], indent=1))
    assert not posts and len(problems) == 1 and "one object per line" in problems[0].what


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["p.jsonl", "p.csv", "p.md", "p.html", "p.json", "p.txt"])
def test_every_encoding_is_read(tmp_path: Path, name: str, encoding: str, packed: bool) -> None:
    content = {
        "p.jsonl": line(id="1", text=RU),
        "p.json": line(id="1", text=RU),
        "p.csv": f'id,text\n1,"{RU}"\n',
        "p.md": RU,
        "p.html": f"<html><body><p>{RU}</p></body></html>",
        "p.txt": RU,
    }[name].encode(encoding)
    posts, problems = read(tmp_path, name + ".gz" * packed, gzip.compress(content) if packed else content)
    assert [post.text for post in posts] == [RU]
    assert not problems


def test_a_utf16_line_is_counted(tmp_path: Path) -> None:
    content = line(id="1", text=EN) + "{\n" + line(id="2", text=RU)
    posts, problems = read(tmp_path, "p.jsonl", content.encode("utf-16"))
    assert [post.id for post in posts] == ["1", "2"]
    assert [problem.where for problem in problems] == [f"{tmp_path / 'p.jsonl'}:2"]


def test_half_an_emoji_is_replaced_and_told(tmp_path: Path) -> None:
    posts, problems = read(tmp_path, "p.jsonl", '{"id": "\\udc00", "text": "Orion \\ud83d is out"}\n')
    assert posts == [a_post("\ufffd", "Orion \ufffd is out")]
    assert "surrogate" in problems[0].what


TABLES = [
    ("p.csv", f'id,text,date\n1,"{EN}",2021-12-09\n', [a_post("1", EN, published="2021-12-09")]),
    ("p.csv", f"id;text\r\n1;{EN}\r\n2;{RU}\r\n", [a_post("1", EN), a_post("2", RU)]),
    ("p.tsv", f"id\ttext\n1\t{EN}\n", [a_post("1", EN)]),
    ("p.txt", f'id,text\n1,"{EN}"\n', [a_post("1", EN)]),
    ("p.csv", 'id,text\n1,"two\r\nlines and ""quotes"""\n', [a_post("1", 'two\r\nlines and "quotes"')]),
    ("p.csv", "id,text\n1,\u2028 and \x85 are no line ends\n", [a_post("1", "\u2028 and \x85 are no line ends")]),
    ("p.csv", "id,text\n1," + "x" * 200_000 + "\n", [a_post("1", "x" * 200_000)]),
]


@pytest.mark.parametrize(("name", "content", "posts"), TABLES)
def test_a_table_is_read(tmp_path: Path, name: str, content: str, posts: list[Post]) -> None:
    assert read(tmp_path, name, content) == (posts, [])


def test_broken_rows_are_named(tmp_path: Path) -> None:
    posts, problems = read(tmp_path, "p.csv", 'id,text\n1,a\n2,b,c\n3,"two\nlines"\n4,\n5,e\n')
    assert [post.id for post in posts] == ["1", "3", "5"]
    assert [problem.where.rpartition(":")[2] for problem in problems] == ["3", "6"]


def test_a_table_without_text_is_one_problem(tmp_path: Path) -> None:
    posts, problems = read(tmp_path, "p.csv", "id,inhalt\n1,a\n2,b\n")
    assert not posts and len(problems) == 1 and "inhalt" in problems[0].what


@pytest.mark.parametrize("content", [line(nr=1, inhalt=EN, tag="2021-12-09"), f'nr,inhalt,tag\n1,"{EN}",2021-12-09\n'])
def test_columns_are_mapped(tmp_path: Path, content: str) -> None:
    columns = {"id": "nr", "text": "inhalt", "published": "tag"}
    assert read(tmp_path, "p.txt", content, columns=columns) == ([a_post("1", EN, published="2021-12-09")], [])


RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Orion news</title><language>en-us</language>
<item><title>Orion-7</title><link>https://a.org/7</link><guid isPermaLink="false">o-7</guid>
<pubDate>Thu, 09 Dec 2021 12:00:05 +0300</pubDate><description>short</description>
<content:encoded><![CDATA[<p>It beats   <a href="/six">Orion-6</a>.</p><script>no()</script>
<p>Done &amp; out</p>]]></content:encoded></item>
<item><title>Orion-8 &amp; others</title><link>https://a.org/8</link><description>5 &lt; 6 R&amp;amp;D</description></item>
<item><description>Only
words</description></item>
<item></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>Новости</title>
<entry><id>tag:a.org,2021:7</id><title>Орион-7</title><link rel="self" href="https://a.org/self"/><link href="https://a.org/7"/>
<updated>2021-12-10T00:00:00Z</updated><published>2021-12-09T09:00:05Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Вышла <b>модель</b></p></div></content></entry>
</feed>"""


def test_rss_is_read(tmp_path: Path) -> None:
    posts, problems = read(tmp_path, "p.xml", RSS)
    first, second, third = posts
    assert first == a_post(
        id="o-7",
        text="Orion-7\nIt beats Orion-6.\n\nDone & out",
        lang="en",
        url="https://a.org/7",
        published="2021-12-09T12:00:05+03:00",
        channel="Orion news",
        links=(Link(17, 24, "https://a.org/six"),),
    )
    assert (second.id, second.text) == ("https://a.org/8", "Orion-8 & others\n5 < 6 R&D")
    assert third.id.startswith("p/") and third.text == "Only\nwords"
    assert [problem.where.rpartition(":")[2] for problem in problems] == ["11"]


def test_atom_is_read(tmp_path: Path) -> None:
    published = "2021-12-09T09:00:05+00:00"
    expected = a_post("tag:a.org,2021:7", "Орион-7\nВышла модель", "ru", "https://a.org/7", published, "Новости")
    assert read(tmp_path, "p.atom", ATOM) == ([expected], [])
    assert read(tmp_path, "q.atom", ATOM.encode("utf-16")) == ([expected], [])


BOMB = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE r [<!ENTITY c SYSTEM "{secret}">]>'


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE])
def test_a_feed_with_entities_is_refused(tmp_path: Path, doctype: str) -> None:
    (tmp_path / "secret").write_text("swordfish")
    doctype = doctype.replace("{secret}", (tmp_path / "secret").as_uri())
    content = f"<?xml version='1.0'?>{doctype}<rss><channel><item><title>x &c;</title></item></channel></rss>"
    posts, problems = read(tmp_path, "p.rss", content)
    assert not posts and len(problems) == 1 and "entities" in problems[0].what


def test_a_feed_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    posts, problems = read(tmp_path, "p.rss", RSS.partition("<item><description>Only")[0])
    assert [post.id for post in posts] == ["o-7", "https://a.org/8"]
    assert "broken XML" in problems[0].what


def test_a_feed_with_slips_is_read_to_its_end(tmp_path: Path) -> None:
    items = "<item><title>R&D &nbsp;now</title></item><item><title>x</title></item>"
    content = f"\n<?xml version='1.0'?><rss><channel>{items}</channel></rss>"
    posts, problems = read(tmp_path, "p.rss", content)
    assert len(posts) == 2 and posts[1].text == "x"
    assert len(problems) == 1 and "broken XML" in problems[0].what


MARKDOWN = [
    (f"# Orion\n\n{EN} [link](https://a.org)\n", a_post("p", f"# Orion\n\n{EN} [link](https://a.org)\n")),
    (f'---\ntitle: "Orion: 7"\ndate: 2021-12-09\ntags: [a]\n---\n{EN}', a_post("p", f"Orion: 7\n{EN}", published="2021-12-09")),
    (f"---\r\ntitle: Orion-7\r\n---\r\n\r\n# {EN}\r\n", a_post("p", f"\r\n# {EN}\r\n")),
    (f'+++\ntitle = "Орион"\nurl = "https://a.org"\n+++\n{RU}', a_post("p", f"Орион\n{RU}", url="https://a.org")),
    (f"---\n{EN}", a_post("p", f"---\n{EN}")),
]


@pytest.mark.parametrize(("content", "post"), MARKDOWN)
def test_markdown_is_read(tmp_path: Path, content: str, post: Post) -> None:
    assert read(tmp_path, "p.md", content) == ([post], [])


PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Orion-7 | Blog</title>
<link rel="canonical" href="https://a.org/blog/7"><meta property="og:title" content="Orion-7 is here">
<meta property="article:published_time" content="2021-12-09T09:00:05Z"></head><body>
<header>Menu</header><nav><a href="/">Home</a></nav>
<article><p>The 🚀 <a href="../paper.pdf">paper</a> and
<a href="https://b.org/x">b.org/x</a>.</p><ul><li>one</li><li>two</li></ul><pre>a  = 1
b</pre><script>evil()</script><footer>Share</footer></article><footer>©</footer></body></html>"""


def test_an_html_article_is_read(tmp_path: Path) -> None:
    posts, problems = read(tmp_path, "p.html", PAGE)
    text = "Orion-7 is here\nThe 🚀 paper and b.org/x.\n\none\ntwo\n\na  = 1\nb"
    link = Link(22, 27, "https://a.org/paper.pdf")
    assert (posts, problems) == (
        [a_post("p", text, "en", "https://a.org/blog/7", "2021-12-09T09:00:05+00:00", links=(link,))],
        [],
    )
    assert posts[0].text[link.start : link.end] == "paper"


def test_a_page_of_the_old_web_is_read(tmp_path: Path) -> None:
    words = "Новая модель"
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><p>{words}</html>'
    assert [post.text for post in read(tmp_path, "p.htm", page.encode("cp1251"))[0]] == [words]


@pytest.mark.parametrize("depth", [200, 100_000])
def test_deep_html_does_no_harm(tmp_path: Path, depth: int) -> None:
    posts, problems = read(tmp_path, "p.html", "<p>start</p>" + "<div>" * depth + "end")
    assert [post.text.split("\n")[0] for post in posts] == ["start"]
    assert bool(problems) == (depth > 255)


def test_a_folder_is_read_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    for name in ["p10.md", "p9.md", ".hidden.md", "sub/a.md", "photo.jpg", "x.exe", "y.exe"]:
        (folder / name).write_text(f"# {name}")
    (folder / "sub" / "again").symlink_to(folder, target_is_directory=True)
    problems: list[Problem] = []
    assert [post.text for post in read_posts(folder, on_problem=problems.append)] == ["# p9.md", "# p10.md", "# sub/a.md"]
    assert len(problems) == 1 and "2 files" in problems[0].what and ".exe" in problems[0].what


ITEM = "<item><guid>1</guid><title>{}</title></item>\n"
AGAIN = [
    ("p.jsonl", line(id="1", text=EN) + line(id="2", text=EN) + line(id="1", text=RU), 3),
    ("p.jsonl", (line(id="1", text=EN) + line(id="1", text=RU)).encode("utf-16"), 2),
    ("p.csv", f"id;text\n1;{EN}\n1;{RU}\n", 3),
    ("p.rss", f"<rss><channel>\n{ITEM.format(EN)}{ITEM.format(RU)}</channel></rss>", 3),
]


@pytest.mark.parametrize(("name", "content", "number"), AGAIN)
def test_a_post_that_comes_again_is_named_with_its_line(tmp_path: Path, name: str, content: str | bytes, number: int) -> None:
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    problems: list[Problem] = []
    posts = [post.text for post in read_posts(tmp_path / name, on_problem=problems.append)]
    assert RU not in posts and "comes again" in problems[0].what
    assert [problem.where for problem in problems] == [f"{tmp_path / name}:{number}"]


def test_a_link_that_is_no_address_is_left_out(tmp_path: Path) -> None:
    said = "<link>https://a.org/1</link><description>&lt;a href='http://[x'&gt;here&lt;/a&gt; it is</description>"
    page = f"<rss><channel><item>{said}</item></channel></rss>"
    posts, problems = read(tmp_path, "p.rss", page)
    assert [(post.text, post.links) for post in posts] == [("here it is", ())] and not problems


UNREADABLE = [
    ("p.jsonl.gz", b"\x1f\x8b\x08 and nothing"),
    ("p.jsonl.gz", gzip.compress(line(id="1", text=EN).encode() * 9, mtime=0)[:40]),
    ("p.jsonl", b""),
    ("p.txt", b"\x00\x01\x02\x03" * 50),
    ("p.json", b"{\n"),
    ("p.html", b"<html></html>"),
]


@pytest.mark.parametrize(("name", "content"), UNREADABLE)
def test_an_unreadable_file_is_one_problem_and_the_rest_is_read(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.md").write_text(EN)
    problems: list[Problem] = []
    posts = list(read_posts(tmp_path / name, tmp_path / "z.md", on_problem=problems.append))
    assert posts[-1].text == EN
    assert [problem.where.startswith(f"{tmp_path / name}:") for problem in problems] == [True]


@pytest.mark.parametrize(
    "content", [line(id="1", text=RU), f"id;text\n1;{RU}\n", gzip.compress(line(id="1", text=RU).encode(), mtime=0)]
)
def test_stdin_is_read(monkeypatch: pytest.MonkeyPatch, content: str | bytes) -> None:
    data = content.encode() if isinstance(content, str) else content
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert list(read_posts("-")) == [a_post("1", RU)]


def test_wrong_requests_are_told_at_once(tmp_path: Path) -> None:
    for sources, options, word in [
        ((tmp_path / "nowhere",), {}, "nowhere"),
        ((tmp_path,), {"format": "docx"}, "telegram-json"),
        ((tmp_path,), {"columns": {"texts": "body"}}, "forwarded_from"),
    ]:
        with pytest.raises(InputError, match=word):
            read_posts(*sources, **options)  # type: ignore[arg-type]  # options vary


def test_the_same_post_comes_once_and_an_edit_is_told(tmp_path: Path) -> None:
    posts, problems = read(tmp_path, "p.jsonl", line(id="1", text=EN) * 2 + line(id="1", text=RU))
    assert [post.text for post in posts] == [EN]
    assert len(problems) == 1 and "another text" in problems[0].what


def test_a_record_beyond_the_limit_is_a_problem(tmp_path: Path) -> None:
    posts, problems = read(tmp_path, "p.jsonl", line(id="1", text="x" * (17 << 20)) + line(id="2", text=EN))
    assert [post.id for post in posts] == ["2"]
    assert len(problems) == 1 and "16 MB" in problems[0].what


def test_a_line_without_end_is_a_problem(tmp_path: Path) -> None:
    content = b'{"text": "' + b"x" * (65 << 20) + b'"}\n' + line(id="2", text=EN).encode()
    posts, problems = read(tmp_path, "p.jsonl", content)
    assert [post.id for post in posts] == ["2"]
    assert [problem.where.rpartition(":")[2] for problem in problems] == ["1"]


DATES = [
    ("2021-12-09", "2021-12-09"),
    ("20211209", "2021-12-09"),
    ("2021", "2021"),
    ("2021-12-09T09:00:05Z", "2021-12-09T09:00:05+00:00"),
    ("09.12.2021", "2021-12-09"),
    ("09.12.2021 12:00:05", "2021-12-09T12:00:05"),
    ("Thu, 09 Dec 2021 12:00:05 GMT", "2021-12-09T12:00:05+00:00"),
    (1639040405.5, "2021-12-09T09:00:05.500000+00:00"),
]


@pytest.mark.parametrize(("written", "iso"), DATES)
def test_dates_become_iso(written: object, iso: str) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize("written", ["", "soon", "31.31.2021", True, None, [], 1e300, float("nan"), "9" * 16])
def test_what_is_no_date_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="no"):
        iso_date(written)


def as_csv(text: str) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([["id", "text"], ["1", text]])
    return out.getvalue()


WRITERS: dict[str, Callable[[str], str]] = {"jsonl": lambda text: line(id="1", text=text), "csv": as_csv, "markdown": str}


@pytest.mark.parametrize("format", WRITERS)
@given(text=TEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_any_text_comes_back_as_it_was(tmp_path: Path, format: str, text: str) -> None:
    if format == "markdown" and text.startswith(("---", "+++", "\ufeff")):
        return
    posts, problems = read(tmp_path, "p.txt", WRITERS[format](text), format=format)
    assert ([post.text for post in posts], problems) == ([text], [])


@pytest.mark.parametrize("format", FORMATS)
@given(content=st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_no_bytes_break_a_reader(tmp_path: Path, format: str, content: bytes) -> None:
    posts, _ = read(tmp_path, "p.txt", content, format=format)
    assert all(link.end <= len(post.text) for post in posts for link in post.links)


@pytest.mark.parametrize("content", [b"\r\x00", b'a"b"c,"text"x\n1,2\n'])
def test_a_broken_header_of_a_table_is_a_problem(tmp_path: Path, content: bytes) -> None:
    posts, problems = read(tmp_path, "p.csv", content, format="csv")
    assert posts == [] and [problem.what.partition(":")[0] for problem in problems] == ["broken header"]
