// The visible part as rows: for spreadsheets, and on the page for those who would rather read than look.

const COLUMNS = ["subject", "subject_type", "predicate", "object", "object_type", "score", "metric", "rank", "other", "hedged", "support", "first", "last", "channels", "quote", "url"];
const ROWS = 200; // on the page at first
// What a spreadsheet would take for a formula gets an apostrophe, as in kg export csv.
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?[0-9]+(\.[0-9]+)?$/;

function visibleFacts() {
  return graph.facts.filter((fact) => passing.facts[fact.i] && placed(fact.subject) && (fact.object === null || placed(fact.object)));
}

function factRow(fact) {
  const [subject, object] = [graph.nodes[fact.subject], fact.object === null ? null : graph.nodes[fact.object]];
  const { score = "", metric = "", rank = "", ...others } = fact.qualifiers;
  const [posts, days] = [postsOf(fact), daysOf(fact)];
  const channels = [...new Set(posts.map((post) => graph.channels[graph.posts.channel[post]]).filter(Boolean))];
  return [
    subject.name, graph.types[subject.type].name, graph.predicates[fact.predicate].name, object?.name ?? fact.value, object ? graph.types[object.type].name : fact.datatype,
    score, metric, rank, Object.entries(others).map(([name, value]) => `${name}=${value}`).join("; "), fact.hedged ? "true" : "", fact.support,
    days[0] ?? "", days.at(-1) ?? "", channels.join("; "), graph.quotes[graph.claims.quote[fact.claims]][1], graph.posts.url[posts[0]],
  ].map(String);
}

function cell(text) {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

async function tableText() {
  await evidence();
  return [COLUMNS, ...visibleFacts().map(factRow)].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

async function openTable() {
  await evidence();
  const facts = visibleFacts();
  const heads = ["subject", "predicate", "object", "details", "posts_head", "dates"];
  const body = element("tbody");
  const more = button("next", "", () => grow());
  const grow = () => {
    body.append(...facts.slice(body.childElementCount, body.childElementCount + ROWS).map(tableRow));
    more.hidden = body.childElementCount >= facts.length;
    more.textContent = say("more_facts", { n: facts.length - body.childElementCount });
  };
  grow();
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads.map((name) => element("th", { scope: "col", text: words[name] })))), body);
  const dialog = byId("table");
  dialog.replaceChildren(
    button("close", "×", () => dialog.close(), { "aria-label": words.close }),
    element("h2", { text: say("facts", { n: facts.length }) }), element("div", { class: "scroll", tabindex: "0" }, table, more));
  dialog.showModal();
}

function tableRow(fact) {
  const name = (i) => button("go", graph.nodes[i].name, () => { byId("table").close(); go(i); });
  const days = daysOf(fact);
  return element("tr", {},
    element("td", {}, name(fact.subject)), element("td", { text: labelOf(graph.predicates[fact.predicate]) }),
    element("td", {}, ...(fact.object === null ? valueOf(fact) : [name(fact.object)])), element("td", {}, ...chips(fact)),
    element("td", { class: "figure", text: number.format(fact.support) }), element("td", { class: "figure", text: days.length ? day(days[0]) : "" }));
}
