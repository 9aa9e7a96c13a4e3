// What the page says, in one of its languages: the texts are data, this only fills them in.

const everyWord = JSON.parse(document.getElementById("page-words").textContent);
let language, words, plural, number, short;

function speak(name) {
  language = Object.hasOwn(everyWord, name) ? name : "en";
  words = everyWord[language];
  plural = new Intl.PluralRules(language);
  number = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
  short = new Intl.NumberFormat(language, { notation: "compact", compactDisplay: "long", maximumFractionDigits: 2 });
  document.documentElement.lang = language;
  if (document.querySelector("h1").dataset.word) document.title = words.title;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = words[element.dataset.word];
  for (const element of document.querySelectorAll("[data-hint]")) element.placeholder = words[element.dataset.hint];
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", words[element.dataset.label]);
    if (element.tagName === "BUTTON") element.title = words[element.dataset.label];
  }
}

// The text of this name with its {gaps} filled; for texts that count, the form that fits `n`.
function say(name, values = {}) {
  const text = words[name];
  const form = typeof text === "string" ? text : text[plural.select(values.n)] ?? text.other;
  return form.replace(/\{(\w+)\}/g, (_, gap) => (typeof values[gap] === "number" ? number.format(values[gap]) : values[gap]));
}

const word = (name) => (Object.hasOwn(words, name) && typeof words[name] === "string" ? words[name] : String(name));
const labelOf = ({ labels }) => labels[language];

// A day, a month or a year as people write it.
function day(iso) {
  if (!iso) return words.undated;
  const style = { year: "numeric", ...(iso.length > 4 && { month: "short" }), ...(iso.length > 7 && { day: "numeric" }), timeZone: "UTC" };
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : new Intl.DateTimeFormat(language, style).format(date);
}

speak(document.documentElement.lang);
