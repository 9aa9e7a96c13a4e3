// Pictures of everyday size: vis-network draws nodes and links where they are told to stand. It only paints; the camera, the
// pointer and the keys are the page's own, so that they feel the same whatever paints.

const BUSY = 1_500; // links from which on they are not drawn while the picture moves

class VisPainter {
  constructor(host, drawn) {
    this.network = null;
    this.host = host;
    this.drawn = drawn;
    this.still = true;
  }

  show({ nodes, links }) {
    this.busy = links.length > BUSY;
    // The more links, the paler: otherwise they are felt.
    this.paleness = links.length < 500 ? 0 : Math.min(0.65, 0.16 * Math.log2(links.length / 400));
    const data = { nodes: nodes.map(visNode), edges: links.map(visEdge) };
    if (this.network) this.network.setData(data);
    else {
      this.network = new vis.Network(this.host, data, this.options());
      this.network.on("afterDrawing", this.drawn);
    }
    this.network.setOptions(this.options());
  }

  options() {
    const { edges, interaction, ...rest } = JSON.parse(document.getElementById("page-options").textContent);
    return {
      ...rest,
      edges: { ...edges, arrows: { to: { enabled: !this.busy, scaleFactor: 0.35 } }, color: { color: mix(colour.edge, colour.ground, this.paleness), inherit: false } },
      interaction: { ...interaction, dragView: false, dragNodes: false, zoomView: false, hideEdgesOnDrag: this.busy },
    };
  }

  draw({ x, y, scale }) {
    this.network.moveTo({ position: { x, y }, scale, animation: false });
  }

  moveNode(i, x, y) {
    this.network.moveNode(i, x, y);
  }

  // Says whether the picture is being moved: vis-network spares the links then.
  rest(still) {
    if (this.still === still) return;
    this.still = still;
    this.network.body.emitter.emit(still ? "dragEnd" : "dragStart", {});
    if (still) this.network.redraw();
  }

  repaint() {
    this.network.setOptions(this.options());
    this.network.redraw();
  }

  close() {
    this.network?.destroy();
    this.network = null;
    this.host.replaceChildren();
  }
}

function visNode(i) {
  const { type, size } = graph.nodes[i];
  const ctxRenderer = ({ ctx, x, y }) => ({
    drawNode() { drawShape(ctx, type, x, y, size); },
    nodeDimensions: { width: 2 * size, height: 2 * size },
  });
  return { id: i, x: places.x[i], y: places.y[i], size, shape: "custom", ctxRenderer };
}

function visEdge(l) {
  const { a, b, facts } = graph.links[l];
  const support = facts.reduce((sum, f) => sum + graph.facts[f].support, 0);
  const dashes = facts.every((f) => graph.facts[f].hedged) ? [6, 5] : false;
  return { id: l, from: a, to: b, width: Math.min(1 + 0.5 * Math.sqrt(Math.max(support, 1) - 1), 4), dashes };
}
