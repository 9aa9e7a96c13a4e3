// The legend: what the colours and shapes mean, how many there are, and which of them to show.

const LISTS = { types: "typesOff", predicates: "predicatesOff", channels: "channelsOff" };
const CHANNELS = 12; // rows before "more"
const rowsOf = { types: [], predicates: [], channels: [] };

const itemName = (list, k) => (list === "channels" ? graph.channels[k] : labelOf(graph[list][k]));

function legendRow(list, k) {
  const box = element("input", { type: "checkbox" });
  box.addEventListener("change", () => { wanted[LISTS[list]][box.checked ? "delete" : "add"](k); refilter(); });
  const only = button("only", words.only, (event) => { event.preventDefault(); onlyThis(list, k); });
  const row = element("label", { class: "row", title: graph[list][k].comment }, box, list === "types" ? icon(k) : null,
    element("span", { class: "name", text: itemName(list, k) }), only, element("span", { class: "count" }));
  row.addEventListener("dblclick", () => onlyThis(list, k));
  return row;
}

function lonelyRow() {
  const box = element("input", { type: "checkbox", id: "lonely" });
  box.addEventListener("change", () => { wanted.lonely = box.checked; refilter(); });
  return element("label", { class: "row" }, box, element("span", { class: "name", text: words.lonely }), element("span", { class: "count" }));
}

function onlyThis(list, k) {
  const off = wanted[LISTS[list]];
  graph[list].forEach((_, other) => (other === k ? off.delete(other) : off.add(other)));
  refilter();
}

function buildLegend() {
  for (const list of Object.keys(LISTS)) {
    rowsOf[list] = graph[list].map((_, k) => legendRow(list, k));
    byId(list).replaceChildren(...rowsOf[list]);
  }
  byId("types").append(lonelyRow());
  byId("channels-part").hidden = graph.channels.length < 2;
  if (graph.channels.length > CHANNELS) {
    const rest = element("details", {}, element("summary", { text: say("more_channels", { n: graph.channels.length - CHANNELS }) }), ...rowsOf.channels.slice(CHANNELS));
    byId("channels").append(rest);
  }
}

function listenToLegend() {
  for (const bulk of document.querySelectorAll(".bulk button")) {
    bulk.addEventListener("click", () => {
      const { list, all } = bulk.dataset;
      const off = wanted[LISTS[list]];
      graph[list].forEach((_, k) => (all ? off.delete(k) : off.add(k)));
      refilter();
    });
  }
}

function updateLegend() {
  const now = counts();
  for (const [list, name] of Object.entries(LISTS)) {
    rowsOf[list].forEach((row, k) => {
      const off = wanted[name].has(k);
      row.querySelector("input").checked = !off;
      row.classList.toggle("off", off);
      // Numbers, dates and links are not drawn: they have no row.
      row.hidden = graph[list][k].value === true || (now[list][k] === 0 && !off);
      row.querySelector(".count").textContent = number.format(now[list][k]);
    });
  }
  byId("lonely").checked = wanted.lonely;
  const lonely = byId("lonely").closest(".row");
  lonely.hidden = now.lonely === 0;
  lonely.querySelector(".count").textContent = number.format(now.lonely);
}
