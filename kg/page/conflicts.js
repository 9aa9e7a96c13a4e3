// Where posts contradict each other, their reports side by side: numbers and dates of one thing, scores in one metric on one
// benchmark. Rumours do not count, nor does a date that another one only makes more precise, nor one post alone.

function conflictsOf(facts) {
  const groups = new Map();
  for (const fact of facts) {
    const { compared } = graph.predicates[fact.predicate];
    const value = compared === "value" ? fact.value : compared === "score" ? fact.qualifiers.score : undefined;
    if (value === undefined || value === null || fact.hedged) continue;
    const about = JSON.stringify([fact.subject, fact.predicate, fact.object, compared === "score" ? fact.qualifiers.metric ?? "" : ""]);
    if (!groups.has(about)) groups.set(about, new Map());
    const values = groups.get(about);
    if (!values.has(String(value))) values.set(String(value), []);
    values.get(String(value)).push(fact);
  }
  return [...groups.values()].map(sides).filter((found) => found.length > 1);
}

function sides(values) {
  const found = [...values].map(([value, facts]) => ({
    value, facts, support: facts.reduce((sum, fact) => sum + fact.support, 0), claims: facts.flatMap(claimsOf),
  }));
  const kept = found.filter(({ value, facts }) => facts[0].datatype !== "date" || !found.some((other) => other.value !== value && other.value.startsWith(value)));
  const posts = new Set(kept.flatMap(({ claims }) => claims.map((c) => graph.claims.post[c])));
  return posts.size > 1 ? kept.sort((a, b) => b.support - a.support || (a.value < b.value ? -1 : 1)) : [];
}

function conflictBox(reports) {
  const [fact] = reports[0].facts;
  const about = [labelOf(graph.predicates[fact.predicate]), fact.object === null ? "" : graph.nodes[fact.object].name, fact.qualifiers.metric ?? ""];
  const box = element("section", { class: "conflict" }, element("h4", { text: about.filter(Boolean).join(" · ") }));
  const columns = element("div", { class: "sides" });
  for (const { value, facts, support, claims } of reports) {
    const shown = fact.object === null ? valueOf(facts[0]) : [element("b", { text: number.format(Number(value)) === "NaN" ? value : number.format(Number(value)) })];
    columns.append(element("div", { class: "side" }, element("div", { class: "what" }, ...shown, supportOf({ support })), quote(claims[0], facts[0], true)));
  }
  box.append(columns);
  return box;
}

function conflictSection(facts) {
  const found = conflictsOf(facts);
  if (!found.length) return [];
  return [element("h3", { class: "differ", text: words.reports_differ }, element("small", { text: number.format(found.length) })), paged(found, conflictBox)];
}
