// Where nodes stand: as Python laid them out, on rings around one of them, in columns along a path; added ones near what they belong to.
// Pixels of the world; a node that is not in the picture is nowhere (NaN).

const places = { x: new Float32Array(0), y: new Float32Array(0) };
const at = (i) => [places.x[i], places.y[i]];
const placed = (i) => i < places.x.length && !Number.isNaN(places.x[i]);

// Pictures are laid out wider than high; on a screen that is higher than wide they lie on their side.
const portrait = innerHeight > 1.2 * innerWidth;
const put = (i, x, y) => { [places.x[i], places.y[i]] = portrait ? [y, x] : [x, y]; };

function placeNodes({ nodes, stage, added }) {
  places.x = new Float32Array(graph.nodes.length).fill(NaN);
  places.y = new Float32Array(graph.nodes.length).fill(NaN);
  if (wanted.path !== null) placeColumns(wanted.path.columns);
  else if (wanted.answer !== null) wanted.answer.nodes.forEach((i, k) => put(i, wanted.answer.positions[2 * k] ?? 0, wanted.answer.positions[2 * k + 1] ?? 0));
  else if (wanted.focus !== null) placeRings(wanted.focus, nodes.filter((i) => stage.includes(i)));
  else {
    const positions = graph.pictures[wanted.level]?.positions ?? [];
    for (const i of stage) put(i, positions[2 * i] ?? 0, positions[2 * i + 1] ?? 0);
  }
  for (const { node, fresh } of added) if (placed(node)) placeFan(node, fresh);
  const shown = new Uint8Array(graph.nodes.length);
  for (const i of nodes) shown[i] = 1;
  shown.forEach((is, i) => { if (!is) places.x[i] = NaN; });
}

// One entity in the middle, its neighbours on rings around it, those of a type side by side.
function placeRings(centre, nodes) {
  const around = nodes.filter((i) => i !== centre);
  around.sort((a, b) => graph.nodes[a].type - graph.nodes[b].type || a - b);
  put(centre, 0, 0);
  let start = 0;
  for (let ring = 1; start < around.length; ring += 1) {
    const radius = 60 + 110 * ring;
    const room = Math.floor((2 * Math.PI * radius) / 84);
    const here = around.slice(start, start + room);
    here.forEach((i, k) => {
      const angle = (2 * Math.PI * k) / here.length + ring * 0.35 - Math.PI / 2;
      put(i, 1.35 * radius * Math.cos(angle), radius * Math.sin(angle));
    });
    start += room;
  }
}

function placeColumns(columns) {
  columns.forEach((column, k) => column.forEach((i, row) => put(i, 240 * (k - (columns.length - 1) / 2), 80 * (row - (column.length - 1) / 2))));
}

// On arcs around their node, away from the middle of the picture, wherever nothing else stands.
function placeFan(node, fresh) {
  const [cx, cy] = at(node);
  const away = Math.atan2(cy, cx || 1e-6);
  const others = [];
  places.x.forEach((x, i) => { if (!Number.isNaN(x) && Math.hypot(x - cx, places.y[i] - cy) < 900) others.push(i); });
  const free = (x, y) => others.every((i) => Math.hypot(places.x[i] - x, places.y[i] - y) > 44);
  let spot = 0;
  for (const i of fresh) {
    let x, y;
    do {
      const ring = Math.floor(spot / 14);
      const step = spot % 14;
      const angle = away + (step % 2 ? 1 : -1) * Math.ceil(step / 2) * (Math.PI / 7) * (1 / (1 + 0.25 * ring)) + ring * 0.2;
      const radius = 110 + 56 * ring;
      [x, y] = [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
      spot += 1;
    } while (!free(x, y) && spot < 400);
    [places.x[i], places.y[i]] = [x, y];
    others.push(i);
  }
}

// The smallest box around these nodes.
function boxAround(nodes) {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const i of nodes) {
    const [x, y] = at(i);
    const r = graph.nodes[i].size;
    [x0, y0, x1, y1] = [Math.min(x0, x - r), Math.min(y0, y - r), Math.max(x1, x + r), Math.max(y1, y + r)];
  }
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2, width: x1 - x0 + 1, height: y1 - y0 + 1 };
}
