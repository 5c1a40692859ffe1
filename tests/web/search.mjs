// Searching: facets, words, chips, pages, other forms, keys, theme.
import assert from "node:assert/strict";
import { test } from "node:test";
import { number, open, total } from "./browser.mjs";

export function search(at) {
  const walk = (name, steps, options) =>
    test(`search: ${name}`, async () => {
      const { browser, base, store } = at();
      const page = await open(browser, base, options);
      await steps(page, base, store);
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

  walk("a box that is ticked is applied, a chip takes it back", async (page, base, store) => {
    assert.equal(await total(page), store.events);
    const box = page.locator("input[name=type]").first();
    const type = await box.getAttribute("value");
    const told = number(await page.locator("label.value", { has: box }).locator(".count").first().textContent());
    await box.check();
    await page.waitForURL(`**/search?type=${type}`);
    assert.equal(await total(page), told);
    assert.ok(await page.locator(`input[name=type][value=${type}]`).isChecked());
    await page.locator(".chips a").first().click();
    await page.waitForURL("**/search");
    assert.equal(await total(page), store.events);
  });

  walk("words are looked for in sentences", async (page) => {
    await page.fill("#q", "police");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search?q=police");
    const sentences = await page.locator(".result .sentence").allTextContents();
    assert.ok(sentences.length > 0 && sentences.every((s) => /police/i.test(s)));
    assert.match(await page.textContent(".chips"), /police/);
    await page.fill("#q", 'police AND ("');
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search?q=police+AND*");
    await page.locator(".notice", { hasText: "each of the words" }).waitFor();
  });

  walk("a code that is typed is a filter", async (page) => {
    const typed = page.locator("input.code[name=actor]");
    await typed.fill("BOL*");
    await typed.press("Enter");
    await page.waitForURL("**/search?actor=BOL*");
    assert.ok((await total(page)) > 0);
  });

  walk("pages lead on and back", async (page, base, store) => {
    assert.ok(store.events > 25);
    assert.match(await page.textContent(".pager"), /1 to 25 of/);
    await page.click(".pager a[rel=next]");
    await page.waitForURL("**page=2");
    assert.match(await page.textContent(".pager"), /26 to/);
    await page.click(".pager a[rel=prev]");
    assert.match(await page.textContent(".pager"), /1 to 25 of/);
  });

  walk("JSON and CSV say the same", async (page, base) => {
    await page.goto(`${base}/search?type=ACCUSE`);
    const [json, csv] = await page.locator("footer a").evaluateAll((all) => all.map((a) => a.href));
    const shown = await total(page);
    assert.equal((await (await page.request.get(json)).json()).total, shown);
    const table = await (await page.request.get(csv)).text();
    assert.ok(shown > 0 && table.trimEnd().split("\n").length > shown, "a row each, below the head");
  });

  walk("keys: / j k Enter ?", async (page) => {
    const focused = (selector) => page.evaluate((s) => document.activeElement.matches(s), selector);
    await page.keyboard.press("/");
    assert.ok(await focused("#q"));
    await page.keyboard.type("j?");
    assert.equal(await page.inputValue("#q"), "j?", "keys are letters in a field");
    await page.fill("#q", "");
    await page.keyboard.press("Escape");
    await page.evaluate(() => document.activeElement.blur());
    const nth = (n) => focused(`.result:nth-child(${n})`);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    assert.ok(await nth(2));
    await page.keyboard.press("k");
    assert.ok(await nth(1));
    await page.keyboard.press("Enter");
    await page.waitForURL("**/reports/**");
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("?");
    await page.waitForURL("**/help#keys");
  });

  walk(
    "the theme is chosen and kept",
    async (page) => {
      const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
      const light = await ink();
      await page.click("button.theme");
      const dark = await ink();
      assert.notEqual(dark, light);
      await page.reload();
      assert.equal(await ink(), dark);
      await page.click("button.theme");
      assert.equal(await ink(), light);
    },
    { colorScheme: "light" },
  );
}
