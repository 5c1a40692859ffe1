// Every page of the explorer, one a line: where it is and what it must show, with scripts and without. `at` may be a function
// of what is known of the store. `tests/web/every_page.mjs` holds each of them to what must hold of every page, and the menu
// to this table. `shot` names the page's picture in docs/images, `of` the store that it shows instead of the examples, `height`
// its pixels, `pose` does before it is taken what shows what the page is for.
export const PAGES = [
  { name: "search", at: "/", shows: ".result", shot: "search" },
  { name: "search for words and a type", at: (store) => store.words, shows: ".result" },
  { name: "search that finds nothing", at: "/search?q=zzzz", shows: ".empty" },
  { name: "report", at: (store) => store.report, shows: ".card", shot: "report", pose: (page) => page.hover(".card >> nth=1") },
  { name: "over time", at: "/series", shows: "svg.bars" },
  { name: "over time by weeks", at: "/series?step=week", shows: "svg.bars", shot: "series", of: "year", height: 960 },
  { name: "dyads over time", at: "/series?compare=dyad", shows: "svg.bars" },
  { name: "who with whom", at: "/dyads", shows: "svg.matrix", shot: "dyads", of: "year", height: 960 },
  { name: "network", at: "/network", shows: "svg.network", shot: "network", of: "year", height: 1080 },
  { name: "map", at: "/map?arcs=25", shows: "svg.map", shot: "map", of: "year", height: 960 },
  { name: "whose word", at: "/claims", shows: "h1" },
  { name: "whose word, side by side", at: (store) => store.claims, shows: ".matrix", shot: "claims", of: "year" },
  { name: "codebook", at: "/codebook", shows: "h1" },
  { name: "an entry of the codebook", at: "/codebook?edit=rule+support%2Fpraise", shows: "textarea", shot: "codebook", of: "year", pose: tryChange },
  { name: "corrections", at: "/corrections", shows: "h1" },
  { name: "an event that was missed", at: (store) => store.report.replace("reports", "missed"), shows: "input[name=words]" },
  { name: "SQL", at: "/sql", shows: "textarea" },
  { name: "code a text", at: "/code", shows: "textarea", shot: "code", pose: codeText },
  { name: "help", at: "/help", shows: "#keys" },
  { name: "no such page", at: "/nothing", shows: "main h1", status: 404 },
];

/** The address of a page in a store. */
export const addressOf = (page, store) => (typeof page.at === "function" ? page.at(store) : page.at);

/** Takes a word out of the entry and shows what that changes. */
async function tryChange(page) {
  const box = page.locator("textarea");
  await box.fill((await box.inputValue()).replace(/\bpraise, /, ""));
  await page.click("button[value=try]");
  await page.locator(".difference").first().waitFor();
}

async function codeText(page) {
  await page.fill("textarea", "Kenya accused Uganda of moving border posts, the Kenyan foreign minister said on Monday.");
  await page.fill("input[name=published]", "2019-02-26");
  await page.click("form button.primary");
  await page.locator(".trees summary").first().click();
}
