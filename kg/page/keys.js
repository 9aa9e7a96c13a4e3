// Buttons and keys: every action once, by its name.

const STEP = 80; // pixels an arrow key moves the picture

const actions = {
  closer: () => zoom(1.3), farther: () => zoom(1 / 1.3), fit: () => fit(), back: () => back(),
  more: () => toLevel(wanted.level + 1), all: () => toLevel(graph.pictures.length - 1),
  theme: () => { setTheme(address.theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark"); remember(); },
  language: () => {
    const names = Object.keys(everyWord);
    setLanguage(address.language = names[(names.indexOf(language) + 1) % names.length]);
    remember();
  },
  labels: () => { wanted.linkLabels = !wanted.linkLabels; byId("labels").setAttribute("aria-pressed", String(wanted.linkLabels)); drawOverlay(); remember(); },
  help: () => toggle("help", "keys"), filters: () => toggle("filters", "legend"), take: () => toggle("take", "files"),
  list: () => openTable(), stop: () => endPath(), png: EXPORTS.png, svg: EXPORTS.svg, csv: EXPORTS.csv,
};

// Menus that a button opens; on wide windows the legend is always there.
function toggle(name, target) {
  const open = byId(target).classList.toggle("open");
  byId(name).setAttribute("aria-expanded", String(open));
}

function closeMenus() {
  for (const [name, target] of [["help", "keys"], ["filters", "legend"], ["take", "files"]]) if (byId(target).classList.contains("open")) toggle(name, target);
}

const onChosen = (action) => () => { if (picture.selected?.node !== undefined) action(picture.selected.node); };

// To the next (or last) of the neighbours in the picture, round and round; the first key press remembers where they are from.
const round = { centre: null, k: -1 };
const neighbour = (step) => onChosen((i) => {
  if (round.centre === null || round.reached !== i) Object.assign(round, { centre: i, k: step > 0 ? -1 : 0 });
  const near = [...new Set(neighbours(round.centre))].filter(placed).sort((a, b) => a - b);
  if (!near.length) return;
  round.k = (round.k + step + near.length) % near.length;
  round.reached = near[round.k];
  go(round.reached);
});

const KEYS = {
  "/": () => query.focus(), "+": actions.closer, "=": actions.closer, "-": actions.farther, 0: actions.fit, "?": actions.help, Escape: stepBack,
  ArrowLeft: () => pan(STEP, 0), ArrowRight: () => pan(-STEP, 0), ArrowUp: () => pan(0, STEP), ArrowDown: () => pan(0, -STEP),
  n: neighbour(1), b: neighbour(-1), f: onChosen(focusOn), e: onChosen(expand), h: onChosen(hide), p: onChosen(startPath), l: actions.labels, t: actions.list, d: actions.theme,
};

function stepBack() {
  if (ends.from !== null) endPath();
  else if (document.querySelector(".menu.open")) closeMenus();
  else if (wanted.history.length) back();
  else if (!panel.hidden) closePanel();
}

function pressedKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("table").open) return;
  const { target } = event;
  if (target.matches?.("input[type=text]") || (event.key.startsWith("Arrow") && target.closest?.("#panel, #side, input"))) return;
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // Letters by their place on the keyboard, so that they work in a Russian layout too.
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1].toLowerCase();
  const action = Object.hasOwn(KEYS, name) ? KEYS[name] : letter && Object.hasOwn(KEYS, letter) ? KEYS[letter] : null;
  if (!action) return;
  event.preventDefault();
  action();
}

function listenToKeys() {
  document.addEventListener("keydown", pressedKey);
  for (const [name, action] of Object.entries(actions)) byId(name).addEventListener("click", () => { if (byId("files").classList.contains("open") && name !== "take") closeMenus(); action(); });
}
