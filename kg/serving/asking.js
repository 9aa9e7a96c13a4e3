// The box for questions: a form made of each question's header, SPARQL, Cypher; the answer as a table, and as a picture beside it.

const ASKED = ["ask", "sparql", "cypher"];
const EXAMPLES = {
  sparql: "SELECT ?model ?who WHERE {\n  ?model kg:developedBy ?who .\n  ?who rdfs:label ?name\n}\nORDER BY ?name\nLIMIT 50",
  cypher: "MATCH (m:Model)-[r:RUNS_ON]->(h:Hardware)\nWHERE NOT r.hedged\nRETURN m, r, h\nLIMIT 50",
};
const asking = { tab: "ask", questions: [], question: null, answer: null, turn: 0, box: null, parts: {} };

function buildAsking() {
  const opener = button("opener", words.ask, () => openAsking(byId("asking").hidden), { id: "opener", "aria-expanded": "false", "aria-controls": "asking", "data-word": "ask" });
  const tab = (name) => button("tab", words[`by_${name}`], () => chooseTab(name), { role: "tab", id: `tab-${name}`, "aria-controls": "question-form", "data-word": `by_${name}` });
  const form = element("form", { id: "question-form", autocomplete: "off" });
  const box = element("section", { id: "asking", "aria-label": words.ask, "data-label": "ask" },
    element("div", { role: "tablist", class: "tabs" }, ...ASKED.map(tab)), form,
    element("p", { id: "answer-said", role: "status" }), element("div", { id: "answer", class: "scroll", tabindex: "0" }));
  box.hidden = true;
  form.addEventListener("submit", (event) => { event.preventDefault(); sendAsked(); });
  // Letters typed here are no commands to the picture.
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    if (event.key === "Escape") openAsking(false);
    event.stopPropagation();
  });
  byId("legend").before(opener, box);
  Object.assign(asking, { box, opener, form });
}

async function openAsking(open) {
  if (open && !asking.questions.length) {
    try { asking.questions = await fetched("/api/questions"); } catch (error) { byId("status").textContent = error.message; return; }
    [asking.question] = asking.questions.filter(({ name }) => name === "leaderboard").concat(asking.questions);
  }
  asking.box.hidden = !open;
  document.body.classList.toggle("asking", open);
  asking.opener.setAttribute("aria-expanded", String(open));
  if (open) { chooseTab(asking.tab); asking.form.querySelector("select, textarea")?.focus(); }
  if (picture.fitted) fit(false);
}

function chooseTab(name) {
  asking.tab = name;
  for (const each of ASKED) byId(`tab-${each}`).setAttribute("aria-selected", String(each === name));
  if (name === "ask") buildQuestion();
  else buildQuery(name);
}

function submitRow(...more) {
  return element("div", { class: "send" }, ...more, element("button", { type: "submit", class: "primary", text: words.send, "data-word": "send" }));
}

function buildQuery(name) {
  const text = element("textarea", { id: "query-text", rows: 7, spellcheck: "false", "aria-label": words[`by_${name}`], maxlength: 20000 });
  text.value = asking.parts[name] ?? EXAMPLES[name];
  text.addEventListener("input", () => { asking.parts[name] = text.value; });
  asking.form.replaceChildren(text, submitRow(element("small", { text: words.read_only, "data-word": "read_only" })));
}

// ---- a form for each question
function buildQuestion() {
  const choice = element("select", { id: "question", "aria-label": words.by_ask });
  for (const { name, titles } of asking.questions) choice.append(element("option", { value: name, text: titles[language] }));
  choice.value = asking.question.name;
  choice.addEventListener("change", () => {
    asking.question = asking.questions.find(({ name }) => name === choice.value);
    buildQuestion();
    asking.form.querySelector("input")?.focus();
  });
  const first = asking.question.parameters.filter(({ required, one_of: oneOf, type }) => required || oneOf || !["integer", "number", "date"].includes(type));
  const rest = asking.question.parameters.filter((parameter) => !first.includes(parameter));
  const more = element("details", {}, element("summary", { text: words.more_options }), ...rest.map(field));
  const form = element("select", { id: "dialect", "aria-label": words.dialect, title: words.dialect });
  for (const [value, text] of [["sparql", "SPARQL"], ["cypher", "Cypher"]]) form.append(element("option", { value, text }));
  asking.form.replaceChildren(choice, ...first.map(field), rest.length ? more : "", submitRow(form));
}

function field({ name, type, required, one_of: oneOf, default: standard, labels, helps }) {
  const id = `given-${name}`;
  const attributes = { id, name, placeholder: standard || null, title: helps[language], maxlength: 300, required: required ? "" : null };
  const need = required ? words.needed : oneOf ? words.one_needed : "";
  const input = oneOfList(type, attributes) ?? element("input", { type: "text", ...attributes, inputmode: { integer: "numeric", number: "decimal" }[type] ?? null, ...names(type, id) });
  return element("label", { class: "field", for: id }, element("span", { text: labels[language] }), element("em", { text: need }), input, element("small", { text: helps[language] }), suggestions(type, id));
}

// Types and predicates are chosen from a list.
function oneOfList(type, { placeholder, ...attributes }) {
  const list = { type: graph.types, predicate: graph.predicates }[type];
  if (!list) return null;
  const input = element("select", attributes);
  input.append(element("option", { value: "", text: placeholder ? `(${placeholder})` : words.any }));
  for (const item of [...list].sort((a, b) => labelOf(a).localeCompare(labelOf(b)))) input.append(element("option", { value: item.name, text: labelOf(item) }));
  return input;
}

