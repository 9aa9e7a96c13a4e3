// The legend: what the colours and shapes mean, how many there are, and which of them to show.

const LISTS = {
  types: { items: graph.types, off: wanted.typesOff },
  predicates: { items: graph.predicates, off: wanted.predicatesOff },
};

function legendRow(list, k) {
  const { items, off } = LISTS[list];
  const box = element("input", { type: "checkbox" });
  box.checked = true;
  box.addEventListener("change", () => { if (box.checked) off.delete(k); else off.add(k); refilter(); });
  const only = element("button", { type: "button", class: "only", text: words.only, onclick: (event) => { event.preventDefault(); onlyThis(list, k); } });
  const row = element("label", { class: "row", title: items[k].comment }, box, list === "types" ? icon(k) : null, element("span", { class: "name", text: items[k].label }), only, element("span", { class: "count" }));
  row.addEventListener("dblclick", () => onlyThis(list, k));
  return row;
}

function lonelyRow() {
  const box = element("input", { type: "checkbox", id: "lonely" });
  box.checked = wanted.lonely;
  box.addEventListener("change", () => { wanted.lonely = box.checked; refilter(); });
  return element("label", { class: "row" }, box, element("span", { class: "name", text: words.lonely }), element("span", { class: "count" }));
}

function onlyThis(list, k) {
  const { items, off } = LISTS[list];
  items.forEach((_, other) => (other === k ? off.delete(other) : off.add(other)));
  refilter();
}

function buildLegend() {
  for (const list of Object.keys(LISTS)) document.getElementById(list).replaceChildren(...LISTS[list].items.map((_, k) => legendRow(list, k)));
  document.getElementById("types").append(lonelyRow());
  for (const button of document.querySelectorAll(".bulk button")) {
    button.addEventListener("click", () => {
      const { items, off } = LISTS[button.dataset.list];
      items.forEach((_, k) => (button.dataset.all ? off.delete(k) : off.add(k)));
      refilter();
    });
  }
}

function updateLegend() {
  const now = counts();
  // Numbers, dates and links are not drawn: they have no row.
  for (const [list, { off }] of Object.entries(LISTS)) {
    [...document.getElementById(list).children].forEach((row, k) => {
      if (k >= now[list].length) return;
      row.querySelector("input").checked = !off.has(k);
      row.classList.toggle("off", off.has(k));
      row.hidden = LISTS[list].items[k].value === true || (now[list][k] === 0 && !off.has(k));
      row.querySelector(".count").textContent = number.format(now[list][k]);
    });
  }
  const lonely = document.getElementById("lonely").closest(".row");
  lonely.hidden = now.lonely === 0;
  lonely.querySelector(".count").textContent = number.format(now.lonely);
}
