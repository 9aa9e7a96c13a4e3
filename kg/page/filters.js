// What is wanted in the picture: a stage (the first nodes, a neighbourhood, a path), what was added to it, and filters.

const wanted = {
  level: 0, focus: null, path: null, answer: null, expanded: [], hidden: new Set(),
  typesOff: new Set(), predicatesOff: new Set(), channelsOff: new Set(), since: "", until: "",
  lonely: true, linkLabels: false, history: [],
};
const EXPANSION = 40;

// Which facts and links pass the filters of relation, channel and date: 1 or 0 by place.
let passing = { facts: new Uint8Array(0), links: new Uint8Array(0) };

const saidFiltered = () => wanted.channelsOff.size > 0 || wanted.since !== "" || wanted.until !== "";

function claimPasses(c) {
  const post = graph.claims.post[c];
  const when = graph.posts.day[post];
  if (wanted.channelsOff.has(graph.posts.channel[post])) return false;
  if (!wanted.since && !wanted.until) return true;
  return when !== "" && when >= wanted.since && (!wanted.until || when.slice(0, wanted.until.length) <= wanted.until);
}

function applyFilters() {
  const filtered = saidFiltered();
  const facts = new Uint8Array(graph.facts.length);
  graph.facts.forEach((fact, f) => { facts[f] = !wanted.predicatesOff.has(fact.predicate) && (!filtered || claimsOf(fact).some(claimPasses)) ? 1 : 0; });
  const links = new Uint8Array(graph.links.length);
  graph.links.forEach((link, l) => { links[l] = link.facts.some((f) => facts[f]) ? 1 : 0; });
  passing = { facts, links };
}

// The nodes of the stage before filters, the most important first, expansions after them.
function candidates() {
  let stage;
  if (wanted.path !== null) stage = [...wanted.path.nodes];
  else if (wanted.answer !== null) stage = [...wanted.answer.nodes];
  else if (wanted.focus !== null) stage = [wanted.focus, ...new Set(neighbours(wanted.focus))];
  else stage = graph.nodes.slice(0, graph.pictures[wanted.level]?.count ?? graph.nodes.length).map((node) => node.i);
  return { stage, added: expansions(stage) };
}

// For each time a node was expanded: the node and those of its neighbours that came into the picture.
function expansions(stage) {
  const there = new Set(stage);
  return wanted.expanded.map((node) => {
    const fresh = [...new Set(neighbours(node))].filter((i) => !there.has(i) && !wanted.hidden.has(i)).sort((a, b) => a - b).slice(0, EXPANSION);
    fresh.forEach((i) => there.add(i));
    return { node, fresh };
  });
}

// What is left of them: a node that loses everything to the filters goes, one that never had links may be hidden.
function visible() {
  const { stage, added } = candidates();
  const kept = [...stage, ...added.flatMap(({ fresh }) => fresh)].filter(nodeWanted);
  const shown = new Uint8Array(graph.nodes.length);
  for (const i of kept) shown[i] = 1;
  const links = [];
  const { answer } = wanted;
  const meant = ({ i, a, b }) => answer === null || answer.links.has(i) || !(answer.there.has(a) && answer.there.has(b));
  for (const link of graph.links) if (passing.links[link.i] && shown[link.a] && shown[link.b] && meant(link)) links.push(link.i);
  return { nodes: kept, links, stage, added };
}

function nodeWanted(i) {
  if (i === wanted.focus) return true;
  const node = graph.nodes[i];
  if (wanted.hidden.has(i) || wanted.typesOff.has(node.type)) return false;
  if (!node.links.length) return (wanted.lonely || wanted.answer !== null) && (!saidFiltered() || node.facts.some((f) => passing.facts[f]));
  return node.links.some((l) => passing.links[l]) || (saidFiltered() && node.facts.some((f) => passing.facts[f]));
}

// How many nodes of the stage are of each type, how many of its facts have each predicate and are said in each channel.
function counts() {
  const { stage, added } = candidates();
  const here = new Set([...stage, ...added.flatMap(({ fresh }) => fresh)]);
  const found = { types: graph.types.map(() => 0), predicates: graph.predicates.map(() => 0), channels: graph.channels.map(() => 0), lonely: 0 };
  for (const i of here) {
    found.types[graph.nodes[i].type] += 1;
    if (!graph.nodes[i].links.length) found.lonely += 1;
  }
  for (const fact of graph.facts) {
    if (!here.has(fact.subject) || (fact.object !== null && !here.has(fact.object))) continue;
    found.predicates[fact.predicate] += 1;
    if (graph.channels.length < 2) continue;
    for (const channel of new Set(postsOf(fact).map((post) => graph.posts.channel[post]))) if (channel >= 0) found.channels[channel] += 1;
  }
  return found;
}
