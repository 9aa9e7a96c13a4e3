// Names and highlights, on a canvas of their own above the picture: recolouring the whole graph for every move of the mouse
// would take a second.

const overlay = document.getElementById("overlay");
const pen = overlay.getContext("2d");
const LINK_LABELS = 24;
const MANY = 1_500; // nodes from which on only names within the window are placed, once it stands still
const READABLE = 1.3; // zoom from which on links tell what they say by themselves

function sizeOverlay() {
  const ratio = devicePixelRatio || 1;
  const [width, height] = [Math.round(innerWidth * ratio), Math.round(innerHeight * ratio)];
  if (overlay.width !== width || overlay.height !== height) [overlay.width, overlay.height] = [width, height];
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, innerWidth, innerHeight);
}

const highlighted = () => picture.hover ?? picture.selected;
const inWindow = ({ x, y }, rim = 0) => x > -rim && y > -rim && x < innerWidth + rim && y < innerHeight + rim;

// What lies above the picture: a name half under it would be worse than none.
const covered = () => ["query", "legend", "panel", "foot", "tools"].map((id) => document.getElementById(id).getBoundingClientRect())
  .filter(({ width }) => width > 0).map(({ left, top, right, bottom }) => [left, top, right, bottom]);

function findLabels() {
  const { x, y, scale } = picture.camera;
  const many = picture.nodes.length > MANY;
  const key = many ? `${scale} ${x} ${y}` : `${scale}`;
  if (picture.labelled === key || (many && picture.labels.length && !picture.painter.still)) return;
  const nodes = many ? picture.nodes.filter((i) => inWindow(onScreen(i), 60)) : [...picture.nodes];
  nodes.sort((a, b) => a - b);
  picture.labels = placeLabels(pen, nodes.slice(0, MANY), scale);
  picture.labelled = key;
}

function drawOverlay() {
  sizeOverlay();
  findLabels();
  const lit = highlighted();
  const near = lit ? lightUp(lit) : null;
  stage.classList.toggle("dim", near !== null);
  if (near) { drawNear(near); return; }
  const boxes = [];
  const covers = covered();
  for (const { node, dx, dy, w } of picture.labels) {
    const { x, y } = onScreen(node);
    if (x + dx + w <= 0 || x + dx >= innerWidth || y + dy <= -20 || y + dy >= innerHeight || !placed(node)) continue;
    const box = [x + dx, y + dy, x + dx + w, y + dy + LABEL_HEIGHT];
    if (!covers.every((cover) => apart(box, cover)) || (picture.fitted && (box[0] < 2 || box[2] > innerWidth - 2))) continue;
    drawLabel(pen, node, x + dx, y + dy);
    boxes.push(box);
  }
  if (!wanted.linkLabels && wanted.path === null && picture.camera.scale < READABLE) return;
  labelLinks(picture.links, [...boxes, ...picture.nodes.filter((i) => inWindow(onScreen(i))).map(disc)], 300);
}

// The links and nodes that belong to what is pointed at; null when that is not in the picture.
function lightUp({ node, link }) {
  if (link !== undefined) {
    const { a, b } = graph.links[link] ?? {};
    return picture.linkShown[link] ? { centre: a, nodes: [a, b], links: [link] } : null;
  }
  if (!placed(node)) return null;
  const links = graph.nodes[node].links.filter((l) => picture.linkShown[l]);
  return { centre: node, nodes: [node, ...links.map((l) => otherEnd(graph.links[l], node))], links };
}

function drawNear({ centre, nodes, links }) {
  const { scale } = picture.camera;
  for (const l of links) drawLink(graph.links[l], centre, links.length <= LINK_LABELS);
  for (const i of [...nodes].reverse()) {
    const { x, y } = onScreen(i);
    drawShape(pen, graph.nodes[i].type, x, y, Math.max(graph.nodes[i].size * scale, 3), i === centre ? 2.5 : 1);
  }
  const order = [centre, ...nodes.filter((i) => i !== centre).sort((a, b) => a - b)];
  const boxes = nodes.map(disc);
  for (const { node, dx, dy, w } of placeLabels(pen, order.slice(0, MANY), scale)) {
    const { x, y } = onScreen(node);
    drawLabel(pen, node, x + dx, y + dy, true);
    boxes.push([x + dx, y + dy, x + dx + w, y + dy + LABEL_HEIGHT]);
  }
  labelLinks(links, boxes, wanted.linkLabels ? 300 : LINK_LABELS, centre);
}

