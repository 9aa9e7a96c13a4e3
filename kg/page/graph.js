// The graph as far as the page has it: nodes, facts, links between nodes, claims. Parts of it arrive from the loader.

const graph = {
  total: 0, around: null, types: [], predicates: [], channels: [], pictures: [],
  nodes: [], facts: [], links: [], quotes: [],
  // Of posts and claims there are hundreds of thousands: columns, not objects.
  posts: { day: [], channel: [], id: [], url: [] }, claims: { post: [], quote: [], confidence: [] },
  byKey: new Map(), byPair: new Map(), byFact: null, postById: new Map(),
};
const LABEL = 36;
const NONE = Object.freeze({});

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
  const before = graph.posts.day.length;
  const posts = part.posts.day.map((_, k) => before + k);
  part.posts.day.forEach((when, k) => { graph.posts.day.push(when); graph.posts.channel.push(channels[part.posts.channel[k]] ?? -1); });
  const nodes = addNodes(part.nodes, types);
  return { posts, claims: addFacts(part, nodes, predicates, posts, first) };
}

function addNodes({ key, name, type, size, aliases, listed }, types) {
  const places = key.map((k, at) => {
    if (graph.byKey.has(k)) return graph.byKey.get(k);
    const i = graph.nodes.length;
    const letters = name[at].length > LABEL ? [...name[at]] : [];
    const label = letters.length > LABEL ? `${letters.slice(0, LABEL - 1).join("")}…` : name[at];
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
    const { value = null, datatype = "" } = values.get(f) ?? NONE;
    const object = facts.object[f] < 0 ? null : nodes[facts.object[f]];
    const fact = {
      i: graph.facts.length, subject: nodes[subject], predicate: predicates[facts.predicate[f]], object, value, datatype,
      qualifiers: qualifiers.get(f) ?? NONE, support: facts.support[f], hedged: hedged.has(f), claims: graph.claims.post.length, count: facts.claims[f],
    };
    const known = !first && graph.byFact.has(identity(fact));
    for (const end = claim + facts.claims[f]; claim < end; claim += 1) places.push(known ? -1 : graph.claims.post.push(posts[claims[claim]]) - 1);
    if (!known) addFact(fact);
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
  const [before, own, same] = [graph.quotes.length, graph.posts, new Map()];
  for (const quote of quotes) graph.quotes.push(quote);
  posts.id.forEach((id, k) => {
    // A post that came with an earlier part is that one.
    const i = graph.postById.get(id) ?? places.posts[k];
    graph.postById.set(id, i);
    [own.id[i], own.url[i]] = [id, posts.url[k]];
    if (i !== places.posts[k]) same.set(places.posts[k], i);
  });
  const { post, quote, confidence } = graph.claims;
  places.claims.forEach((at, k) => {
    if (at < 0) return;
    quote[at] = before + claims.quote[k];
    confidence[at] = claims.confidence[k];
    if (same.has(post[at])) post[at] = same.get(post[at]);
  });
}

// Claims of a fact stand one after another. What is known of each: its post, its words, how sure it is.
const claimsOf = ({ claims, count }) => Array.from({ length: count }, (_, k) => claims + k);
const postsOf = (fact) => claimsOf(fact).map((c) => graph.claims.post[c]);
const daysOf = (fact) => postsOf(fact).map((post) => graph.posts.day[post]).filter(Boolean).sort();

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
