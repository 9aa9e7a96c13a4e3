// The graph as far as the page has it: nodes, facts, links between nodes, claims. Parts of it arrive from the loader.

const graph = {
  total: 0, around: null, types: [], predicates: [], channels: [], pictures: [],
  nodes: [], facts: [], links: [], posts: [], claims: [], quotes: [],
  byKey: new Map(), byPair: new Map(), byFact: null, postById: new Map(),
};
const LABEL = 36;

// Adds a part and says where its posts and claims went; what is here already is not added again: its place is -1.
function addPart(part) {
  const first = graph.nodes.length === 0;
  if (first) Object.assign(graph, { total: part.total, around: part.around, types: part.types, predicates: part.predicates, pictures: part.pictures });
  const named = (list, have) => list.map(({ name }) => have.findIndex((item) => item.name === name));
  const types = named(part.types, graph.types);
  const predicates = named(part.predicates, graph.predicates);
  const channels = part.channels.map((name) => {
    if (!graph.channels.includes(name)) graph.channels.push(name);
    return graph.channels.indexOf(name);
  });
  const posts = part.posts.day.map((when, k) => graph.posts.push({ day: when, channel: channels[part.posts.channel[k]] ?? -1, id: "", url: "" }) - 1);
  const nodes = addNodes(part.nodes, types);
  return { posts, claims: addFacts(part, nodes, predicates, posts, first) };
}

function addNodes({ key, name, type, size, aliases, listed }, types) {
  const places = key.map((k, at) => {
    if (graph.byKey.has(k)) return graph.byKey.get(k);
    const i = graph.nodes.length;
    const label = name[at].length > LABEL ? `${name[at].slice(0, LABEL - 1)}…` : name[at];
    graph.nodes.push({ i, key: k, name: name[at], label, type: types[type[at]], size: size[at], aliases: [], listed: [], facts: [], links: [] });
    graph.byKey.set(k, i);
    return i;
  });
  for (const [at, names] of aliases) graph.nodes[places[at]].aliases = names;
  for (const [at, names] of listed) graph.nodes[places[at]].listed = names;
  return places;
}

function addFacts({ facts, claims }, nodes, predicates, posts, first) {
  const values = new Map(facts.value.map(([f, value, datatype]) => [f, { value, datatype }]));
  const qualifiers = new Map(facts.qualifiers);
  const hedged = new Set(facts.hedged);
  if (!first) graph.byFact ??= new Map(graph.facts.map((fact) => [identity(fact), fact.i]));
  const places = [];
  let claim = 0;
  facts.subject.forEach((subject, f) => {
    const { value = null, datatype = "" } = values.get(f) ?? {};
    const object = facts.object[f] < 0 ? null : nodes[facts.object[f]];
    const fact = { subject: nodes[subject], predicate: predicates[facts.predicate[f]], object, value, datatype, qualifiers: qualifiers.get(f) ?? {} };
    const known = !first && graph.byFact.has(identity(fact));
    const own = [];
    for (const end = claim + facts.claims[f]; claim < end; claim += 1) {
      places.push(known ? -1 : graph.claims.length);
      if (!known) own.push(graph.claims.push({ post: posts[claims[claim]], quote: -1, confidence: 0 }) - 1);
    }
    if (!known) addFact({ ...fact, i: graph.facts.length, support: facts.support[f], hedged: hedged.has(f), claims: own });
  });
  return places;
}

function addFact(fact) {
  graph.facts.push(fact);
  graph.byFact?.set(identity(fact), fact.i);
  const { subject, object } = fact;
  graph.nodes[subject].facts.push(fact.i);
  if (object === null || object === subject) return;
  graph.nodes[object].facts.push(fact.i);
  const pair = Math.min(subject, object) * 2 ** 26 + Math.max(subject, object);
  let link = graph.byPair.get(pair);
  if (link === undefined) {
    link = graph.links.push({ i: graph.links.length, a: subject, b: object, facts: [] }) - 1;
    graph.byPair.set(pair, link);
    graph.nodes[subject].links.push(link);
    graph.nodes[object].links.push(link);
  }
  graph.links[link].facts.push(fact.i);
}

const identity = ({ subject, predicate, object, value, datatype, qualifiers }) =>
  JSON.stringify([graph.nodes[subject].key, predicate, object === null ? value : graph.nodes[object].key, datatype, Object.entries(qualifiers).sort()]);

function addEvidence({ posts, quotes, claims }, places) {
  const before = graph.quotes.length;
  for (const quote of quotes) graph.quotes.push(quote);
  const postAt = posts.id.map((id, k) => {
    const i = graph.postById.get(id) ?? places.posts[k];
    graph.postById.set(id, i);
    Object.assign(graph.posts[i], { id, url: posts.url[k] });
    return [places.posts[k], i];
  });
  const same = new Map(postAt);
  places.claims.forEach((at, k) => {
    if (at < 0) return;
    const claim = graph.claims[at];
    Object.assign(claim, { post: same.get(claim.post), quote: before + claims.quote[k], confidence: claims.confidence[k] });
  });
}

// Evidence is by far the longest piece: it is read when somebody first asks for it.
let firstPlaces = null;
let reading = null;
const evidence = () => (reading ??= loader.evidence().then((data) => addEvidence(data, firstPlaces)));

async function readGraph() {
  firstPlaces = addPart(await loader.graph());
}

// What a loader knows besides: true when it had something.
async function readMore(asked) {
  const more = await asked;
  if (!more) return false;
  await evidence();
  addEvidence(more.evidence, addPart(more.graph));
  applyFilters();
  return true;
}

const otherEnd = (link, i) => (link.a === i ? link.b : link.a);
const neighbours = (i) => graph.nodes[i].links.map((l) => otherEnd(graph.links[l], i));
