// Paths: from one node to another over as few links as possible
const ends = { from: null };

function startPath(i) {
  ends.from = i;
  byId("hint").textContent = say("path_from", { name: graph.nodes[i].label });
  byId("hint-part").hidden = false;
}

function endPath() {
  ends.from = null;
  byId("hint-part").hidden = true;
}

// Whether this was the other end of a path somebody had started.
function ending(i) {
  const { from } = ends;
  if (from === null || from === i) return false;
  endPath();
  showPath(from, i);
  return true;
}

async function showPath(from, to) {
  let path = findPath(from, to);
  if (!path && loader.path && (await readMore(loader.path(graph.nodes[from].key, graph.nodes[to].key)))) path = findPath(from, to);
  if (!path) { byId("status").textContent = say("no_path", { a: graph.nodes[from].label, b: graph.nodes[to].label }); return; }
  await evidence();
  keep();
  Object.assign(wanted, { path, focus: null, answer: null, expanded: [], hidden: new Set() });
  Object.assign(picture, { selected: null, hover: null });
  openPath(path);
  draw();
}

const IN_COLUMN = 7;

// Columns of the nodes on all shortest ways, the most important of each; `steps` are the links of one of them.
function findPath(from, to) {
  const far = new Map([[to, 0]]);
  for (let front = [to]; front.length && !far.has(from);) {
    const next = [];
    for (const i of front) {
      for (const l of graph.nodes[i].links) {
        const other = otherEnd(graph.links[l], i);
        if (passing.links[l] && !far.has(other)) { far.set(other, far.get(i) + 1); next.push(other); }
      }
    }
    front = next;
  }
  if (!far.has(from)) return null;
  const nearer = (i) => graph.nodes[i].links.filter((l) => passing.links[l] && far.get(otherEnd(graph.links[l], i)) === far.get(i) - 1);
  const columns = [[from]];
  for (let column = columns[0]; far.get(column[0]) > 0; columns.push(column)) {
    column = [...new Set(column.flatMap((i) => nearer(i).map((l) => otherEnd(graph.links[l], i))))].sort((a, b) => a - b).slice(0, IN_COLUMN);
  }
  const [steps, main] = [[], [from]];
  for (let i = from; i !== to; main.push(i)) {
    const [l] = nearer(i).sort((a, b) => otherEnd(graph.links[a], i) - otherEnd(graph.links[b], i));
    steps.push(l);
    i = otherEnd(graph.links[l], i);
  }
  const names = { a: graph.nodes[from].label, b: graph.nodes[to].label };
  return { nodes: [from, ...columns.slice(1, -1).flat(), to], columns, steps, main, names };
}
