// The graph of the page: nodes, facts, links between nodes, and which of them are wanted now.

const parse = (id) => JSON.parse(document.getElementById(id).textContent);
const graph = parse("graph-data");
const words = graph.words;

graph.nodes = graph.nodes.map(([key, name, type, aliases], i) => ({ i, key, name, type, aliases, links: [], facts: [] }));
graph.facts = graph.facts.map(([subject, predicate, object, value, datatype, qualifiers, support, confidence, hedged, claims], i) =>
  ({ i, subject, predicate, object, value, datatype, qualifiers, support, confidence, hedged, claims }));
graph.links = graph.links.map(([a, b, facts], i) => ({ i, a, b, facts }));
graph.sizes = graph.network.nodes.map((node) => node.size);
graph.labels = graph.network.nodes.map((node) => node.label);
graph.byKey = new Map(graph.nodes.map((node) => [node.key, node.i]));
for (const fact of graph.facts) {
  graph.nodes[fact.subject].facts.push(fact.i);
  if (fact.object !== null && fact.object !== fact.subject) graph.nodes[fact.object].facts.push(fact.i);
}
for (const link of graph.links) {
  graph.nodes[link.a].links.push(link.i);
  graph.nodes[link.b].links.push(link.i);
}

// Evidence is by far the longest part: it is read when somebody first asks for it.
let evidenceRead = null;
const evidence = () => (evidenceRead ??= parse("evidence-data"));

const wanted = { level: 0, focus: null, path: [], typesOff: new Set(), predicatesOff: new Set(), lonely: true };
// Nodes without links say little; where there are many they are shown when asked for.
wanted.lonely = graph.nodes.filter((node) => !node.links.length).length <= Math.max(30, graph.nodes.length / 5);

const otherEnd = (link, i) => (link.a === i ? link.b : link.a);
const neighbours = (i) => graph.nodes[i].links.map((l) => otherEnd(graph.links[l], i));
const linkWanted = (link) => wanted.predicatesOff.size === 0 || link.facts.some((f) => !wanted.predicatesOff.has(graph.facts[f].predicate));

// The nodes of this stage before filters: a neighbourhood, or the first so many.
function candidates() {
  if (wanted.focus === null) return graph.nodes.slice(0, graph.levels[wanted.level].count).map((node) => node.i);
  return [wanted.focus, ...new Set(neighbours(wanted.focus))];
}

// What is left of them: a node that loses all its links to the filter of relations goes, one that never had any may be hidden.
function visible() {
  const stage = new Set(candidates());
  const kept = new Set();
  for (const i of stage) {
    const node = graph.nodes[i];
    if (wanted.typesOff.has(node.type) && i !== wanted.focus) continue;
    const linked = node.links.length ? node.links.some((l) => linkWanted(graph.links[l])) : wanted.lonely;
    if (linked || i === wanted.focus) kept.add(i);
  }
  const links = graph.links.filter((link) => kept.has(link.a) && kept.has(link.b) && linkWanted(link)).map((link) => link.i);
  return { nodes: [...kept], links };
}

// How many of the stage's nodes are of each type, and how many facts of the stage have each predicate.
function counts() {
  const stage = new Set(candidates());
  const types = graph.types.map(() => 0);
  const predicates = graph.predicates.map(() => 0);
  let lonely = 0;
  for (const i of stage) {
    types[graph.nodes[i].type] += 1;
    if (!graph.nodes[i].links.length) lonely += 1;
  }
  for (const fact of graph.facts) {
    if (stage.has(fact.subject) && (fact.object === null || stage.has(fact.object))) predicates[fact.predicate] += 1;
  }
  return { types, predicates, lonely };
}

// Pictures are laid out wider than high; on a screen that is higher than wide they lie on their side.
const portrait = innerHeight > 1.2 * innerWidth;
const upright = (x, y) => (portrait ? [y, x] : [x, y]);

// One entity in the middle, its neighbours on rings around it, those of a type side by side.
function ringPositions(centre, nodes) {
  const around = nodes.filter((i) => i !== centre);
  around.sort((a, b) => graph.nodes[a].type - graph.nodes[b].type || a - b);
  const places = new Map([[centre, [0, 0]]]);
  let start = 0;
  for (let ring = 1; start < around.length; ring += 1) {
    const radius = 60 + 110 * ring;
    const room = Math.floor((2 * Math.PI * radius) / 84);
    const here = around.slice(start, start + room);
    here.forEach((i, k) => {
      const angle = (2 * Math.PI * k) / here.length + ring * 0.35 - Math.PI / 2;
      places.set(i, upright(1.35 * radius * Math.cos(angle), radius * Math.sin(angle)));
    });
    start += room;
  }
  return places;
}

function levelPositions(nodes) {
  const { positions } = graph.levels[wanted.level];
  return new Map(nodes.map((i) => [i, upright(positions[2 * i], positions[2 * i + 1])]));
}