function drawLink({ a, b, facts }, centre, clear) {
  const { scale } = picture.camera;
  const [from, to] = [onScreen(a), onScreen(b)];
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  pen.strokeStyle = pen.fillStyle = paints[graph.nodes[a === centre ? b : a].type].text;
  pen.lineWidth = clear ? 1.8 : 1.1;
  pen.setLineDash(facts.every((f) => graph.facts[f].hedged) ? [5, 4] : []);
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  pen.lineTo(to.x, to.y);
  pen.stroke();
  pen.setLineDash([]);
  if (!clear) return;
  if (facts.some((f) => graph.facts[f].subject === a)) arrow(to, angle, graph.nodes[b].size * scale);
  if (facts.some((f) => graph.facts[f].subject === b)) arrow(from, angle + Math.PI, graph.nodes[a].size * scale);
}

function arrow({ x, y }, angle, r) {
  pen.save();
  pen.translate(x, y);
  pen.rotate(angle);
  pen.beginPath();
  pen.moveTo(-r - 2, 0);
  pen.lineTo(-r - 10, -4);
  pen.lineTo(-r - 10, 4);
  pen.fill();
  pen.restore();
}

// What a link says in a few words: scores with their metrics, otherwise the relations.
function linkText({ facts }) {
  const texts = new Set();
  for (const f of facts) if (passing.facts[f]) texts.add(scoreText(graph.facts[f]) || labelOf(graph.predicates[graph.facts[f].predicate]));
  const [first, second, ...others] = texts;
  return [first, second].filter(Boolean).join(" · ") + (others.length ? ` +${others.length}` : "");
}

function scoreText({ qualifiers: { score, metric, rank } }) {
  if (score === undefined) return rank === undefined ? "" : `№ ${rank}`;
  return [typeof score === "number" ? number.format(score) : score, metric].filter((part) => part !== undefined).join(" ");
}

// On each link where there is room, farther from the centre where all of them meet; `boxes` are taken already. Where there are
// too many, on none.
function labelLinks(links, boxes, most, centre = null) {
  const here = links.filter((l) => inWindow(middle(graph.links[l]))).slice(0, most + 1);
  if (here.length > most && most === LINK_LABELS) return;
  pen.font = "11px system-ui, sans-serif";
  pen.textBaseline = "middle";
  for (const l of here) {
    const link = graph.links[l];
    const text = linkText(link);
    const w = pen.measureText(text).width;
    if (middle(link).length < Math.min(w, 90) + 24) continue;
    const parts = centre === null ? [0.5, 0.36, 0.64] : [0.6, 0.48, 0.72].map((part) => (link.a === centre ? part : 1 - part));
    const box = parts.map((part) => boxOn(link, part, w)).find((tried) => boxes.every((other) => apart(tried, other)));
    if (!box) continue;
    boxes.push(box);
    pen.fillStyle = colour.ground;
    pen.fillRect(box[0] - 2, box[1] + 1, w + 4, 14);
    pen.fillStyle = colour.quiet;
    pen.fillText(text, box[0], box[1] + 8);
  }
}

function disc(i) {
  const { x, y } = onScreen(i);
  const r = graph.nodes[i].size * picture.camera.scale;
  return [x - r, y - r, x + r, y + r];
}

const apart = (a, b) => a[0] >= b[2] || b[0] >= a[2] || a[1] >= b[3] || b[1] >= a[3];

// Room for a text of this width around a point of a link: 0 is its subject's end, 1 its object's.
function boxOn({ a, b }, part, w) {
  const [from, to] = [onScreen(a), onScreen(b)];
  const [x, y] = [from.x + (to.x - from.x) * part - w / 2, from.y + (to.y - from.y) * part];
  return [x, y - 8, x + w, y + 8];
}

function middle({ a, b }) {
  const [from, to] = [onScreen(a), onScreen(b)];
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, length: Math.hypot(to.x - from.x, to.y - from.y) };
}
