// Every page of the explorer, one a line: where it is and what it must show, with scripts and without. `at` may be a function
// of what is known of the store. `tests/web/every_page.mjs` holds each of them to what must hold of every page, and the menu
// to this table. `wide`: on a phone it still scrolls sideways with all filters and tables unfolded, which is to be mended. `shot` names the page's picture in docs/images, `pose` does before it is taken what shows what the page is for.
export const PAGES = [
  { name: "search", at: "/", shows: ".result", shot: "search" },
  { name: "search for words and a type", at: (store) => store.words, shows: ".result" },
  { name: "search that finds nothing", at: "/search?q=zzzz", shows: ".empty" },
  { name: "report", at: (store) => store.report, shows: ".card", shot: "report", pose: (page) => page.hover(".card >> nth=1") },
  { name: "over time", at: "/series", shows: "svg.bars", wide: true },
  { name: "who with whom", at: "/dyads", shows: "svg.matrix", wide: true },
  { name: "network", at: "/network", shows: "svg.network", wide: true },
  { name: "map", at: "/map", shows: "svg.map", wide: true },
  { name: "whose word", at: "/claims", shows: "h1" },
  { name: "codebook", at: "/codebook", shows: "h1" },
  { name: "corrections", at: "/corrections", shows: "h1" },
  { name: "SQL", at: "/sql", shows: "textarea" },
  { name: "code a text", at: "/code", shows: "textarea", shot: "code", pose: codeText },
  { name: "help", at: "/help", shows: "#keys" },
  { name: "no such page", at: "/nothing", shows: "main h1", status: 404 },
];
  { name: "an event that was missed", at: (store) => store.report.replace("reports", "missed"), shows: "input[name=words]" },

/** The address of a page in a store. */
export const addressOf = (page, store) => (typeof page.at === "function" ? page.at(store) : page.at);

async function codeText(page) {
  await page.fill("textarea", "Kenya accused Uganda of moving border posts, the Kenyan foreign minister said on Monday.");
  await page.fill("input[name=published]", "2019-02-26");
  await page.click("form button.primary");
  await page.locator(".trees summary").first().click();
}
