// Reading a report, coding a text; and both without scripts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { open, total } from "./browser.mjs";

const SUMMIT = readFileSync(new URL("../../examples/summit.txt", import.meta.url), "utf8");

const lit = (page, where) => page.locator(`${where} .lit`).evaluateAll((all) => all.flatMap((one) => one.dataset.e.split(" ")));

/** Selects words in the report as a reader does. */
const select = (page, words) =>
  page.evaluate((words) => {
    const nodes = document.createTreeWalker(document.querySelector(".article"), NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const at = nodes.currentNode.data.indexOf(words);
      if (at >= 0) return getSelection().setBaseAndExtent(nodes.currentNode, at, nodes.currentNode, at + words.length);
    }
    throw new Error(`the report does not say ${words}`);
  }, words);

/** Fills in the form for an event that was missed, and sends it. */
async function describe(page) {
  await page.selectOption("select[name=type]", "ACCUSE");
  await page.fill("input[name=actor]", "BOLCVL");
  await page.fill("textarea[name=reason]", "overlooked");
  await page.fill("input[name=name]", "Ann");
  await page.click("form button.primary");
}

export function reading(at) {
  const walk = (name, steps, options) =>
    test(`reading: ${name}`, async () => {
      const { browser, base, store } = at();
      const page = await open(browser, base, options);
      await steps(page, base, store);
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

  walk("a result leads to its event in the report", async (page) => {
    await page.locator("a.read").nth(1).click();
    await page.waitForURL("**/reports/**#e-*");
    const event = new URL(page.url()).hash.slice(1);
    await page.waitForFunction((id) => document.activeElement.id === id, event);
    const number = await page.locator(`[id="${event}"]`).getAttribute("data-e");
    assert.ok((await lit(page, ".article")).includes(number));
  });

  walk("what is pointed at or focused lights up on both sides", async (page, base, store) => {
    await page.goto(base + store.report);
    const card = (n) => page.locator(`.card[data-e="${n}"]`);
    await card(2).hover();
    assert.ok((await lit(page, ".article")).includes("2"));
    assert.deepEqual(await lit(page, ".cards"), ["2"]);
    await page.mouse.move(2, 2);
    await card(1).locator("a.number").focus();
    assert.ok((await lit(page, ".article")).includes("1"));
    await page.locator('.article .act[data-e="2"], .article [id="act-2"]').first().hover();
    assert.ok((await lit(page, ".cards")).includes("2"));
    await card(1).locator("summary").click();
    assert.match(await card(1).locator("details").textContent(), /confidence/i);
  });

  const paste = async (page, base, store) => {
    await page.goto(`${base}/code`);
    await page.fill("textarea", SUMMIT);
    await page.fill("input[name=published]", "2026-04-14");
    await page.fill("input[name=publisher]", "Example News Agency");
    await page.click("form button.primary");
    await page.locator(".card").first().waitFor();
    assert.match(await page.textContent(".cards"), /Example News Agency/);
    await page.locator(".trees summary").first().click();
    assert.match(await page.locator(".trees pre").first().textContent(), /met/);
    await page.goto(`${base}/`);
    assert.equal(await total(page), store.events, "nothing of it is kept");
  };
  walk("a text is coded at once", paste);

  walk("an event that was missed is added at the words that are selected, and taken back", async (page, base, store) => {
    await page.goto(base + store.report);
    await select(page, "heard shots");
    await page.click("a.add-here");
    await page.waitForURL("**/missed/**");
    assert.equal(await page.textContent("main > div > .sentence .act"), "heard shots");
    await describe(page);
    await page.waitForURL("**#missed");
    assert.match(await page.textContent(".missed li"), /heard shots.*ACCUSE: BOLCVL/);
    assert.match(await page.textContent('.article a[href="#missed"]'), /heard shots/);
    await page.goto(`${base}/corrections?verdict=missed`);
    assert.match(await page.textContent(".correction"), /ACCUSE: BOLCVL/);
    await page.click(".correction .line a");
    await page.check("input[value=withdrawn]");
    await page.fill("textarea[name=reason]", "a sound is no act");
    await page.fill("input[name=name]", "Ann");
    await page.click("form button.primary");
    await page.waitForURL("**#missed");
    assert.equal(await page.locator(".missed li").count(), 0);
  });

  const plain = { javaScriptEnabled: false };
  walk(
    "without scripts the words of an event that was missed are typed",
    async (page, base, store) => {
      await page.goto(base + store.report);
      await page.click(".missed summary");
      await page.fill(".missed input[name=words]", "Bolivian");
      await page.click(".missed button");
      await page.locator(".places a").nth(1).click();
      assert.equal(await page.textContent("main > div > .sentence .act"), "Bolivian");
      await page.fill("textarea[name=reason]", "no type was chosen");
      assert.equal(await page.locator("select[name=type]").evaluate((one) => one.checkValidity()), false);
    },
    plain,
  );
  walk("without scripts a text is coded too", paste, plain);
  walk(
    "without scripts filters, words and pages work",
    async (page, base, store) => {
      await page.locator("input[name=type]").first().check();
      await page.click("button.apply");
      await page.waitForURL("**type=**");
      assert.ok((await total(page)) < store.events);
      await page.fill("#q", "border");
      await page.click("form.search button.primary");
      await page.waitForURL("**q=border**");
      await page.goto(`${base}/`);
      await page.click(".pager a[rel=next]");
      await page.waitForURL("**page=2**");
      await page.locator("a.read").first().click();
      await page.locator(".article .act").first().waitFor();
      await page.locator(".card summary").first().click();
      assert.match(await page.locator(".card details").first().textContent(), /confidence/i);
    },
    plain,
  );
}
