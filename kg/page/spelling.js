// Names as they sound, so that either alphabet finds the other: "гугл" finds "Google", "mistral" finds "Мистраль".

// As in the graph: case, spaces and punctuation do not count.
function plain(text) {
  const folded = text.normalize("NFKC").toLowerCase().replaceAll("ё", "е");
  return folded.replace(/[^\p{L}\p{N}]/gu, "") || folded.trim();
}

const LATIN = new Map(Object.entries({
  а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", ж: "zh", з: "z", и: "i", й: "i", к: "k", л: "l", м: "m", н: "n", о: "o", п: "p", р: "r",
  с: "s", т: "t", у: "u", ф: "f", х: "h", ц: "ts", ч: "ch", ш: "sh", щ: "sh", ъ: "", ы: "i", ь: "", э: "e", ю: "iu", я: "ia",
}));
// Spellings of one sound, the longer ones first.
const SOUNDS = [
  [/ph/g, "f"], [/oo|ou/g, "u"], [/ee|ea/g, "i"], [/ck|q|c(?![eihy])/g, "k"], [/c(?=[eiy])/g, "s"], [/x/g, "ks"], [/w/g, "v"],
  [/y/g, "i"], [/dzh|j/g, "g"], [/ai|ay|ei|ey/g, "ei"], [/(.)\1+/g, "$1"], [/e$/g, ""],
];
const CYRILLIC = /[а-я]/;

function sounds(key) {
  let text = CYRILLIC.test(key) ? [...key].map((letter) => LATIN.get(letter) ?? letter).join("") : key;
  for (const [spelling, sound] of SOUNDS) text = text.replace(spelling, sound);
  return text;
}
