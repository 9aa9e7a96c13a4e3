"""Posts that try to be more than text, in every field that a page shows."""

from __future__ import annotations

from kg.model import Claim, Entity, Evidence, Extraction, Literal, Mention, Post
from kg.store import Store

PAYLOADS = (
    "<img src=x onerror=window.__x=1>",
    "</script><script>window.__x=2</script>",
    "<!--<script>window.__x=3//",
    "\"'`onmouseover=window.__x=4 x=",
    "a\u2028b\u2029window.__x=5",
    "{{7*7}}{% raw %}${window.__x=6}",
    "href=javascript:window.__x=7",
    "__proto__",
    "constructor",
    "GPT\u202e4-tpg\u200f\u2066",
    "]]>&lt;b&gt;&#60;",
    "и" * 300,
    "🤖👩\u200d💻 模型 نموذج",
)
URLS = (
    "javascript:window.__x=8",
    "data:text/html,<script>window.__x=9</script>",
    "https://good.example/a?b=<c>&d='e'",
    "//evil.example/x",
    "JaVaScRiPt:window.__x=10",
    "https://",
    "http://[broken",
    "vbscript:x",
    "file:///etc/passwd",
)


def hostile_store() -> Store:
    """Each payload as a name, an alias, a sentence, a channel, a metric and a post id; each address as a link and a url."""
    store = Store.memory()
    middle = Entity("model/middle", "Model", "Middle")
    for i, payload in enumerate(PAYLOADS):
        entity = Entity(f"benchmark/{payload.lower()}", "Benchmark", payload, (f"also {payload}",))
        text = f"{payload} says Middle"
        post = Post(f"{payload}/{i}", text, "en", URLS[i % len(URLS)], "2025-01-01", payload)
        mentions = (Mention(0, len(payload), "Benchmark", payload),)
        claim = Claim(middle, "evaluated_on", entity, Evidence(post.id, 0, len(text)), {"score": "9<b>9", "metric": payload}, 0.5)
        store.put(Extraction(post, mentions, (entity, middle), (claim,)))
    for i, url in enumerate(URLS):
        post = Post(f"link/{i}", "see here", "en", url, "2025-01-01")
        store.put(Extraction(post, claims=(Claim(middle, "described_in", Literal(url, "anyURI"), Evidence(post.id, 0, 8)),)))
    return store
