// What WebGL runs for each node and each link. Nodes are points with a shape cut out of them; `shape` is a place in GL_SHAPES.

const GL_SHAPES = ["dot", "square", "diamond", "triangle", "triangleDown", "hexagon", "star", "database"];

const VIEW = `#version 300 es
precision highp float;
uniform vec2 centre;
uniform vec2 halfWindow;
uniform float scale;
vec4 onScreen(vec2 place) { return vec4((place - centre) * scale / halfWindow * vec2(1.0, -1.0), 0.0, 1.0); }
`;

const NODE_VERTEX = `${VIEW}
uniform float ratio;
uniform float smallest;
in vec2 place;
in float size;
in float shape;
in vec3 fill;
in vec3 line;
flat out float kind;
flat out vec3 inside;
flat out vec3 outline;
flat out float pixels;
void main() {
  float radius = max(size * scale, smallest);
  gl_Position = onScreen(place);
  pixels = radius * 1.3 * ratio;
  gl_PointSize = 2.0 * pixels;
  kind = shape;
  inside = fill;
  outline = line;
}`;

// Distance to the border of each shape, in radii of the node; below 0 is inside.
const NODE_FRAGMENT = `#version 300 es
precision highp float;
flat in float kind;
flat in vec3 inside;
flat in vec3 outline;
flat in float pixels;
out vec4 colour;
float corners(vec2 p, float n, float r, float turn) {
  float angle = atan(p.x, -p.y) - turn;
  float part = 6.2831853 / n;
  return length(p) * cos(mod(angle, part) - 0.5 * part) - r * cos(0.5 * part);
}
float star(vec2 p) {
  float part = 6.2831853 / 5.0;
  float angle = abs(mod(atan(p.x, -p.y) + 0.5 * part, part) - 0.5 * part);
  vec2 q = length(p) * vec2(sin(angle), cos(angle));
  vec2 tip = vec2(0.0, 1.25);
  vec2 notch = 0.52 * vec2(sin(0.5 * part), cos(0.5 * part));
  vec2 side = notch - tip;
  return dot(q - tip, normalize(vec2(-side.y, side.x)));
}
float border(vec2 p) {
  if (kind < 0.5) return length(p) - 1.0;
  if (kind < 1.5) return max(abs(p.x), abs(p.y)) - 0.88;
  if (kind < 2.5) return corners(p, 4.0, 1.12, 0.0);
  if (kind < 3.5) return corners(p, 3.0, 1.2, 0.0);
  if (kind < 4.5) return corners(p, 3.0, 1.2, 3.14159265);
  if (kind < 5.5) return corners(p, 6.0, 1.05, 0.0);
  if (kind < 6.5) return star(p);
  vec2 q = vec2(p.x / 0.85, (abs(p.y) - 0.72) / 0.28);
  return abs(p.y) < 0.72 ? abs(p.x) - 0.85 : (length(q) - 1.0) * 0.28;
}
void main() {
  vec2 p = (gl_PointCoord * 2.0 - 1.0) * 1.3;
  float pixel = 1.3 / pixels;
  float far = border(p);
  float cover = clamp(0.5 - far / pixel, 0.0, 1.0);
  if (cover <= 0.0) discard;
  float rim = pixels > 4.0 ? clamp(0.5 + (far + 1.3 * pixel) / pixel, 0.0, 1.0) : 0.0;
  colour = vec4(mix(inside, outline, rim), 1.0) * cover;
}`;

const LINK_VERTEX = `${VIEW}
in vec2 place;
void main() { gl_Position = onScreen(place); }`;

const LINK_FRAGMENT = `#version 300 es
precision highp float;
uniform vec4 ink;
out vec4 colour;
void main() { colour = vec4(ink.rgb, 1.0) * ink.a; }`;
