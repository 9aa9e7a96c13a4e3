// The answer to a question as a picture: a stage of its own, laid out by the server.

async function showAnswer(part, title) {
  await evidence();
  addEvidence(part.evidence, addPart(part.graph));
  const nodes = part.graph.nodes.key.map((key) => graph.byKey.get(key));
  const [{ positions } = { positions: [] }] = part.graph.pictures.slice(-1);
  // Only the links that answer: the page may know others between the same nodes.
  const links = new Set();
  part.graph.facts.subject.forEach((subject, f) => {
    const object = part.graph.facts.object[f];
    if (object >= 0) links.add(graph.byPair.get(Math.min(nodes[subject], nodes[object]) * 2 ** 26 + Math.max(nodes[subject], nodes[object])));
  });
  keep();
  Object.assign(wanted, { answer: { nodes, there: new Set(nodes), links, positions, title }, path: null, focus: null, expanded: [], hidden: new Set() });
  Object.assign(picture, { selected: null, hover: null });
  if (!panel.hidden) closePanel();
  draw();
}
