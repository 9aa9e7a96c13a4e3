// The picture as an image: what the window shows of it, sharper than the screen, with a legend. Whatever paints on the screen,
// this is painted anew from the graph.

const SHARPER = 2;
const LEGEND_ROW = 20;

// Nodes and links within the window, the important nodes last.
function inSight() {
  const nodes = picture.nodes.filter((i) => inWindow(onScreen(i), 40)).sort((a, b) => b - a);
  const links = picture.links.filter((l) => {
    const { a, b } = graph.links[l];
    const [from, to] = [onScreen(a), onScreen(b)];
    return Math.max(from.x, to.x) > 0 && Math.min(from.x, to.x) < innerWidth && Math.max(from.y, to.y) > 0 && Math.min(from.y, to.y) < innerHeight;
  });
  return { nodes, links, types: graph.types.map((_, k) => k).filter((k) => nodes.some((i) => graph.nodes[i].type === k)) };
}

function paintImage() {
  const canvas = element("canvas", { width: innerWidth * SHARPER, height: innerHeight * SHARPER });
  const c = canvas.getContext("2d");
  c.scale(SHARPER, SHARPER);
  c.fillStyle = colour.ground;
  c.fillRect(0, 0, innerWidth, innerHeight);
  const { nodes, links, types } = inSight();
  const { scale } = picture.camera;
  c.strokeStyle = colour.edge;
  c.lineWidth = Math.max(0.4, Math.min(1, scale * 1.5));
  c.globalAlpha = links.length > limits.links ? Math.max(0.06, 2_400 / links.length) : 1;
  c.beginPath();
  for (const l of links) {
    const [from, to] = [onScreen(graph.links[l].a), onScreen(graph.links[l].b)];
    c.moveTo(from.x, from.y);
    c.lineTo(to.x, to.y);
  }
  c.stroke();
  c.globalAlpha = 1;
  for (const i of nodes) {
    const { x, y } = onScreen(i);
    drawShape(c, graph.nodes[i].type, x, y, Math.max(graph.nodes[i].size * scale, 1.2));
  }
  for (const { node, dx, dy } of picture.labels) {
    const { x, y } = onScreen(node);
    drawLabel(c, node, x + dx, y + dy);
  }
  paintLegend(c, types);
  return canvas;
}

function paintLegend(c, types) {
  c.font = "12px system-ui, sans-serif";
  const width = Math.max(...types.map((k) => c.measureText(labelOf(graph.types[k])).width), 40) + 44;
  c.fillStyle = colour.sheet;
  c.strokeStyle = colour.edge;
  c.fillRect(12, 12, width, types.length * LEGEND_ROW + 12);
  c.strokeRect(12, 12, width, types.length * LEGEND_ROW + 12);
  types.forEach((k, row) => {
    const y = 28 + row * LEGEND_ROW;
    drawShape(c, k, 28, y, 6);
    c.fillStyle = colour.ink;
    c.textBaseline = "middle";
    c.fillText(labelOf(graph.types[k]), 44, y);
  });
}
