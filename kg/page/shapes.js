// Nodes by type: one function draws a shape in the picture, on the overlay and in the legend.

const SHAPES = {
  square: (c, r) => c.rect(-0.88 * r, -0.88 * r, 1.76 * r, 1.76 * r),
  diamond: (c, r) => polygon(c, 4, 1.12 * r, 0),
  triangle: (c, r) => polygon(c, 3, 1.2 * r, 0),
  triangleDown: (c, r) => polygon(c, 3, 1.2 * r, Math.PI),
  hexagon: (c, r) => polygon(c, 6, 1.05 * r, 0),
  star: (c, r) => {
    for (let k = 0; k < 10; k += 1) {
      const reach = (k % 2 ? 0.52 : 1.25) * r;
      c.lineTo(reach * Math.sin((k * Math.PI) / 5), -reach * Math.cos((k * Math.PI) / 5));
    }
    c.closePath();
  },
  database: (c, r) => {
    const [w, h, lid] = [0.85 * r, 0.72 * r, 0.28 * r];
    c.moveTo(-w, -h);
    c.ellipse(0, -h, w, lid, 0, Math.PI, 2 * Math.PI);
    c.lineTo(w, h);
    c.ellipse(0, h, w, lid, 0, 0, Math.PI);
    c.closePath();
    c.moveTo(w, -h);
    c.ellipse(0, -h, w, lid, 0, 0, Math.PI);
  },
};

function polygon(c, corners, r, turn) {
  for (let k = 0; k < corners; k += 1) {
    const angle = turn + (2 * Math.PI * k) / corners;
    c.lineTo(r * Math.sin(angle), -r * Math.cos(angle));
  }
  c.closePath();
}

function drawShape(c, type, x, y, r, outline = 1) {
  const paint = paints[type];
  c.save();
  c.translate(x, y);
  c.beginPath();
  if (Object.hasOwn(SHAPES, graph.types[type].shape)) SHAPES[graph.types[type].shape](c, r);
  else c.arc(0, 0, r, 0, 2 * Math.PI);
  c.fillStyle = paint.fill;
  c.fill();
  c.lineWidth = outline;
  c.strokeStyle = paint.line;
  c.stroke();
  c.restore();
}

// Outlines lean towards the ink, so that yellow shows on white and black on black.
let paints = [];
const colour = { ink: "", quiet: "", ground: "", sheet: "", edge: "", accent: "" };

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  for (const name of Object.keys(colour)) colour[name] = style.getPropertyValue(`--${name}`).trim();
}

function readPaints() {
  paints = graph.types.map(({ color }) => ({ fill: color, line: mix(color, colour.ink, 0.4), text: mix(color, colour.ink, 0.35) }));
}

// The three parts of a colour, 0 to 1.
const rgb = (hex) => [1, 3, 5].map((from) => parseInt(hex.slice(from, from + 2), 16) / 255);

function mix(a, b, share) {
  const [from, to] = [rgb(a), rgb(b)];
  const parts = from.map((value, k) => Math.round(255 * (value * (1 - share) + to[k] * share)));
  return `#${parts.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