// Names that are in the page already are offered while one types; any other name will do as well.
const OFFERED = 200;
const ofType = (type) => graph.nodes.filter((node) => type === "Entity" || graph.types[node.type].name === type).slice(0, OFFERED);
const isEntity = (type) => type === "Entity" || graph.types.some(({ name }) => name === type);
const names = (type, id) => (isEntity(type) ? { list: `${id}-names` } : {});
function suggestions(type, id) {
  if (!isEntity(type)) return null;
  return element("datalist", { id: `${id}-names` }, ...ofType(type).map(({ name }) => element("option", { value: name })));
}

// ---- asking
function said() {
  if (asking.tab !== "ask") return [`/api/${asking.tab}`, { query: byId("query-text").value }, asking.tab === "sparql" ? "SPARQL" : "Cypher"];
  const parameters = {};
  for (const { name } of asking.question.parameters) {
    const value = asking.form.elements.namedItem(name)?.value.trim();
    if (value) parameters[name] = value;
  }
  const named = Object.values(parameters).join(", ");
  const title = asking.question.titles[language] + (named ? ` (${named})` : "");
  return ["/api/ask", { question: asking.question.name, parameters, language: byId("dialect").value }, title];
}

async function sendAsked() {
  const [path, body, title] = said();
  const turn = (asking.turn += 1);
  tellAnswer(words.asked, "waiting");
  byId("answer").replaceChildren();
  try {
    const answer = await fetched(path, body);
    if (turn !== asking.turn) return;
    asking.answer = { ...answer, title, asked: asking.tab === "ask" ? asking.question : null };
    if (answer.picture) await showAnswer(answer.picture, title);
    showRows();
  } catch (error) {
    if (turn === asking.turn) tellAnswer(error.message, "wrong");
  }
}

function tellAnswer(text, kind, ...more) {
  const line = byId("answer-said");
  line.className = kind;
  line.replaceChildren(element("span", { text }), ...more);
}

const ANSWER_ROWS = 100; // in the table at first

function showRows() {
  const { rows, columns, truncated, seconds, picture: drawn, title } = asking.answer;
  const counted = say(truncated ? "rows_cut" : "rows", { n: rows.length });
  const tools = rows.length ? [button("link", words.csv, () => save(new Blob(["\ufeff", answerText()], { type: "text/csv;charset=utf-8" }), "answer.csv"), { id: "answer-csv" })] : [];
  if (drawn) tools.unshift(button("link", words.as_picture, () => seeAnswer(drawn, title), { id: "answer-picture" }));
  else if (rows.length) tools.unshift(element("small", { text: words.no_picture }));
  tellAnswer(rows.length ? `${counted} · ${say("seconds", { s: number.format(seconds) })}` : words.nothing_found, "", ...tools);
  const heads = asking.answer.asked?.labels[language] ?? columns;
  const body = element("tbody");
  const more = button("next", "", () => grow());
  const grow = () => {
    body.append(...rows.slice(body.childElementCount, body.childElementCount + ANSWER_ROWS).map((row) => element("tr", {}, ...row.map((value) => answerCell(value, row)))));
    more.hidden = body.childElementCount >= rows.length;
    more.textContent = say("more_facts", { n: rows.length - body.childElementCount });
  };
  grow();
  const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col", text })));
  byId("answer").replaceChildren(...(rows.length ? [element("table", {}, element("thead", {}, head), body), more] : []));
}

// On a phone the box covers the picture.
async function seeAnswer(drawn, title) {
  if (innerWidth <= 760) openAsking(false);
  await showAnswer(drawn, title);
}

function answerCell(value, row) {
  if (value === null) return element("td");
  if (typeof value === "number") return element("td", { class: "figure", text: number.format(value) });
  if (typeof value === "boolean") return element("td", { text: words[value ? "yes" : "no"] });
  if (typeof value === "object") return element("td", {}, ...entityIn(value));
  if (graph.byKey.has(value)) return element("td", {}, goTo(value, value));
  const named = row.find((other) => typeof other === "string" && graph.nodes[graph.byKey.get(other)]?.name === value);
  if (named !== undefined) return element("td", {}, goTo(named, value));
  return element("td", {}, /^https?:\/\//i.test(value) ? outside(value) : document.createTextNode(value));
}

const goTo = (key, text) => button("go", text, () => {
  if (innerWidth <= 760) openAsking(false);
  go(graph.byKey.get(key));
});

// A node of Cypher is an entity; anything else is written out.
function entityIn(value) {
  const known = !Array.isArray(value) && typeof value.id === "string" && graph.byKey.has(value.id);
  if (known) return [goTo(value.id, String(value.name ?? value.id))];
  if (!Array.isArray(value) && typeof value.type === "string" && typeof value.sentence === "string") return [element("span", { text: value.type, title: value.sentence })];
  return [document.createTextNode(JSON.stringify(value))];
}

function answerText() {
  const { columns, rows } = asking.answer;
  const plainly = (value) => (value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));
  return [columns, ...rows.map((row) => row.map(plainly))].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

buildAsking();
// In another language the form is made anew, with what was typed into it.
new MutationObserver(() => {
  if (asking.box.hidden) return;
  const typed = [...asking.form.elements].filter(({ name, value }) => name && value).map(({ name, value }) => [name, value]);
  chooseTab(asking.tab);
  for (const [name, value] of typed) asking.form.elements.namedItem(name).value = value;
  if (asking.answer) showRows();
}).observe(document.documentElement, { attributeFilter: ["lang"] });
