// Pieces the page is built of: elements of text, never of markup.

const byId = (id) => document.getElementById(id);

function element(tag, { text, onclick, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  if (onclick) made.addEventListener("click", onclick);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

const button = (name, text, onclick, more = {}) => element("button", { type: "button", class: name, text, onclick, ...more });

// A link to the web, or words that say there was something else.
function outside(url, text) {
  let address = null;
  try { address = new URL(url); } catch { /* not an address: withheld below */ }
  if (!address || !["http:", "https:"].includes(address.protocol)) return element("span", { class: "withheld", text: words.withheld });
  return element("a", { href: address.href, target: "_blank", rel: "noopener noreferrer", text: text ?? pretty(address) });
}

function pretty({ hostname, pathname }) {
  const shown = hostname.replace(/^www\./, "") + (pathname === "/" ? "" : pathname);
  return shown.length > 60 ? `${shown.slice(0, 59)}…` : shown;
}

function icon(type) {
  const canvas = element("canvas", { class: "icon", width: 32, height: 32, "data-type": type, "aria-hidden": "true" });
  drawShape(canvas.getContext("2d"), type, 16, 16, 11, 1.5);
  return canvas;
}

function redrawIcons() {
  for (const canvas of document.querySelectorAll("canvas.icon")) {
    const c = canvas.getContext("2d");
    c.clearRect(0, 0, 32, 32);
    drawShape(c, Number(canvas.dataset.type), 16, 16, 11, 1.5);
  }
}

// A list that grows by pages: a hub has thousands of facts.
const PAGE = 30;
function paged(items, make) {
  const list = element("div", { class: "facts" });
  let shown = 0;
  const next = button("next", "", () => grow());
  const grow = () => {
    next.remove();
    list.append(...items.slice(shown, shown + PAGE).map(make));
    shown += PAGE;
    if (shown < items.length) {
      next.textContent = say("more_facts", { n: items.length - shown });
      list.append(next);
    }
  };
  grow();
  return list;
}
