// Where the data of the page comes from: here, from elements of the page itself. kg/page_data.py says what each piece holds.
// Another page may have a loader that fetches, and that knows more than it gave at first.

async function unpacked(id) {
  const block = document.getElementById(id);
  if (block.type === "application/json") return JSON.parse(block.textContent);
  const text = atob(block.textContent);
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k += 1) bytes[k] = text.charCodeAt(k);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

const loader = {
  graph: () => unpacked("graph-data"),
  evidence: () => unpacked("evidence-data"),
  around: null,
  find: null,
  path: null,
};
