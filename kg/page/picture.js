// The picture: who paints it, where the camera stands, what lies under a point of the window.

const stage = document.getElementById("stage");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
// What vis-network draws pleasantly, as measured in docs/performance.md: beyond this WebGL does.
const limits = { nodes: 2_000, links: 6_000 };
const [FARTHEST, NEAREST] = [0.004, 6];

const picture = {
  painter: null, nodes: [], links: [], linkShown: new Uint8Array(0), camera: { x: 0, y: 0, scale: 1 },
  labels: [], labelled: "", hover: null, selected: null, moving: 0, flight: 0, fitted: true,
};

function drawPicture(now, keepCamera) {
  placeNodes(now);
  const { nodes, links } = now;
  Object.assign(picture, { nodes, links, linkShown: new Uint8Array(graph.links.length), labelled: "", hover: null });
  for (const l of links) picture.linkShown[l] = 1;
  readPaints();
  const big = nodes.length > limits.nodes || links.length > limits.links;
  const Painter = big && webglWorks() ? WebglPainter : VisPainter;
  if (!(picture.painter instanceof Painter)) {
    picture.painter?.close();
    picture.painter = new Painter(stage, drawOverlay);
  }
  picture.painter.show({ nodes, links });
  if (keepCamera) redraw();
  else fit(false);
}

const redraw = () => picture.painter?.draw(picture.camera);

function repaint() {
  readTheme();
  readPaints();
  picture.painter?.repaint();
  redrawIcons();
  redraw();
}

// ---- the camera: the point of the world in the middle of the window, and pixels of the screen for one of the world
const onScreen = (i) => {
  const { x, y, scale } = picture.camera;
  return { x: (places.x[i] - x) * scale + innerWidth / 2, y: (places.y[i] - y) * scale + innerHeight / 2 };
};
const inWorld = ({ x, y }) => {
  const { camera } = picture;
  return { x: (x - innerWidth / 2) / camera.scale + camera.x, y: (y - innerHeight / 2) / camera.scale + camera.y };
};

function look(camera) {
  picture.camera = camera;
  picture.painter.rest(false);
  clearTimeout(picture.moving);
  picture.moving = setTimeout(() => { picture.painter.rest(true); redraw(); remember(); }, 120);
  redraw();
}

function fly(target, animate = true) {
  cancelAnimationFrame(picture.flight);
  picture.fitted = false;
  if (!animate || calm.matches) {
    picture.camera = target;
    redraw();
    remember();
    return;
  }
  const [from, began] = [picture.camera, performance.now()];
  const step = (now) => {
    const t = Math.min(Math.max((now - began) / 300, 0), 1);
    const eased = t * t * (3 - 2 * t);
    const between = (a, b) => a + (b - a) * eased;
    look({ x: between(from.x, target.x), y: between(from.y, target.y), scale: from.scale * (target.scale / from.scale) ** eased });
    if (t < 1) picture.flight = requestAnimationFrame(step);
  };
  picture.flight = requestAnimationFrame(step);
}

const rect = (id) => {
  const element = document.getElementById(id);
  return element.hidden ? { width: 0, height: 0 } : element.getBoundingClientRect();
};

// How much of the window is covered on each side.
function insets() {
  const narrow = innerWidth <= 760;
  const panel = rect("panel");
  if (narrow) return { left: 16, right: 16, top: 66, bottom: 24 + (panel.height || 110) };
  return { left: rect("side").width + 28, right: 24 + panel.width, top: 20, bottom: 60 };
}

// The camera that has this place in the middle of what nothing covers.
function over({ x, y }, scale) {
  const { left, right, top, bottom } = insets();
  return { x: x - (left - right) / 2 / scale, y: y - (top - bottom) / 2 / scale, scale };
}

// Room that nothing covers, less a rim for names: pixels of the screen.
function room() {
  const { left, right, top, bottom } = insets();
  const width = innerWidth - left - right;
  return { width: Math.max(width - Math.min(0.2 * width, 220), 80), height: Math.max(innerHeight - top - bottom - 50, 80) };
}

function fit(animate = true) {
  if (!picture.nodes.length) { redraw(); return; }
  const box = boxAround(picture.nodes);
  const { width, height } = room();
  fly(over(box, Math.max(Math.min(width / box.width, height / box.height, 1.4), FARTHEST)), animate);
  picture.fitted = true;
}

function zoom(factor, point = { x: innerWidth / 2, y: innerHeight / 2 }) {
  const { camera } = picture;
  const scale = Math.min(Math.max(camera.scale * factor, FARTHEST), NEAREST);
  const { x, y } = inWorld(point);
  picture.fitted = false;
  look({ x: x - (point.x - innerWidth / 2) / scale, y: y - (point.y - innerHeight / 2) / scale, scale });
}

function pan(dx, dy) {
  const { x, y, scale } = picture.camera;
  picture.fitted = false;
  look({ x: x - dx / scale, y: y - dy / scale, scale });
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
  const box = boxAround(near);
  const { width, height } = room();
  const now = picture.camera.scale;
  const scale = Math.min(now, width / box.width, height / box.height);
  if (scale >= 0.6 * now) fly(over(box, scale));
  else if (!shows(i)) fly(over(boxAround([i]), Math.max(now, Math.min(0.5, NEAREST))));
}

// ---- what lies under a point of the window: the nearest node within its own size, else the nearest link
function pointed(point) {
  const { x, y } = inWorld(point);
  const { scale } = picture.camera;
  let [node, nearest] = [null, Infinity];
  for (const i of picture.nodes) {
    const reach = Math.max(graph.nodes[i].size, 7 / scale);
    const [dx, dy] = [places.x[i] - x, places.y[i] - y];
    if (Math.abs(dx) > reach || Math.abs(dy) > reach) continue;
    const far = Math.hypot(dx, dy) / reach;
    if (far <= 1 && far < nearest) [node, nearest] = [i, far];
  }
  if (node !== null) return { node };
  let link = null;
  nearest = 5 / scale;
  for (const l of picture.links) {
    const { a, b } = graph.links[l];
    const [ax, ay, bx, by] = [places.x[a], places.y[a], places.x[b], places.y[b]];
    const [vx, vy] = [bx - ax, by - ay];
    const t = Math.min(Math.max(((x - ax) * vx + (y - ay) * vy) / (vx * vx + vy * vy || 1), 0), 1);
    const far = Math.hypot(ax + t * vx - x, ay + t * vy - y);
    if (far < nearest) [link, nearest] = [l, far];
  }
  return link === null ? null : { link };
}
