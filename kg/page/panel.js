// The panel: everything said about an entity or along a link, and who says so. Built of text nodes only.

const panel = document.getElementById("panel");
const PAGE = 30;
const LANG = document.documentElement.lang;
const plural = new Intl.PluralRules(LANG);
const number = new Intl.NumberFormat(LANG, { maximumFractionDigits: 6 });
const short = new Intl.NumberFormat(LANG, { notation: "compact", compactDisplay: "long", maximumFractionDigits: 2 });

function say(name, values = {}) {
  const form = typeof words[name] === "string" ? words[name] : words[name][plural.select(values.n)] ?? words[name].other;
  return form.replace(/\{(\w+)\}/g, (_, key) => (typeof values[key] === "number" ? number.format(values[key]) : values[key]));
}

const word = (name) => (Object.hasOwn(words, name) && typeof words[name] === "string" ? words[name] : String(name));

function element(tag, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") made.addEventListener("click", value);
    else if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  if (text !== undefined) made.textContent = text;
  made.append(...children.filter(Boolean));
  return made;
}

function outside(url, text) {
  let address = null;
  try { address = new URL(url); } catch { /* not an address: withheld below */ }
  if (!address || !["http:", "https:"].includes(address.protocol)) return element("span", { class: "withheld", text: words.withheld });
  return element("a", { href: address.href, target: "_blank", rel: "noopener noreferrer", text: text ?? pretty(address) });
}

function pretty({ hostname, pathname }) {
  const shown = hostname.replace(/^www\./, "") + (pathname === "/" ? "" : pathname);
  return shown.length > 60 ? `${shown.slice(0, 59)}…` : shown;
}

function day(iso) {
  if (!iso) return words.undated;
  const style = { year: "numeric", ...(iso.length > 4 && { month: "short" }), ...(iso.length > 7 && { day: "numeric" }), timeZone: "UTC" };
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : new Intl.DateTimeFormat(LANG, style).format(date);
}

function entityButton(i) {
  const node = graph.nodes[i];
  return [icon(node.type), element("button", { type: "button", class: "go", text: node.name, onclick: () => go(i) })];
}

function valueOf({ value, datatype }) {
  if (datatype === "anyURI") return [outside(value)];
  if (datatype === "integer") {
    const big = Number(value);
    return [element("b", { text: big >= 1e6 ? short.format(big) : number.format(big), title: number.format(big) })];
  }
  return [element("b", { text: datatype === "date" ? day(value) : value })];
}

function chips({ qualifiers, hedged }) {
  const made = [];
  const { score, metric, rank, ...rest } = qualifiers;
  if (score !== undefined) made.push(element("span", { class: "chip score", text: typeof score === "number" ? number.format(score) : score, title: words.score }));
  if (metric !== undefined) made.push(element("span", { class: "chip", text: metric, title: words.metric }));
  if (rank !== undefined) made.push(element("span", { class: "chip", text: `${words.rank}: ${rank}` }));
  for (const [name, value] of Object.entries(rest)) {
    made.push(element("span", { class: "chip", text: `${word(name)}: ${typeof value === "number" ? number.format(value) : word(value)}` }));
  }
  if (hedged) made.push(element("span", { class: "chip hedged", text: words.hedged }));
  return made;
}

function quote(claim) {
  const { claims, posts, sentences } = evidence();
  const [sentence, post, confidence] = claims[claim];
  const [, url, published, channel] = posts[post];
  const foot = element("footer", { text: [day(published), channel].filter(Boolean).join(" · ") });
  if (url) foot.append(" · ", outside(url, `${words.open_post} ↗`));
  else if (!channel) foot.append(` · ${posts[post][0]}`);
  if (confidence < 1) foot.append(` · ${words.confidence} ${number.format(Math.round(confidence * 100) / 100)}`);
  return element("blockquote", {}, element("p", { text: sentences[sentence] }), foot);
}

