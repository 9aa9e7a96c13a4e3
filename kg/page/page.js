// How the page begins.

const LOOK = 1_500; // milliseconds
const darkness = matchMedia("(prefers-color-scheme: dark)");

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  if (picture.painter) { repaint(); drawDates(); } else readTheme();
}

// The page in another language, with what is open in it.
function setLanguage(name) {
  speak(name);
  buildLegend();
  if (!picture.painter) return;
  updateLegend();
  drawDates();
  tell({ nodes: picture.nodes, links: picture.links });
  const { selected } = picture;
  if (panel.hidden) return;
  if (selected?.node !== undefined) openNode(selected.node);
  else if (selected?.link !== undefined) openLink(selected.link);
  else if (wanted.path !== null) openPath(wanted.path);
}

function resized() {
  picture.labelled = "";
  if (picture.fitted) fit(false);
  else redraw();
}

async function begin() {
  setTheme(darkness.matches ? "dark" : "light");
  await readGraph();
  readPaints();
  buildLegend();
  listenToLegend();
  readDates();
  await restore();
  listenToKeys();
  if (!location.hash && graph.around !== null && innerWidth > 760) await go(graph.around);
  darkness.addEventListener("change", () => { if (!address.theme) setTheme(darkness.matches ? "dark" : "light"); });
  addEventListener("hashchange", () => { if (location.hash.slice(1) !== written()) restore(); });
  addEventListener("resize", resized);
  document.body.classList.add("ready");
  // Two frames later what was drawn can be seen.
  requestAnimationFrame(() => requestAnimationFrame(() => { window.page.usable = performance.now(); }));
  // What the first search and the first click would wait for, once there has been time to look.
  setTimeout(() => { searchIndex(); evidence(); }, LOOK);
}

// For scripts and tests that look at the page from outside.
window.page = {
  graph, wanted, picture, places, limits, draw, placed, visible, counts, onScreen, search, go, look, showPath, written, begun: begin(),
};
