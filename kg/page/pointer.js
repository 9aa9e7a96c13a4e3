// Mouse, pen and fingers on the picture: drag it or a node, zoom with wheel or two fingers, point, click, click twice.

const SLIP = 5; // pixels a click may slip
const TWICE = 350; // milliseconds between the taps of a double tap
const fingers = new Map();
const press = { node: null, moved: false, spread: 0, last: 0, target: null, point: null, count: 0, here: false };
let hovering = 0;

const spread = () => {
  const [a, b] = [...fingers.values()];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, length: Math.hypot(a.x - b.x, a.y - b.y) };
};

function pressed(event) {
  if (event.button !== 0) return;
  overlay.setPointerCapture(event.pointerId);
  fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  const under = fingers.size === 1 ? pointed({ x: event.clientX, y: event.clientY }) : null;
  Object.assign(press, { node: under?.node ?? null, start: { x: event.clientX, y: event.clientY }, moved: fingers.size > 1, spread: 0 });
  if (fingers.size === 2) press.spread = spread().length;
}

function moved(event) {
  const finger = fingers.get(event.pointerId);
  if (!finger) { if (event.pointerType !== "touch") hover(event); return; }
  const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
  Object.assign(finger, { x: event.clientX, y: event.clientY });
  if (fingers.size === 2) {
    const { x, y, length } = spread();
    if (press.spread > 0 && length > 0) zoom(length / press.spread, { x, y });
    pan(dx / 2, dy / 2);
    press.spread = length;
    return;
  }
  if (!press.moved && Math.hypot(event.clientX - press.start.x, event.clientY - press.start.y) < SLIP) return;
  press.moved = true;
  if (press.node === null || picture.painter instanceof WebglPainter) pan(dx, dy);
  else moveNode(press.node, dx, dy);
}

function moveNode(i, dx, dy) {
  const { scale } = picture.camera;
  places.x[i] += dx / scale;
  places.y[i] += dy / scale;
  picture.painter.moveNode(i, places.x[i], places.y[i]);
  picture.labelled = "";
  redraw();
}

function released(event) {
  if (!fingers.delete(event.pointerId)) return;
  if (fingers.size || press.moved || event.type === "pointercancel") return;
  const mouse = event.pointerType === "mouse";
  if (mouse && second(event)) return;
  const point = { x: event.clientX, y: event.clientY };
  const again = !mouse && event.timeStamp - press.last < TWICE && near(point) && press.target?.node !== undefined;
  const target = again ? press.target : pointed(point);
  Object.assign(press, { last: again ? 0 : event.timeStamp, target, point, here: mouse });
  clicked(target, { twice: again, path: event.shiftKey });
}

// The first click may have moved the picture or opened the panel under the mouse: the second one means what the first one met.
// How far apart they may be in time the browser knows, as its user has set it.
const near = ({ x, y }) => press.point !== null && Math.hypot(x - press.point.x, y - press.point.y) < 2 * SLIP;
const second = (event) => press.here && press.count % 2 === 0 && press.target?.node !== undefined && near({ x: event.clientX, y: event.clientY });

function counted(event) {
  press.count = event.detail;
  if (press.count % 2) press.here = false;
}

function clickedTwice(event) {
  if (!second(event)) return;
  event.preventDefault();
  event.stopPropagation();
  press.here = false;
  clicked(press.target, { twice: true, path: false });
}

async function clicked(target, { twice, path }) {
  closeMenus();
  if (target?.node === undefined) {
    if (target) await select(target);
    else if (!panel.hidden) closePanel();
    return;
  }
  const before = picture.selected?.node;
  if (twice) await focusOn(target.node);
  else if (path && before !== undefined && before !== target.node) await showPath(before, target.node);
  else await go(target.node);
}

function hover({ clientX: x, clientY: y }) {
  clearTimeout(hovering);
  hovering = setTimeout(() => {
    const target = pointed({ x, y });
    if (target?.node === picture.hover?.node && target?.link === picture.hover?.link) return;
    picture.hover = target;
    overlay.classList.toggle("pointing", target !== null);
    drawOverlay();
  }, 25);
}

function unhover() {
  clearTimeout(hovering);
  if (!picture.hover) return;
  picture.hover = null;
  drawOverlay();
}

overlay.addEventListener("pointerdown", pressed);
overlay.addEventListener("pointermove", moved);
overlay.addEventListener("pointerup", released);
overlay.addEventListener("pointercancel", released);
overlay.addEventListener("pointerleave", unhover);
overlay.addEventListener("wheel", (event) => {
  event.preventDefault();
  const step = event.deltaMode === 1 ? 30 * event.deltaY : event.deltaY;
  zoom(Math.exp(-Math.min(Math.max(step, -240), 240) * 0.0016), { x: event.clientX, y: event.clientY });
}, { passive: false });
window.addEventListener("mousedown", counted, true);
window.addEventListener("click", clickedTwice, true);
