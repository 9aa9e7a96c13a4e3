// Where the data of the page comes from when a server gives it: fetched as it is needed. kg/serving/app.py describes the paths.

async function fetched(path, body) {
  const sent = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", redirect: "error", ...sent });
  } catch {
    throw new Error(words.server_gone);
  }
  if (response.status === 401) { location.assign("/login"); throw new Error(words.login); }
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Error(answer?.error ?? words.server_gone);
  return answer;
}

// What cannot be had now is said in the line at the bottom, and the page goes on with what it has.
async function tried(path) {
  try {
    return await fetched(path);
  } catch (error) {
    byId("status").textContent = error.message;
    return null;
  }
}

const asQuery = (values) => new URLSearchParams(values).toString();
const around = new Map();
let overview = null;

const loader = {
  graph: async () => {
    document.body.classList.add("loading");
    byId("status").textContent = words.loading;
    overview = await fetched("/api/overview").catch((error) => { byId("status").textContent = error.message; throw error; });
    document.body.classList.remove("loading");
    return overview.graph;
  },
  evidence: async () => overview.evidence,
  around: async (key) => {
    // A neighbourhood is fetched once: what is new in the graph meanwhile comes when the page is loaded again.
    if (around.has(key)) return null;
    const part = await tried(`/api/around?${asQuery({ key })}`);
    if (part) around.set(key, true);
    return part;
  },
  find: (text) => tried(`/api/find?${asQuery({ text: text.slice(0, 300) })}`),
  path: (from, to) => tried(`/api/path?${asQuery({ from, to })}`),
};
