// The search field: names and aliases in any alphabet, whole beginnings before parts of words.

const query = document.getElementById("query");
const hitList = document.getElementById("hits");
const HITS = 12;
const found = { hits: [], at: 0 };

// As in the graph: case, spaces and punctuation do not count.
function plain(text) {
  const folded = text.normalize("NFKC").toLowerCase().replaceAll("ё", "е");
  return folded.replace(/[^\p{L}\p{N}]/gu, "") || folded.trim();
}

let index = null;
const searchIndex = () => (index ??= graph.nodes.flatMap(({ i, name, aliases }) => [name, ...aliases].map((form, k) => ({ i, form, alias: k > 0, key: plain(form) }))));

function search(text) {
  const key = plain(text);
  if (!key) return [];
  const best = new Map();
  for (const entry of searchIndex()) {
    const at = entry.key.indexOf(key);
    if (at < 0) continue;
    const grade = (entry.key === key ? 0 : at === 0 ? 2 : 4) + (entry.alias ? 1 : 0);
    if (!best.has(entry.i) || grade < best.get(entry.i).grade) best.set(entry.i, { ...entry, grade });
  }
  return [...best.values()].sort((a, b) => a.grade - b.grade || a.i - b.i).slice(0, HITS);
}

function showHits() {
  found.hits = search(query.value);
  found.at = 0;
  const rows = found.hits.map(({ i, form, alias }, k) => {
    const node = graph.nodes[i];
    const row = element("li", { role: "option", id: `hit-${k}`, "aria-selected": "false" }, icon(node.type), element("span", { class: "name", text: node.name }));
    row.append(element("small", { text: alias ? form : graph.types[node.type].label }));
    row.addEventListener("mousedown", (event) => event.preventDefault());
    row.addEventListener("click", () => choose(k));
    return row;
  });
  if (!rows.length && query.value.trim()) rows.push(element("li", { class: "none", text: words.no_hits }));
  hitList.replaceChildren(...rows);
  hitList.hidden = rows.length === 0;
  query.setAttribute("aria-expanded", String(!hitList.hidden));
  mark();
}

function mark() {
  [...hitList.children].forEach((row, k) => row.setAttribute("aria-selected", String(k === found.at && found.hits.length > 0)));
  if (found.hits.length) query.setAttribute("aria-activedescendant", `hit-${found.at}`);
  else query.removeAttribute("aria-activedescendant");
  hitList.children[found.at]?.scrollIntoView({ block: "nearest" });
}

function choose(k) {
  const hit = found.hits[k];
  if (!hit) return;
  closeHits();
  query.blur();
  go(hit.i);
}

function closeHits() {
  hitList.hidden = true;
  query.setAttribute("aria-expanded", "false");
}

query.addEventListener("input", showHits);
query.addEventListener("focus", () => { if (query.value) showHits(); query.select(); });
query.addEventListener("blur", closeHits);
query.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && found.hits.length) {
    found.at = (found.at + step + found.hits.length) % found.hits.length;
    mark();
    event.preventDefault();
  } else if (event.key === "Enter") choose(found.at);
  else if (event.key === "Escape") {
    if (hitList.hidden) query.blur();
    query.value = "";
    closeHits();
    event.stopPropagation();
  }
});
