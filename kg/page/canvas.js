// The picture: vis-network draws nodes and links where Python put them; names and highlights go on a canvas of our own,
// because recolouring the whole graph for every move of the mouse would take a second.

const stage = document.getElementById("stage");
const overlay = document.getElementById("overlay");
const pen = overlay.getContext("2d");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const LINK_LABELS = 24;

const picture = { network: null, nodes: [], links: [], places: new Map(), labels: [], labelScale: 0, hover: null, selected: null };

function visNode(i) {
  const [x, y] = picture.places.get(i);
  const size = graph.sizes[i];
  const { type } = graph.nodes[i];
  const ctxRenderer = ({ ctx, x: cx, y: cy }) => ({
    drawNode() { drawShape(ctx, type, cx, cy, size); },
    nodeDimensions: { width: 2 * size, height: 2 * size },
  });
  return { id: i, x, y, size, shape: "custom", ctxRenderer };
}

function drawPicture({ nodes, links }, { keepCamera = false } = {}) {
  Object.assign(picture, { nodes, links, labelScale: 0, hover: null });
  picture.places = wanted.focus === null ? levelPositions(nodes) : ringPositions(wanted.focus, nodes);
  const data = { nodes: nodes.map(visNode), edges: links.map((l) => graph.network.edges[l]) };
  if (picture.network === null) {
    picture.network = new vis.Network(stage, data, { ...graph.network.options, edges: edgeOptions() });
    picture.network.on("afterDrawing", drawOverlay);
    picture.network.on("dragging", ({ nodes: dragged }) => dragged.forEach(follow));
    if (!keepCamera) fit(false);
    return;
  }
  const camera = { position: picture.network.getViewPosition(), scale: picture.network.getScale() };
  picture.network.setData(data);
  if (keepCamera) picture.network.moveTo(camera);
  else fit(false);
}

const edgeOptions = () => ({ ...graph.network.options.edges, color: { color: colour.edge, inherit: false } });

function repaint() {
  readTheme();
  picture.network.setOptions({ edges: edgeOptions() });
  redrawIcons();
  picture.network.redraw();
}

function follow(i) {
  const { x, y } = picture.network.getPosition(i);
  picture.places.set(i, [x, y]);
  picture.labelScale = 0;
}

// ---- the camera
const rect = (id) => {
  const element = document.getElementById(id);
  return element.hidden ? { width: 0, height: 0 } : element.getBoundingClientRect();
};

// How much of the window is covered on each side.
function insets() {
  const narrow = innerWidth <= 760;
  const panel = rect("panel");
  if (narrow) return { left: 16, right: 16, top: 66, bottom: 24 + (panel.height || 50) };
  return { left: rect("side").width + 28, right: 24 + panel.width, top: 20, bottom: 60 };
}

function move({ x, y }, scale, animate = true) {
  const { left, right, top, bottom } = insets();
  const offset = { x: (left - right) / 2, y: (top - bottom) / 2 };
  const animation = animate && !calm.matches ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
  picture.network.moveTo({ position: { x, y }, scale, offset, animation });
}

function fit(animate = true) {
  if (!picture.nodes.length) return;
  const box = around(picture.nodes);
  const { width, height } = room();
  move(box, Math.max(Math.min(width / box.width, height / box.height, 1.4), 0.02), animate);
}

function zoom(factor) {
  const scale = Math.min(Math.max(picture.network.getScale() * factor, 0.02), 6);
  picture.network.moveTo({ scale, animation: calm.matches ? false : { duration: 150, easingFunction: "linear" } });
}

function onScreen(i) {
  const [x, y] = picture.places.get(i);
  return picture.network.canvasToDOM({ x, y });
}

// The smallest box around these nodes: pixels of the world.
function around(nodes) {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const i of nodes) {
    const [x, y] = picture.places.get(i);
    const r = graph.sizes[i];
    [x0, y0, x1, y1] = [Math.min(x0, x - r), Math.min(y0, y - r), Math.max(x1, x + r), Math.max(y1, y + r)];
  }
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2, width: x1 - x0 + 1, height: y1 - y0 + 1 };
}

// Room that nothing covers, less a rim for names: pixels of the screen.
function room() {
  const { left, right, top, bottom } = insets();
  return { width: innerWidth - left - right - (portrait ? 100 : 150), height: innerHeight - top - bottom - 50 };
}

// Move only when something of the selection is hidden; its neighbours come along if they fit.
function bringIntoSight(i) {
  const { left, right, top, bottom } = insets();
  const shows = (node) => {
    const { x, y } = onScreen(node);
    return x > left + 20 && x < innerWidth - right - 20 && y > top + 10 && y < innerHeight - bottom - 10;
  };
  const near = lightUp({ node: i }).nodes;
  if (near.every(shows)) return;
  const box = around(near);
  const { width, height } = room();
  const now = picture.network.getScale();
  const scale = Math.min(now, width / box.width, height / box.height);
  if (scale >= 0.6 * now) move(box, scale);
  else if (!shows(i)) move(around([i]), now);
}

