// The search field: names and aliases in any alphabet, whole beginnings before parts of words.

const query = document.getElementById("query");
const hitList = document.getElementById("hits");
const HITS = 12;
const found = { hits: [], at: 0 };

let index = { size: 0, entries: [] };
function searchIndex() {
  if (index.size !== graph.nodes.length) {
    const forms = graph.nodes.flatMap(({ i, name, aliases, listed }) => [name, ...aliases, ...listed].map((form, k) => ({ i, form, alias: k > 0 })));
    index = { size: graph.nodes.length, entries: forms.map((entry) => ({ ...entry, key: plain(entry.form) })) };
    for (const entry of index.entries) entry.sound = sounds(entry.key);
  }
  return index.entries;
}

// Names as they are written before names that only sound so, beginnings before middles, names before aliases.
function search(text) {
  const key = plain(text);
  if (!key) return [];
  const sound = sounds(key);
  const best = new Map();
  for (const entry of searchIndex()) {
    const place = entry.key.indexOf(key);
    let grade = place < 0 ? 9 : entry.key === key ? 0 : place === 0 ? 2 : 4;
    if (grade === 9 && sound.length > 2) grade = entry.sound === sound ? 3 : entry.sound.startsWith(sound) ? 6 : 9;
    if (grade === 9) continue;
    if (entry.alias) grade += 1;
    if (!best.has(entry.i) || grade < best.get(entry.i).grade) best.set(entry.i, { ...entry, grade });
  }
  return [...best.values()].sort((a, b) => a.grade - b.grade || a.i - b.i).slice(0, HITS);
}

// What a loader finds comes after what is here.
let lookup = 0;
async function searchFarther(text) {
  const turn = (lookup += 1);
  await new Promise((done) => { setTimeout(done, 250); });
  if (turn === lookup && (await readMore(loader.find(text))) && turn === lookup) showHits(false);
}

function showHits(farther = true) {
  found.hits = search(query.value);
  if (farther && loader.find && plain(query.value).length > 1) searchFarther(query.value);
  found.at = 0;
  const rows = found.hits.map(({ i, form, alias }, k) => {
    const node = graph.nodes[i];
    const row = element("li", { role: "option", id: `hit-${k}`, "aria-selected": "false" }, icon(node.type), element("span", { class: "name", text: node.name }));
    row.append(element("small", { text: alias ? form : labelOf(graph.types[node.type]) }));
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

query.addEventListener("input", () => showHits());
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
