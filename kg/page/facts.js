// Facts and the words behind them, as they stand in the panel.

function entityButton(i) {
  const node = graph.nodes[i];
  return [element("span", { class: "entity" }, icon(node.type), button("go", node.name, () => go(i)))];
}

function valueOf({ value, datatype }) {
  if (datatype === "anyURI") return [outside(value)];
  if (datatype === "integer") {
    const big = Number(value);
    return [element("b", { text: big >= 1e6 ? short.format(big) : number.format(big), title: number.format(big) })];
  }
  return [element("b", { text: datatype === "date" ? day(value) : value })];
}

const readable = (value) => (typeof value === "number" ? number.format(value) : word(value));

function chips({ qualifiers, hedged }) {
  const made = [];
  const { score, metric, rank, ...rest } = qualifiers;
  const chip = (name, text, title) => made.push(element("span", { class: `chip ${name}`, text, title }));
  if (score !== undefined) chip("score", typeof score === "number" ? number.format(score) : score, words.score);
  if (metric !== undefined) chip("", metric, words.metric);
  if (rank !== undefined) chip("", `${words.rank}: ${rank}`);
  for (const [name, value] of Object.entries(rest)) chip("", `${word(name)}: ${readable(value)}`);
  if (hedged) chip("hedged", words.hedged, words.hedged_hint);
  return made;
}

// The quoted words with the names of this fact in bold.
function marked(quoted, fact) {
  const ends = [fact.subject, fact.object].filter((i) => i !== null).map((i) => graph.nodes[i]);
  const forms = ends.flatMap(({ name, aliases }) => [name, ...aliases]).filter((form) => form.length > 1).sort((a, b) => b.length - a.length);
  const [mark, low] = [element("mark"), quoted.toLowerCase()];
  let from = 0;
  for (let k = 0; k < quoted.length; k += 1) {
    const form = low.length === quoted.length ? forms.find((text) => low.startsWith(text.toLowerCase(), k)) : undefined;
    if (form === undefined) continue;
    mark.append(quoted.slice(from, k), element("strong", { text: quoted.slice(k, k + form.length) }));
    from = k + form.length;
    k = from - 1;
  }
  mark.append(quoted.slice(from));
  return mark;
}

// The quoted words, marked, in the sentence they stand in; then when, where, and the way to the post.
function quote(c, fact, brief = false) {
  const { posts, claims, quotes, channels } = graph;
  const [post, confidence] = [claims.post[c], claims.confidence[c]];
  const [before, quoted, after] = quotes[claims.quote[c]];
  const url = posts.url[post];
  const [published, name] = [element("time", { text: day(posts.day[post]) }), channels[posts.channel[post]]];
  const foot = element("footer", {}, published, name ? ` · ${name}` : null);
  if (url) foot.append(" · ", outside(url, `${words.open_post} ↗`));
  else if (!name) foot.append(` · ${posts.id[post]}`);
  if (confidence < 1 && !brief) foot.append(` · ${words.confidence} ${number.format(Math.round(confidence * 100) / 100)}`);
  const part = before || after ? "part" : null;
  return element("blockquote", { class: part }, element("p", {}, before, marked(quoted, fact), after), foot);
}

function supportOf({ support }) {
  return element("span", { class: "support", text: say("support", { n: support }), title: words.support_hint });
}

function factItem(fact, ...what) {
  const [first, ...others] = claimsOf(fact);
  const item = element("div", { class: "fact", "data-fact": fact.i }, element("div", { class: "what" }, ...what, ...chips(fact), supportOf(fact)), quote(first, fact));
  if (others.length) {
    const more = element("details", {}, element("summary", { text: say("more_claims", { n: others.length }) }));
    more.addEventListener("toggle", () => { if (more.childElementCount === 1) more.append(...others.map((c) => quote(c, fact))); });
    item.append(more);
  }
  return item;
}

const scoreOf = (fact) => (typeof fact.qualifiers.score === "number" ? fact.qualifiers.score : -Infinity);

// What others say of it comes after what it is the subject of; results by height, everything else by support.
function factGroups(i) {
  const found = new Map();
  for (const f of graph.nodes[i].facts) {
    const fact = graph.facts[f];
    const key = (fact.subject === i ? 0 : 1_000) + fact.predicate;
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(fact);
  }
  const sorted = [...found].sort(([a], [b]) => a - b).map(([, facts]) => facts);
  for (const facts of sorted) {
    facts.sort((a, b) => (facts[0].subject === i ? (a.object ?? 0) - (b.object ?? 0) : 0) || scoreOf(b) - scoreOf(a) || b.support - a.support || a.i - b.i);
  }
  return sorted;
}
