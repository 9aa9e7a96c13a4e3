// What happens when: clicks, keys, the steps from one picture to the next.

const byId = (id) => document.getElementById(id);

function draw(options) {
  const now = visible();
  drawPicture(now, options);
  updateLegend();
  tell(now);
}

const refilter = () => draw({ keepCamera: true });

function tell({ nodes, links }) {
  const last = graph.levels.length - 1;
  const parts = [];
  if (!graph.nodes.length) parts.push(words.empty);
  else if (!nodes.length) parts.push(words.nothing_left);
  else if (wanted.focus !== null) parts.push(say("around", { name: graph.labels[wanted.focus] }), say("nodes", { n: nodes.length }), say("links", { n: links.length }));
  else if (nodes.length < graph.total) parts.push(say("showing", { shown: nodes.length, total: graph.total }), say("links", { n: links.length }));
  else parts.push(say("nodes", { n: nodes.length }), say("links", { n: links.length }));
  if (wanted.focus === null && wanted.level === last && graph.nodes.length < graph.total) parts.push(say("cut", { n: graph.nodes.length, total: graph.total }));
  byId("status").textContent = parts.join(" · ");
  byId("back").hidden = wanted.focus === null;
  byId("more").hidden = wanted.focus !== null || wanted.level >= last - 1;
  byId("all").hidden = wanted.focus !== null || wanted.level >= last;
}

// ---- selection
function select(target) {
  picture.selected = target;
  picture.hover = null;
  if (target.node !== undefined) openNode(target.node);
  else openLink(target.link);
  history.replaceState(null, "", target.node === undefined ? "#" : `#${encodeURIComponent(graph.nodes[target.node].key)}`);
  picture.network.redraw();
}

// To this entity, wherever one is: when the picture does not have it, to its neighbourhood.
function go(i) {
  if (!picture.places.has(i)) { focusOn(i); return; }
  select({ node: i });
  bringIntoSight(i);
}

function closePanel() {
  panel.hidden = true;
  panel.replaceChildren();
  document.body.classList.remove("reading");
  picture.selected = null;
  history.replaceState(null, "", "#");
  picture.network.redraw();
}

// ---- from picture to picture
function camera() {
  return { position: picture.network.getViewPosition(), scale: picture.network.getScale() };
}

function focusOn(i) {
  if (wanted.focus === i) return;
  wanted.path.push({ focus: wanted.focus, level: wanted.level, camera: camera() });
  wanted.focus = i;
  picture.selected = { node: i };
  openNode(i);
  draw();
}

function back() {
  const former = wanted.path.pop();
  if (!former) return false;
  Object.assign(wanted, { focus: former.focus, level: former.level });
  draw({ keepCamera: true });
  picture.network.moveTo(former.camera);
  return true;
}

function toLevel(level) {
  wanted.level = level;
  draw();
}

// ---- pointer
function pointed(point) {
  const node = picture.network.getNodeAt(point);
  if (node !== undefined) return { node };
  const edge = picture.network.getEdgeAt(point);
  return edge === undefined ? null : { link: edge };
}

let hovering = 0;
function hover(event) {
  const point = { x: event.clientX, y: event.clientY };
  clearTimeout(hovering);
  hovering = setTimeout(() => {
    const at = event.buttons ? null : pointed(point);
    if (at?.node === picture.hover?.node && at?.link === picture.hover?.link) return;
    picture.hover = at;
    stage.classList.toggle("pointing", at !== null);
    drawOverlay();
  }, 30);
}

function listen() {
  const { network } = picture;
  network.on("click", ({ pointer }) => {
    const at = pointed(pointer.DOM);
    if (at) { select(at); if (at.node !== undefined) bringIntoSight(at.node); } else if (!panel.hidden) closePanel();
    byId("legend").classList.remove("open");
  });
  network.on("doubleClick", ({ pointer }) => {
    const at = pointed(pointer.DOM);
    if (at?.node !== undefined) focusOn(at.node);
  });
  stage.addEventListener("mousemove", hover);
  stage.addEventListener("mouseleave", () => { clearTimeout(hovering); picture.hover = null; drawOverlay(); });
}

const actions = {
  closer: () => zoom(1.3), farther: () => zoom(1 / 1.3), fit: () => fit(), back, more: () => toLevel(wanted.level + 1), all: () => toLevel(graph.levels.length - 1),
  theme: () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"),
  help: () => toggle("help", "keys", "hidden"),
  filters: () => byId("filters").setAttribute("aria-expanded", String(byId("legend").classList.toggle("open"))),
};

function toggle(button, target) {
  byId(target).hidden = !byId(target).hidden;
  byId(button).setAttribute("aria-expanded", String(!byId(target).hidden));
}

// ---- keys
const KEYS = { "/": () => query.focus(), "+": actions.closer, "=": actions.closer, "-": actions.farther, 0: actions.fit, "?": actions.help, Escape: stepBack };

function stepBack() {
  if (!byId("keys").hidden) actions.help();
  else if (byId("legend").classList.contains("open")) actions.filters();
  else if (wanted.path.length) back();
  else if (!panel.hidden) closePanel();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches?.("input[type=text]") || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});

// The entity named after the # of the address; nonsense there is nobody.
function addressed() {
  try {
    return graph.byKey.get(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return undefined;
  }
}

// ---- light and dark
const darkness = matchMedia("(prefers-color-scheme: dark)");
function setTheme(name) {
  document.documentElement.dataset.theme = name;
  if (picture.network) repaint();
  else readTheme();
}
darkness.addEventListener("change", () => setTheme(darkness.matches ? "dark" : "light"));

setTheme(darkness.matches ? "dark" : "light");
buildLegend();
draw();
listen();
for (const [id, action] of Object.entries(actions)) byId(id).addEventListener("click", action);
const asked = addressed();
if (asked !== undefined) go(asked);
else if (graph.around !== null && innerWidth > 760) {
  select({ node: graph.around });
  fit(false);
}
// For scripts and tests that look at the page from outside.
window.page = { graph, wanted, picture, visible, counts, onScreen, search, go };
