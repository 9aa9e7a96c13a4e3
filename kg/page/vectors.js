// The picture as SVG: text stays text, every shape can be edited. Names are escaped; nothing else of posts is in it.

const MOST_VECTORS = 10_000;

// Records what would be drawn on a canvas as the path of an SVG element.
class PathRecorder {
  constructor() { this.path = ""; this.open = false; }
  add(letter, ...values) { this.path += letter + values.map((value) => Number(value.toFixed(2))).join(" "); this.open = letter !== "Z"; }
  moveTo(x, y) { this.add("M", x, y); }
  lineTo(x, y) { this.add(this.open ? "L" : "M", x, y); }
  closePath() { this.add("Z"); }
  rect(x, y, w, h) { this.moveTo(x, y); this.lineTo(x + w, y); this.lineTo(x + w, y + h); this.lineTo(x, y + h); this.closePath(); }
  ellipse(x, y, rx, ry, _turn, from, to) {
    const end = (angle) => [x + rx * Math.cos(angle), y + ry * Math.sin(angle)];
    this.lineTo(...end(from));
    const half = (from + to) / 2;
    for (const angle of [half, to]) this.add("A", rx, ry, 0, 0, 1, ...end(angle));
  }
}

const escaped = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

function typePath(k) {
  const recorder = new PathRecorder();
  const { shape } = graph.types[k];
  if (Object.hasOwn(SHAPES, shape)) SHAPES[shape](recorder, 10);
  else recorder.ellipse(0, 0, 10, 10, 0, 0, 2 * Math.PI);
  return `<path id="t${k}" d="${recorder.path}" fill="${paints[k].fill}" stroke="${paints[k].line}" vector-effect="non-scaling-stroke"/>`;
}

function vectorText() {
  const { nodes, links, types } = inSight();
  const { scale } = picture.camera;
  const near = (value) => Number(value.toFixed(1));
  const lines = links.map((l) => {
    const [from, to] = [onScreen(graph.links[l].a), onScreen(graph.links[l].b)];
    return `M${near(from.x)} ${near(from.y)}L${near(to.x)} ${near(to.y)}`;
  });
  const symbols = nodes.map((i) => {
    const { x, y } = onScreen(i);
    const { type, size } = graph.nodes[i];
    return `<use href="#t${type}" transform="translate(${near(x)} ${near(y)}) scale(${Number((Math.max(size * scale, 1.2) / 10).toFixed(3))})"/>`;
  });
  const names = picture.labels.map(({ node, dx, dy }) => {
    const { x, y } = onScreen(node);
    const { label, size } = graph.nodes[node];
    return `<text x="${near(x + dx + 3)}" y="${near(y + dy + LABEL_HEIGHT / 2)}"${size > 16 ? ' font-weight="600"' : ""}>${escaped(label)}</text>`;
  });
  const legend = types.map((k, row) => {
    const y = 28 + row * LEGEND_ROW;
    return `<use href="#t${k}" transform="translate(28 ${y}) scale(.6)"/><text x="44" y="${y}">${escaped(labelOf(graph.types[k]))}</text>`;
  });
  const faint = links.length > limits.links ? 0.2 : 1;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${innerWidth}" height="${innerHeight}" viewBox="0 0 ${innerWidth} ${innerHeight}">`,
    `<title>${escaped(document.title)}</title><defs>`, ...types.map(typePath), "</defs>",
    `<rect width="100%" height="100%" fill="${colour.ground}"/>`,
    `<path d="${lines.join("")}" stroke="${colour.edge}" stroke-opacity="${faint}" fill="none"/>`, ...symbols,
    `<g font-family="system-ui, sans-serif" font-size="12" fill="${colour.ink}" dominant-baseline="central" paint-order="stroke" stroke="${colour.ground}" stroke-width="3" stroke-linejoin="round">`,
    ...names, "</g>", `<g font-family="system-ui, sans-serif" font-size="12" fill="${colour.ink}" dominant-baseline="central">`, ...legend, "</g></svg>",
  ].join("\n");
}