function factItem(fact, ...what) {
  const [first, ...others] = fact.claims;
  const support = element("span", { class: "support", text: say("support", { n: fact.support }), title: words.support_hint });
  const item = element("div", { class: "fact", "data-fact": fact.i }, element("div", { class: "what" }, ...what, ...chips(fact), support), quote(first));
  if (others.length) {
    const more = element("details", {}, element("summary", { text: say("more_claims", { n: others.length }) }));
    more.addEventListener("toggle", () => { if (more.childElementCount === 1) more.append(...others.map(quote)); });
    item.append(more);
  }
  return item;
}

// A list that grows by pages: a hub has thousands of facts.
function paged(items, make) {
  const list = element("div", { class: "facts" });
  let shown = 0;
  const next = element("button", { type: "button", class: "next" });
  const grow = () => {
    next.remove();
    list.append(...items.slice(shown, shown + PAGE).map(make));
    shown += PAGE;
    if (shown < items.length) {
      next.textContent = say("more_facts", { n: items.length - shown });
      list.append(next);
    }
  };
  next.addEventListener("click", grow);
  grow();
  return list;
}

const scoreOf = (fact) => (typeof fact.qualifiers.score === "number" ? fact.qualifiers.score : -Infinity);

// What others say of it comes after what it is the subject of; results by height, everything else by support.
function groups(i) {
  const found = new Map();
  for (const f of graph.nodes[i].facts) {
    const fact = graph.facts[f];
    const key = `${fact.subject === i ? 0 : 1}/${String(fact.predicate).padStart(3, "0")}`;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(fact);
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, facts]) => facts);
  for (const facts of sorted) {
    facts.sort((a, b) => (facts[0].subject === i ? (a.object ?? 0) - (b.object ?? 0) : 0) || scoreOf(b) - scoreOf(a) || b.support - a.support || a.i - b.i);
  }
  return sorted;
}

function heading(facts, incoming) {
  const { label } = graph.predicates[facts[0].predicate];
  const title = element("h3", { text: incoming ? `← ${label}` : label });
  if (incoming) title.title = words.incoming;
  title.append(element("small", { text: number.format(facts.length) }));
  return title;
}

function head(kind, name, ...rest) {
  const close = element("button", { type: "button", class: "close", "aria-label": words.close, text: "×", onclick: closePanel });
  return [close, element("header", {}, element("div", { class: "kind" }, ...kind), element("h2", { text: name }), ...rest)];
}

function openNode(i) {
  const node = graph.nodes[i];
  const posts = new Set(node.facts.flatMap((f) => graph.facts[f].claims.map((claim) => evidence().claims[claim][1])));
  const sum = node.facts.length ? `${say("facts", { n: node.facts.length })} · ${say("posts", { n: posts.size })}` : words.no_facts;
  const also = node.aliases.length ? element("p", { class: "also", text: `${words.also_called}: ${node.aliases.join(", ")}` }) : null;
  const focus = node.links.length && wanted.focus !== i ? element("button", { type: "button", class: "tool", text: words.focus, onclick: () => focusOn(i) }) : null;
  const parts = head([icon(node.type), graph.types[node.type].label], node.name, also, element("p", { class: "sum", text: sum }), focus);
  for (const facts of groups(i)) {
    const incoming = facts[0].subject !== i;
    parts.push(heading(facts, incoming), paged(facts, (fact) => {
      const end = incoming ? fact.subject : fact.object;
      return factItem(fact, ...(end === null ? valueOf(fact) : entityButton(end)));
    }));
  }
  openPanel(parts);
}

function openLink(l) {
  const link = graph.links[l];
  const facts = link.facts.map((f) => graph.facts[f]);
  const names = [graph.nodes[link.a].name, graph.nodes[link.b].name];
  const parts = head([say("facts", { n: facts.length })], names.join(" — "));
  parts.push(paged(facts, (fact) => {
    const predicate = element("span", { class: "chip", text: graph.predicates[fact.predicate].label });
    return factItem(fact, ...entityButton(fact.subject), predicate, ...entityButton(fact.object));
  }));
  openPanel(parts);
}

function openPanel(parts) {
  panel.replaceChildren(...parts);
  panel.hidden = false;
  panel.scrollTop = 0;
  document.body.classList.add("reading");
}
