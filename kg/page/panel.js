// The panel: everything said about an entity, along a link or along a path, and who says so.

const panel = document.getElementById("panel");

function heading(facts, incoming) {
  const label = labelOf(graph.predicates[facts[0].predicate]);
  const title = element("h3", { text: incoming ? `← ${label}` : label }, element("small", { text: number.format(facts.length) }));
  if (incoming) title.title = words.incoming;
  return title;
}

function head(kind, name, ...rest) {
  const close = button("close", "×", closePanel, { "aria-label": words.close });
  return [close, element("header", {}, element("div", { class: "kind" }, ...kind), element("h2", { text: name }), ...rest)];
}

// What can be done with a node from here.
function nodeTools(i) {
  const node = graph.nodes[i];
  const tool = (name, action) => button("tool", words[name], action, { "data-tool": name, title: words[`${name}_hint`] });
  const more = loader.around || neighbours(i).some((other) => !placed(other));
  return element("div", { class: "tools" },
    node.links.length && wanted.focus !== i ? tool("focus", () => focusOn(i)) : null,
    more && placed(i) ? tool("expand", () => expand(i)) : null,
    placed(i) && wanted.focus !== i ? tool("hide", () => hide(i)) : null,
    node.links.length ? tool("path", () => startPath(i)) : null);
}

function openNode(i) {
  const node = graph.nodes[i];
  const facts = node.facts.map((f) => graph.facts[f]);
  const posts = new Set(facts.flatMap(postsOf));
  const days = facts.flatMap(daysOf).sort();
  const span = days.length ? [...new Set([day(days[0]), day(days.at(-1))])].join(" – ") : "";
  const sum = facts.length ? [say("facts", { n: facts.length }), say("posts", { n: posts.size }), span] : [words.no_facts];
  const also = node.aliases.length ? element("p", { class: "also", text: `${words.also_called}: ${node.aliases.join(", ")}` }) : null;
  const parts = head([icon(node.type), labelOf(graph.types[node.type])], node.name, also,
    element("p", { class: "sum", text: sum.filter(Boolean).join(" · ") }), nodeTools(i));
  parts.push(...conflictSection(facts.filter((fact) => fact.subject === i)));
  for (const group of factGroups(i)) {
    const incoming = group[0].subject !== i;
    parts.push(heading(group, incoming), paged(group, (fact) => {
      const end = incoming ? fact.subject : fact.object;
      return factItem(fact, ...(end === null ? valueOf(fact) : entityButton(end)));
    }));
  }
  openPanel(parts);
}

const along = (fact) => factItem(fact, ...entityButton(fact.subject), element("span", { class: "chip", text: labelOf(graph.predicates[fact.predicate]) }), ...entityButton(fact.object));

function openLink(l) {
  const link = graph.links[l];
  const facts = link.facts.map((f) => graph.facts[f]).sort((a, b) => b.support - a.support || scoreOf(b) - scoreOf(a) || a.i - b.i);
  const parts = head([say("facts", { n: facts.length })], `${graph.nodes[link.a].name} — ${graph.nodes[link.b].name}`);
  parts.push(...conflictSection(facts), paged(facts, along));
  openPanel(parts);
}

function openPath({ nodes, steps }) {
  const [from, to] = [nodes[0], nodes.at(-1)];
  const parts = head([words.path_title], `${graph.nodes[from].name} → ${graph.nodes[to].name}`, element("p", { class: "sum", text: say("steps", { n: steps.length }) }));
  for (const l of steps) parts.push(along(graph.links[l].facts.map((f) => graph.facts[f]).sort((a, b) => b.support - a.support || a.i - b.i)[0]));
  openPanel(parts);
}

function openPanel(parts) {
  panel.replaceChildren(...parts);
  panel.hidden = false;
  panel.scrollTop = 0;
  document.body.classList.add("reading");
}
