// The part of the address after #: what is shown, kept so that a link or a reload brings the same view back. Nonsense in it is ignored.

const address = { waiting: 0, ready: false, theme: "", language: "" };

function written() {
  const said = new URLSearchParams();
  const key = (i) => graph.nodes[i].key;
  const { selected, camera } = picture;
  if (selected?.node !== undefined) said.append("n", key(selected.node));
  if (selected?.link !== undefined) for (const end of ["a", "b"]) said.append("e", key(graph.links[selected.link][end]));
  if (wanted.path !== null) for (const i of [wanted.path.nodes[0], wanted.path.nodes.at(-1)]) said.append("p", key(i));
  if (wanted.focus !== null) said.append("f", key(wanted.focus));
  if (wanted.level > 0) said.append("s", wanted.level);
  for (const i of wanted.expanded) said.append("x", key(i));
  for (const i of wanted.hidden) said.append("h", key(i));
  for (const k of wanted.typesOff) said.append("t", graph.types[k].name);
  for (const k of wanted.predicatesOff) said.append("r", graph.predicates[k].name);
  for (const k of wanted.channelsOff) said.append("c", graph.channels[k]);
  if (wanted.since || wanted.until) said.append("d", `${wanted.since}..${wanted.until}`);
  if (wanted.lonely !== manyLonely()) said.append("o", wanted.lonely ? 1 : 0);
  if (wanted.linkLabels) said.append("l", 1);
  if (!picture.fitted) said.append("v", [camera.x, camera.y, camera.scale].map((value) => Number(value.toPrecision(5))).join("_"));
  if (address.theme) said.append("m", address.theme);
  if (address.language) said.append("g", address.language);
  return said.toString();
}

function remember() {
  clearTimeout(address.waiting);
  if (!address.ready) return;
  address.waiting = setTimeout(() => {
    const said = written();
    if (said !== location.hash.slice(1)) history.replaceState(null, "", `#${said}`);
  }, 200);
}

// Nodes without links say little; where there are many they are shown when asked for.
const manyLonely = () => graph.nodes.filter((node) => !node.links.length).length <= Math.max(30, graph.nodes.length / 5);

// A key alone, as in page.html#model/gpt-4o, is a node to go to.
function saidInAddress() {
  const text = location.hash.slice(1);
  if (text.includes("=")) return new URLSearchParams(text);
  const said = new URLSearchParams();
  try { if (text) said.append("n", decodeURIComponent(text)); } catch { /* no key */ }
  return said;
}

async function restore() {
  const said = saidInAddress();
  const node = (name) => said.getAll(name).map((key) => graph.byKey.get(key)).filter((i) => i !== undefined);
  const off = (name, list) => new Set(said.getAll(name).map((text) => list.findIndex((item) => (item.name ?? item) === text)).filter((k) => k >= 0));
  const missing = ["n", "f", "p", "x"].flatMap((name) => said.getAll(name)).filter((key) => !graph.byKey.has(key));
  if (loader.around) for (const key of new Set(missing)) await readMore(loader.around(key));
  const [low, high] = (/^[\d-]*\.\.[\d-]*$/.exec(said.get("d") ?? "")?.[0] ?? "..").split("..");
  const [focus = null] = node("f");
  const level = Math.min(Math.max(Math.trunc(Number(said.get("s"))) || 0, 0), Math.max(graph.pictures.length - 1, 0));
  Object.assign(wanted, {
    level, focus, path: null, answer: null, expanded: node("x"), hidden: new Set(node("h")), since: low, until: high, history: [],
    typesOff: off("t", graph.types), predicatesOff: off("r", graph.predicates), channelsOff: off("c", graph.channels),
    lonely: said.has("o") ? said.get("o") === "1" : manyLonely(), linkLabels: said.get("l") === "1",
  });
  if (["dark", "light"].includes(said.get("m"))) setTheme(address.theme = said.get("m"));
  if (Object.hasOwn(everyWord, said.get("g") ?? "")) setLanguage(address.language = said.get("g"));
  applyFilters();
  const [from, to] = node("p");
  if (to !== undefined) wanted.path = findPath(from, to);
  await showRestored(said, node);
}

async function showRestored(said, node) {
  picture.selected = null;
  draw();
  const [chosen] = node("n");
  const [a, b] = node("e");
  const link = b === undefined ? undefined : graph.byPair.get(Math.min(a, b) * 2 ** 26 + Math.max(a, b));
  const camera = (said.get("v") ?? "").split("_").map(Number);
  const kept = camera.length === 3 && camera.every(Number.isFinite) && camera[2] >= FARTHEST && camera[2] <= NEAREST;
  if (wanted.path !== null) { await evidence(); openPath(wanted.path); }
  if (chosen !== undefined) await (kept && placed(chosen) ? select({ node: chosen }) : go(chosen));
  else if (link !== undefined) await select({ link });
  else if (wanted.path === null && !panel.hidden) closePanel();
  if (kept) fly({ x: camera[0], y: camera[1], scale: camera[2] }, false);
  else if (wanted.focus !== null || wanted.path !== null) fit(false);
  address.ready = true;
}
