// From picture to picture: more nodes, a neighbourhood, a path, something added or taken away; and back again.

function draw({ keepCamera = false } = {}) {
  applyFilters();
  const now = visible();
  drawPicture(now, keepCamera);
  updateLegend();
  drawDates();
  tell(now);
  remember();
}

const refilter = () => draw({ keepCamera: true });

function tell({ nodes, links }) {
  const last = graph.pictures.length - 1;
  const [whole, parts] = [wanted.focus === null && wanted.path === null && wanted.answer === null, []];
  const size = [say("nodes", { n: nodes.length }), say("links", { n: links.length })];
  if (!graph.nodes.length) parts.push(words.empty);
  else if (!nodes.length) parts.push(words.nothing_left);
  else if (wanted.path !== null) parts.push(say("path_between", wanted.path.names), ...size);
  else if (wanted.answer !== null) parts.push(wanted.answer.title, ...size);
  else if (wanted.focus !== null) parts.push(say("around", { name: graph.nodes[wanted.focus].label }), ...size);
  else if (nodes.length < graph.total) parts.push(say("showing", { shown: nodes.length, total: graph.total }), size[1]);
  else parts.push(...size);
  if (whole && wanted.level === last && !loader.around && graph.nodes.length < graph.total) parts.push(say("cut", { n: graph.nodes.length, total: graph.total }));
  if (nodes.length > limits.nodes && !webglWorks()) parts.push(words.no_webgl);
  byId("status").textContent = parts.join(" · ");
  byId("back").hidden = wanted.history.length === 0;
  byId("more").hidden = !whole || wanted.level >= last - 1;
  byId("all").hidden = !whole || wanted.level >= last;
}

// ---- what is pointed at
async function select(target) {
  await evidence();
  Object.assign(picture, { selected: target, hover: null });
  if (target.node !== undefined) openNode(target.node);
  else openLink(target.link);
  remember();
  redraw();
}

// To this entity, wherever one is: when the picture does not have it, to its neighbourhood.
async function go(i) {
  if (!placed(i)) { await focusOn(i); return; }
  if (ending(i)) return;
  await select({ node: i });
  bringIntoSight(i);
}

function closePanel() {
  panel.hidden = true;
  panel.replaceChildren();
  document.body.classList.remove("reading");
  picture.selected = null;
  if (picture.fitted) fit();
  remember();
  redraw();
}

// ---- steps that can be taken back
const STATE = ["level", "focus", "path", "answer", "expanded", "hidden"];

function keep() {
  const state = Object.fromEntries(STATE.map((name) => [name, wanted[name]]));
  wanted.history.push({ ...state, expanded: [...wanted.expanded], hidden: new Set(wanted.hidden), camera: picture.camera });
}

function back() {
  const former = wanted.history.pop();
  if (!former) return false;
  for (const name of STATE) wanted[name] = former[name];
  picture.camera = former.camera;
  draw({ keepCamera: true });
  if (picture.selected?.node !== undefined) openNode(picture.selected.node);
  return true;
}

async function focusOn(i) {
  if (wanted.focus === i || ending(i)) return;
  keep();
  await readMore(loader.around?.(graph.nodes[i].key));
  await evidence();
  Object.assign(wanted, { focus: i, path: null, answer: null, expanded: [], hidden: new Set() });
  picture.selected = { node: i };
  picture.hover = null;
  openNode(i);
  draw();
}

async function expand(i) {
  keep();
  await readMore(loader.around?.(graph.nodes[i].key));
  wanted.expanded.push(i);
  draw({ keepCamera: true });
  await select({ node: i });
  bringIntoSight(i);
}

function hide(i) {
  keep();
  wanted.hidden.add(i);
  closePanel();
  draw({ keepCamera: true });
}

function toLevel(level) {
  keep();
  Object.assign(wanted, { level, expanded: [] });
  draw();
}
