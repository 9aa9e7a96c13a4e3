// Names in the picture: as many as fit without touching each other, the best connected nodes first.

const LABEL_HEIGHT = 16;
const CELL = 80;
const widths = new Map();

function labelFont(node) {
  const size = graph.nodes[node].size > 16 ? 13 : 12;
  return `${graph.nodes[node].size > 16 ? 600 : 450} ${size}px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif`;
}

function labelWidth(c, node) {
  if (!widths.has(node)) {
    c.font = labelFont(node);
    widths.set(node, c.measureText(graph.nodes[node].label).width + 6);
  }
  return widths.get(node);
}

class Boxes {
  constructor() { this.cells = new Map(); }
  * near([x0, y0, x1, y1]) {
    for (let cx = Math.floor(x0 / CELL); cx <= Math.floor(x1 / CELL); cx += 1) {
      for (let cy = Math.floor(y0 / CELL); cy <= Math.floor(y1 / CELL); cy += 1) yield cx * 2 ** 20 + cy;
    }
  }
  add(box) {
    for (const cell of this.near(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    }
  }
  free(box) {
    for (const cell of this.near(box)) {
      for (const other of this.cells.get(cell) ?? []) {
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
      }
    }
    return true;
  }
}

// Labels for nodes at these places (pixels of the world) at this zoom: [{node, dx, dy, w}], offsets in screen pixels.
// Whether a label fits does not depend on where the camera stands, so nothing flickers while the picture is dragged.
function placeLabels(c, nodes, scale) {
  const taken = new Boxes();
  const [every, higher] = [new Boxes(), new Boxes()];
  const discs = nodes.map((node) => {
    const [x, y] = at(node).map((value) => value * scale);
    const r = Math.max(graph.nodes[node].size * scale, 2);
    const disc = [x - r, y - r, x + r, y + r];
    every.add(disc);
    return { x, y, r, disc };
  });
  const found = [];
  nodes.forEach((node, k) => {
    const { x, y, r, disc } = discs[k];
    const w = labelWidth(c, node);
    const sides = [[-w / 2, r + 3], [r + 3, -LABEL_HEIGHT / 2], [-w - r - 3, -LABEL_HEIGHT / 2], [-w / 2, -r - 3 - LABEL_HEIGHT]];
    // A name may cover nodes less important than its own only when the node is among the first.
    for (const avoided of k < nodes.length / 8 ? [every, higher] : [every]) {
      const box = sides.map(([dx, dy]) => [x + dx, y + dy, x + dx + w, y + dy + LABEL_HEIGHT]).find((side) => taken.free(side) && avoided.free(side));
      if (box) {
        taken.add(box);
        found.push({ node, dx: box[0] - x, dy: box[1] - y, w });
        break;
      }
    }
    higher.add(disc);
  });
  return found;
}

function drawLabel(c, node, x, y, strong = false) {
  c.font = labelFont(node);
  c.textBaseline = "middle";
  c.lineJoin = "round";
  c.lineWidth = 4;
  c.strokeStyle = colour.ground;
  c.strokeText(graph.nodes[node].label, x + 3, y + LABEL_HEIGHT / 2);
  c.fillStyle = strong || graph.nodes[node].size > 16 ? colour.ink : colour.quiet;
  c.fillText(graph.nodes[node].label, x + 3, y + LABEL_HEIGHT / 2);
}
