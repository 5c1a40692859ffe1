// What must hold of every page, whatever it shows: see pages.mjs.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PHONE, WIDE, faults, open, overhang, unfold } from "./browser.mjs";
import { PAGES, addressOf } from "./pages.mjs";

/** Pages that are looked at together: most of the time goes into waiting. */
const AT_ONCE = 3;

/** Holds every page of an explorer to it: shown with and without scripts, no complaint, no request to another host, no serious
 * fault of access in light and dark, nothing to scroll sideways on a phone. `about` names the store. */
export function everyPage(about, at) {
  describe(about, { concurrency: AT_ONCE }, () => {
    for (const one of PAGES) test(one.name, () => hold(one, at()));
    test("every page of the menu is in the table", () => menu(at()));
  });
}

async function hold(one, { browser, base, store }) {
  const asked = { at: addressOf(one, store), status: one.status };
  const page = await open(browser, base, { ...asked, viewport: PHONE, colorScheme: "light" });
  await page.locator(one.shows).first().waitFor();
  assert.ok((await overhang(page)) <= 0, "a phone scrolls it sideways");
  await unfold(page);
  assert.ok((await overhang(page)) <= 0, "a phone scrolls it sideways when all is unfolded");
  await page.setViewportSize(WIDE);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await faults(page), [], `faults of access, ${colorScheme}`);
  }
  assert.deepEqual(page.complaints, []);
  await page.context().close();
  const plain = await open(browser, base, { ...asked, javaScriptEnabled: false });
  await plain.locator(one.shows).first().waitFor();
  await plain.context().close();
}

async function menu({ browser, base, store }) {
  const page = await open(browser, base);
  const links = await page.locator("nav.menu a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  const known = new Set(PAGES.map((one) => addressOf(one, store).split("?")[0]));
  assert.deepEqual(links.filter((link) => !known.has(link)), []);
  await page.context().close();
}
