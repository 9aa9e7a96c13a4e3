// Big pictures: nodes and links in two calls to WebGL, whatever their number.

const SLOW = 40; // milliseconds of one picture from which on links are not drawn while it moves

const webglWorks = (() => {
  let works = null;
  return () => (works ??= Boolean(document.createElement("canvas").getContext("webgl2")));
})();

class WebglPainter {
  constructor(host, drawn) {
    this.host = host;
    this.drawn = drawn;
    this.canvas = document.createElement("canvas");
    host.replaceChildren(this.canvas);
    this.canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
    this.canvas.addEventListener("webglcontextrestored", () => { this.prepare(); this.show(this.data); this.draw(this.camera); });
    this.still = true;
    this.slow = false;
    this.waiting = 0;
    this.prepare();
  }

  prepare() {
    this.gl = this.canvas.getContext("webgl2", { antialias: true, premultipliedAlpha: true });
    const { gl } = this;
    this.nodes = program(gl, NODE_VERTEX, NODE_FRAGMENT);
    this.links = program(gl, LINK_VERTEX, LINK_FRAGMENT);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  show(data) {
    this.data = data;
    const { gl } = this;
    // The important nodes are painted last, on top of the others.
    const order = [...data.nodes].reverse();
    const rows = new Float32Array(order.length * 10);
    const paint = paints.map(({ fill, line }) => [...rgb(fill), ...rgb(line)]);
    order.forEach((i, k) => {
      const { size, type } = graph.nodes[i];
      rows.set([places.x[i], places.y[i], size, Math.max(GL_SHAPES.indexOf(graph.types[type].shape), 0), ...paint[type]], 10 * k);
    });
    const ends = new Float32Array(data.links.length * 4);
    data.links.forEach((l, k) => {
      const { a, b } = graph.links[l];
      ends.set([places.x[a], places.y[a], places.x[b], places.y[b]], 4 * k);
    });
    attributes(gl, this.nodes, rows, [["place", 2], ["size", 1], ["shape", 1], ["fill", 3], ["line", 3]]);
    attributes(gl, this.links, ends, [["place", 2]]);
    this.counts = [order.length, 2 * data.links.length];
    this.slow = null;
  }

  draw(camera) {
    this.camera = camera;
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      if (!this.gl || this.gl.isContextLost()) return;
      this.paint();
      this.drawn();
    });
  }

  paint() {
    const { gl, camera, canvas } = this;
    const ratio = Math.min(devicePixelRatio || 1, 2);
    const [width, height] = [Math.round(innerWidth * ratio), Math.round(innerHeight * ratio)];
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const [nodeCount, linkCount] = this.counts;
    const began = performance.now();
    if (this.still || this.slow === false) {
      // The more links, the paler: otherwise they are a wall.
      const alpha = Math.max(0.06, Math.min(0.8, 2_400 / Math.max(linkCount / 2, 1))) * Math.min(1, 0.6 + camera.scale);
      // So pale that the parts of a colour would be rounded apart: grey.
      const grey = rgb(colour.edge).reduce((sum, part) => sum + part, 0) / 3;
      this.use(this.links, { ink: [grey, grey, grey, alpha] });
      gl.drawArrays(gl.LINES, 0, linkCount);
    }
    this.use(this.nodes, { ratio, smallest: nodeCount > 10_000 ? 1.2 : 2 });
    gl.drawArrays(gl.POINTS, 0, nodeCount);
    if (this.slow === null) {
      // Reading a pixel back waits for the picture: measured once, since waiting costs.
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
      this.slow = performance.now() - began > SLOW;
    }
  }

  use({ handle, array, uniforms }, values) {
    const { gl, camera } = this;
    gl.useProgram(handle);
    gl.bindVertexArray(array);
    const all = { centre: [camera.x, camera.y], halfWindow: [innerWidth / 2, innerHeight / 2], scale: camera.scale, ...values };
    for (const [name, value] of Object.entries(all)) {
      if (typeof value === "number") gl.uniform1f(uniforms(name), value);
      else if (value.length === 2) gl.uniform2f(uniforms(name), ...value);
      else gl.uniform4f(uniforms(name), ...value);
    }
  }

  moveNode() { this.show(this.data); }

  rest(still) {
    if (this.still === still) return;
    this.still = still;
    if (still) this.draw(this.camera);
  }

  repaint() { this.show(this.data); this.draw(this.camera); }

  close() {
    cancelAnimationFrame(this.waiting);
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
    this.gl = null;
    this.host.replaceChildren();
  }
}

function program(gl, vertex, fragment) {
  const handle = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(handle, shader);
  }
  gl.linkProgram(handle);
  if (!gl.getProgramParameter(handle, gl.LINK_STATUS) && !gl.isContextLost()) throw new Error(`WebGL: ${gl.getProgramInfoLog(handle)}`);
  const known = new Map();
  const uniforms = (name) => known.get(name) ?? known.set(name, gl.getUniformLocation(handle, name)).get(name);
  return { handle, array: gl.createVertexArray(), buffer: gl.createBuffer(), uniforms };
}

// Rows of numbers into a buffer; `columns` says which attribute takes how many.
function attributes(gl, { handle, array, buffer }, rows, columns) {
  const width = columns.reduce((sum, [, count]) => sum + count, 0);
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, rows, gl.STATIC_DRAW);
  let offset = 0;
  for (const [name, count] of columns) {
    const where = gl.getAttribLocation(handle, name);
    gl.enableVertexAttribArray(where);
    gl.vertexAttribPointer(where, count, gl.FLOAT, false, 4 * width, 4 * offset);
    offset += count;
  }
}
