// The dates of the posts: bars for how many there are in each month (in each day, when it is all within a quarter), and two
// handles that say from when to when.

const since = document.getElementById("since");
const until = document.getElementById("until");
const DAYS = 92;
const dates = { units: [], counts: [] };

function readDates() {
  const per = new Map();
  for (const when of graph.posts.day) if (when.length >= 7) per.set(when, (per.get(when) ?? 0) + 1);
  const days = [...per.keys()].sort();
  byId("dates-part").hidden = days.length < 2;
  if (!days.length) return;
  const length = (Date.parse(days.at(-1)) - Date.parse(days[0])) / 864e5 <= DAYS && days.every((when) => when.length === 10) ? 10 : 7;
  dates.units = [];
  const at = new Date(`${days[0].slice(0, 7)}-${length === 10 ? days[0].slice(8) : "01"}T00:00:00Z`);
  for (let unit = at.toISOString().slice(0, length); unit <= days.at(-1).slice(0, length) && dates.units.length < 1_200;) {
    dates.units.push(unit);
    if (length === 10) at.setUTCDate(at.getUTCDate() + 1);
    else at.setUTCMonth(at.getUTCMonth() + 1);
    unit = at.toISOString().slice(0, length);
  }
  const place = new Map(dates.units.map((unit, k) => [unit, k]));
  dates.counts = dates.units.map(() => 0);
  for (const [when, count] of per) if (place.has(when.slice(0, length))) dates.counts[place.get(when.slice(0, length))] += count;
  for (const handle of [since, until]) handle.max = String(dates.units.length - 1);
}

function drawDates() {
  const last = dates.units.length - 1;
  if (last < 0) return;
  const low = wanted.since ? Math.max(dates.units.findIndex((unit) => unit >= wanted.since), 0) : 0;
  const high = wanted.until ? dates.units.findLastIndex((unit) => unit <= wanted.until) : last;
  [since.value, until.value] = [String(low), String(Math.max(high, low))];
  for (const handle of [since, until]) handle.setAttribute("aria-valuetext", day(dates.units[handle.value]));
  byId("dates-text").textContent = [...new Set([since, until].map((handle) => day(dates.units[handle.value])))].join(" – ");
  const canvas = byId("bars");
  [canvas.width, canvas.height] = [440, 64];
  const c = canvas.getContext("2d");
  const most = Math.max(...dates.counts, 1);
  const width = canvas.width / dates.units.length;
  dates.counts.forEach((count, k) => {
    c.fillStyle = k >= Number(since.value) && k <= Number(until.value) ? mix(colour.accent, colour.sheet, 0.45) : colour.edge;
    const height = count ? Math.max((60 * count) / most, 3) : 0;
    c.fillRect(k * width + 1, 64 - height, Math.max(width - 2, 1), height);
  });
}

function moveDates(handle) {
  const last = dates.units.length - 1;
  if (Number(since.value) > Number(until.value)) (handle === since ? until : since).value = handle.value;
  wanted.since = Number(since.value) === 0 ? "" : dates.units[since.value];
  wanted.until = Number(until.value) === last ? "" : dates.units[until.value];
  drawDates();
  clearTimeout(moveDates.waiting);
  moveDates.waiting = setTimeout(refilter, 120);
}
moveDates.waiting = 0;

for (const handle of [since, until]) handle.addEventListener("input", () => moveDates(handle));
