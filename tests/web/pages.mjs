// Every page of the explorer, one a line: where it is and what it must show, with scripts and without. `at` may be a function
// of what is known of the store. `tests/web/every_page.mjs` holds each of them to what must hold of every page, and the menu
// to this table. `shot` names the page's picture in docs/images.
export const PAGES = [
  { name: "search", at: "/", shows: ".result", shot: "search" },
  { name: "search for words and a type", at: (store) => store.words, shows: ".result" },
  { name: "search that finds nothing", at: "/search?q=zzzz", shows: ".empty" },
  { name: "report", at: (store) => store.report, shows: ".card", shot: "report" },
  { name: "code a text", at: "/code", shows: "textarea" },
  { name: "help", at: "/help", shows: "#keys" },
  { name: "no such page", at: "/nothing", shows: "main h1", status: 404 },
];

/** The address of a page in a store. */
export const addressOf = (page, store) => (typeof page.at === "function" ? page.at(store) : page.at);