// ---- the overlay
function sizeOverlay() {
  const ratio = devicePixelRatio || 1;
  const [width, height] = [Math.round(innerWidth * ratio), Math.round(innerHeight * ratio)];
  if (overlay.width !== width || overlay.height !== height) [overlay.width, overlay.height] = [width, height];
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, innerWidth, innerHeight);
}

const highlighted = () => picture.hover ?? picture.selected;

function drawOverlay() {
  sizeOverlay();
  const scale = picture.network.getScale();
  if (picture.labelScale !== scale) {
    picture.labels = placeLabels(pen, [...picture.nodes].sort((a, b) => a - b), picture.places, scale);
    picture.labelScale = scale;
  }
  const lit = highlighted();
  const near = lit ? lightUp(lit) : null;
  stage.classList.toggle("dim", near !== null);
  if (near) drawNear(near, scale);
  else {
    for (const { node, dx, dy, w } of picture.labels) {
      const { x, y } = onScreen(node);
      if (x + dx + w > 0 && x + dx < innerWidth && y + dy > -20 && y + dy < innerHeight) drawLabel(pen, node, x + dx, y + dy);
    }
  }
}

// The links and nodes that belong to what is pointed at; null when that is not in the picture.
function lightUp({ node, link }) {
  if (link !== undefined) {
    const { a, b } = graph.links[link];
    return picture.places.has(a) && picture.places.has(b) ? { centre: a, nodes: [a, b], links: [link] } : null;
  }
  if (!picture.places.has(node)) return null;
  const drawn = new Set(picture.links);
  const links = graph.nodes[node].links.filter((l) => drawn.has(l));
  return { centre: node, nodes: [node, ...links.map((l) => otherEnd(graph.links[l], node))], links };
}

function drawNear({ centre, nodes, links }, scale) {
  const places = new Map(nodes.map((i) => [i, onScreen(i)]));
  for (const l of links) drawLink(graph.links[l], centre, places, scale);
  for (const i of [...nodes].reverse()) {
    const { x, y } = places.get(i);
    drawShape(pen, graph.nodes[i].type, x, y, Math.max(graph.sizes[i] * scale, 3), i === centre ? 2.5 : 1);
  }
  const order = [centre, ...nodes.filter((i) => i !== centre).sort((a, b) => a - b)];
  const taken = placeLabels(pen, order, picture.places, scale);
  for (const { node, dx, dy } of taken) drawLabel(pen, node, places.get(node).x + dx, places.get(node).y + dy, true);
  if (links.length <= LINK_LABELS) links.forEach((l) => drawLinkLabel(graph.links[l], places, taken));
}

function drawLink({ a, b, facts }, centre, places, scale) {
  const other = a === centre ? b : a;
  const [from, to] = [places.get(a), places.get(b)];
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const paint = paints[graph.nodes[other].type];
  pen.strokeStyle = pen.fillStyle = paint.text;
  pen.lineWidth = 1.8;
  pen.setLineDash(facts.every((f) => graph.facts[f].hedged) ? [5, 4] : []);
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  pen.lineTo(to.x, to.y);
  pen.stroke();
  pen.setLineDash([]);
  if (facts.some((f) => graph.facts[f].subject === a)) arrow(to, angle, graph.sizes[b] * scale);
  if (facts.some((f) => graph.facts[f].subject === b)) arrow(from, angle + Math.PI, graph.sizes[a] * scale);
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

function drawLinkLabel({ a, b, facts }, places, taken) {
  const [from, to] = [places.get(a), places.get(b)];
  const names = [...new Set(facts.map((f) => graph.facts[f].predicate))].filter((p) => !wanted.predicatesOff.has(p));
  const text = names.map((p) => graph.predicates[p].label).join(", ");
  pen.font = "11px system-ui, sans-serif";
  const w = pen.measureText(text).width;
  const [x, y] = [(from.x + to.x - w) / 2, (from.y + to.y) / 2];
  if (Math.hypot(to.x - from.x, to.y - from.y) < w + 40) return;
  const hit = taken.some(({ node, dx, dy, w: lw }) => {
    const at = places.get(node);
    return x < at.x + dx + lw && at.x + dx < x + w && y - 8 < at.y + dy + LABEL_HEIGHT && at.y + dy < y + 8;
  });
  if (hit) return;
  taken.push({ node: a, dx: x - from.x, dy: y - 8 - from.y, w });
  pen.textBaseline = "middle";
  pen.lineWidth = 4;
  pen.strokeStyle = colour.ground;
  pen.strokeText(text, x, y);
  pen.fillStyle = colour.quiet;
  pen.fillText(text, x, y);
}
