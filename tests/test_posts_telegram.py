"""Reading what Telegram exports (JSON and HTML) and the preview pages of its site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Link, Post, Problem
from kg.posts import read_posts
from tests.posts import a_post

RU = "Вышла модель Orion-7 🚀: 7 млрд параметров"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200).filter(str.strip)


def read(folder: Path, name: str, content: str | bytes, **options: Any) -> tuple[list[Post], list[Problem]]:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    problems: list[Problem] = []
    return list(read_posts(file, on_problem=problems.append, **options)), problems


def message(number: object, text: object, **more: object) -> dict[str, object]:
    return {"id": number, "type": "message", "date": "2021-12-09T12:00:05", "date_unixtime": "1639040405", "text": text, **more}


def chat(*messages: object, name: object = "Новости ИИ", **more: object) -> dict[str, object]:
    return {"name": name, "type": "public_channel", "id": 77, **more, "messages": list(messages)}


def post(number: int, text: str, **more: Any) -> Post:
    return a_post(f"новости-ии/{number}", text, published="2021-12-09T09:00:05+00:00", channel="Новости ИИ", **more)


MESSAGES = [
    (message(1, RU), [post(1, RU)]),
    (message(1, [RU, {"type": "bold", "text": " жирно"}, " и всё"]), [post(1, f"{RU} жирно и всё")]),
    (
        message(1, ["🚀🚀 ", {"type": "text_link", "text": "статья", "href": "https://a.org/x"}, "!"]),
        [post(1, "🚀🚀 статья!", links=(Link(3, 9, "https://a.org/x"),))],
    ),
    (message(1, [{"type": "text_link", "text": "a.org/x", "href": "https://a.org/x"}]), [post(1, "a.org/x")]),
    (
        message(1, [{"type": "link", "text": "https://a.org"}, {"type": "custom_emoji", "text": "🔥"}]),
        [post(1, "https://a.org🔥")],
    ),
    (message(1, RU, forwarded_from="Deep News"), [post(1, RU, forwarded_from="Deep News")]),
    (message(1, RU, forwarded_from=None, reply_to_message_id=9), [post(1, RU)]),
    (message(1, "", photo="photos/1.jpg"), []),
    ({"id": 1, "type": "service", "action": "pin_message", "text": ""}, []),
]


@pytest.mark.parametrize(("said", "posts"), MESSAGES)
def test_a_message_becomes_a_post(tmp_path: Path, said: dict[str, object], posts: list[Post]) -> None:
    for indent in (None, 1):
        content = json.dumps(chat(said, message(2, "Ещё")), indent=indent, ensure_ascii=indent is None)
        assert read(tmp_path, "result.json", content) == ([*posts, post(2, "Ещё")], [])


BROKEN = [
    (message("x", RU), "without a number"),
    (message(1, 7), "neither a string"),
    (message(1, [["x"]]), "neither a string"),
    ({**message(1, RU), "date": "soon", "date_unixtime": ""}, "no date"),
    ("words", "not a message"),
    ([1], "not a message"),
]


@pytest.mark.parametrize(("broken", "what"), BROKEN)
def test_a_broken_message_is_named_and_the_rest_is_read(tmp_path: Path, broken: object, what: str) -> None:
    content = json.dumps(chat(message(2, "a"), broken, message(3, "b")), indent=1)
    posts, problems = read(tmp_path, "result.json", content)
    assert [each.id for each in posts] == ["новости-ии/2", "новости-ии/3"]
    assert len(problems) == 1 and what in problems[0].what
    assert problems[0].where == f"{tmp_path / 'result.json'}:13"  # the brace or the word of the second message


def test_all_chats_are_read(tmp_path: Path) -> None:
    chats = [
        chat(message(1, "a")),
        chat(message(1, "b"), id=78),
        chat(message(1, "c"), name=None, type="saved_messages", id=5),
        chat(message(1, "d"), username="Orion_news"),
    ]
    listed, left = {"about": "y", "list": chats[:3]}, {"list": chats[3:]}
    content = {"about": "x", "personal_information": {"name": "Я"}, "chats": listed, "left_chats": left}
    posts, problems = read(tmp_path, "result.json", json.dumps(content))
    assert [each.id for each in posts] == ["новости-ии/1", "новости-ии-78/1", "saved_messages-5/1", "Orion_news/1"]
    assert posts[3].url == "https://t.me/Orion_news/1"
    assert not problems


CUT_OFF = [
    ('{"name": "x", "messages": [\n{"id": 1, "text": "a", "date": "2021-12-09"},\n{"id": 2, "te', ["x/1"], "3"),
    ('{"name": "x", "messages": [\n' + "[" * 100_000, [], "2 2"),
    ('{"settings": {\n"a": 1}}', [], "1"),
]


@pytest.mark.parametrize(("content", "ids", "line"), CUT_OFF)
def test_an_export_that_breaks_off_gives_what_came_before(tmp_path: Path, content: str, ids: list[str], line: str) -> None:
    posts, problems = read(tmp_path, "result.json", content, format="telegram-json")
    assert [each.id for each in posts] == ids
    assert [problem.where.rpartition(":")[2] for problem in problems] == line.split()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_every_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    content = json.dumps(chat(message(1, RU)), ensure_ascii=False, indent=1).encode(encoding)
    assert read(tmp_path, "result.json", content) == ([post(1, RU)], [])


EXPORT = """<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head><body>
<div class="page_wrap"><div class="page_header"><div class="content">
<div class="text bold">
Новости ИИ
</div></div></div>
<div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">9 December 2021</div></div>
<div class="message default clearfix" id="message7"><div class="body">
<div class="pull_right date details" title="09.12.2021 12:00:05 UTC+03:00">12:00</div>
<div class="from_name">Новости ИИ</div>
<div class="text">
🚀 Вышла <strong>Orion-7</strong><br>Подробнее: <a
href="https://a.org/x">тут</a>, <a href="https://b.org/">https://b.org</a> <a href="" onclick="x()">#llm</a>
</div></div></div>
<div class="message default clearfix joined" id="message8"><div class="body">
<div class="pull_right date details" title="09.12.2021 12:01:05">12:01</div>
<div class="forwarded body">
<div class="from_name">Deep News <span class="date details" title="08.12.2021 10:00:00"> 08.12.2021</span></div>
<div class="text">5 &lt; 6  &amp; more</div></div></div></div>
<div class="message default clearfix joined" id="message9"><div class="body">
<div class="pull_right date details" title="09.12.2021 12:01:06">12:01</div>
<div class="forwarded body"><div class="text">second</div></div></div></div>
<div class="message default clearfix joined" id="message10"><div class="body">
<div class="pull_right date details" title="09.12.2021 12:02:06">12:02</div>
<div class="reply_to details">In reply to <a href="#go_to_message7">this message</a></div>
<div class="text">own</div></div></div>
<div class="message default clearfix joined" id="message11">
<div class="body"><div class="media_wrap clearfix">photo</div></div></div>
<div class="message default clearfix" id="message12"><div class="body">
<div class="pull_right date details" title="soon">12:02</div><div class="text">lost</div></div></div>
</div></div></div></body></html>"""


def test_an_html_export_is_read(tmp_path: Path) -> None:
    posts, problems = read(tmp_path, "messages.html", EXPORT)
    text = "🚀 Вышла Orion-7\nПодробнее: тут, https://b.org #llm"
    assert posts == [
        a_post("новости-ии/7", text, "", "", "2021-12-09T12:00:05+03:00", "Новости ИИ", links=(Link(27, 30, "https://a.org/x"),)),
        a_post("новости-ии/8", "5 < 6  & more", "", "", "2021-12-09T12:01:05", "Новости ИИ", "Deep News"),
        a_post("новости-ии/9", "second", "", "", "2021-12-09T12:01:06", "Новости ИИ", "Deep News"),
        a_post("новости-ии/10", "own", "", "", "2021-12-09T12:02:06", "Новости ИИ"),
    ]
    assert text[27:30] == "тут"
    assert len(problems) == 1 and "no date" in problems[0].what and problems[0].where.endswith(":29")


def test_the_pictures_of_an_export_are_no_problem(tmp_path: Path) -> None:
    for name in ["css/style.css", "js/script.js", "images/back.png", "photos/1.jpg", "stickers/a.tgs", "stickers/b.webp"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"\x00")
    (tmp_path / "messages.html").write_text(EXPORT.replace('title="soon"', ""), "utf-8")
    problems: list[Problem] = []
    assert len(list(read_posts(tmp_path, on_problem=problems.append))) == 5
    assert not problems


PREVIEW = """<!DOCTYPE html><html><head><title>Orion news</title></head><body class="widget_frame_base tgme_webpreview">
<div class="tgme_widget_message_wrap"><div class="tgme_widget_message service_message" data-post="orion/1">
<div class="tgme_widget_message_text">Channel created</div></div></div>
<div class="tgme_widget_message_wrap"><div class="tgme_widget_message text_not_supported_wrap" data-post="orion/2">
<a class="tgme_widget_message_owner_name" href="https://t.me/orion"><span dir="auto">Orion news</span></a>
<div class="tgme_widget_message_forwarded_from">Forwarded from
<a class="tgme_widget_message_forwarded_from_name"><span>Deep News</span></a></div>
<a class="tgme_widget_message_reply"><div class="tgme_widget_message_text js-message_reply_text">Quoted</div></a>
<div class="tgme_widget_message_text js-message_text"><div class="tgme_widget_message_text js-message_text"><tg-emoji><i
class="emoji"><b>🚀</b></i></tg-emoji> Orion-7:<br/>read <a href="https://a.org/x">here</a> <a href="?q=%23l">#llm</a></div></div>
<a class="tgme_widget_message_link_preview" href="https://a.org/x"><div class="link_preview_title">Orion</div></a>
<div class="tgme_widget_message_info"><a class="tgme_widget_message_date" href="https://t.me/orion/2">
<time datetime="2021-12-09T09:00:05+00:00" class="time">09:00</time></a></div>
</div></div>
<div class="tgme_widget_message" data-post="orion/3"><div class="tgme_widget_message_photo"></div></div>
<div class="tgme_widget_message"><div class="tgme_widget_message_text">nobody's</div></div>
</body></html>"""


def test_a_saved_preview_is_read(tmp_path: Path) -> None:
    posts, problems = read(tmp_path, "orion.html", PREVIEW)
    text = "🚀 Orion-7:\nread here #llm"
    date, links = "2021-12-09T09:00:05+00:00", (Link(16, 20, "https://a.org/x"),)
    assert posts == [a_post("orion/2", text, "", "https://t.me/orion/2", date, "Orion news", "Deep News", links)]
    assert text[16:20] == "here"
    assert len(problems) == 1 and "data-post" in problems[0].what


@given(text=TEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
def test_any_message_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    posts, problems = read(tmp_path, "result.json", json.dumps(chat(message(1, text)), ensure_ascii=False))
    assert ([each.text for each in posts], problems) == ([text], [])


@given(text=TEXTS, words=TEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
def test_the_words_of_a_link_are_where_it_says(tmp_path: Path, text: str, words: str) -> None:
    pieces = [text, {"type": "text_link", "text": words, "href": "https://orion.example/paper"}, text]
    posts, _ = read(tmp_path, "result.json", json.dumps(chat(message(1, pieces))))
    (link,) = posts[0].links
    assert posts[0].text[link.start : link.end] == words
