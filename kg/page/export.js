// Files to take away: the picture as PNG or SVG, its facts as CSV.

const REVOKE = 10_000; // milliseconds a browser has to start saving

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE);
}

const fileName = (ending) => `${(document.title.normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "graph").slice(0, 60)}.${ending}`;

const EXPORTS = {
  png: () => paintImage().toBlob((blob) => save(blob, fileName("png"))),
  svg: () => {
    if (picture.nodes.length > MOST_VECTORS) byId("status").textContent = say("too_many_vectors", { n: MOST_VECTORS });
    else save(new Blob([vectorText()], { type: "image/svg+xml" }), fileName("svg"));
  },
  // The mark at the beginning tells spreadsheets that this is UTF-8.
  csv: async () => save(new Blob(["\ufeff", await tableText()], { type: "text/csv;charset=utf-8" }), fileName("csv")),
};
